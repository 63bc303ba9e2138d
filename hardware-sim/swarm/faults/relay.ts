/** Relays whose contact does not do what the module believes. */
import type { SiteConfig } from '../../../config/site.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { holdBy } from './hold.js';
import { unitOf } from './targets.js';

function relayOutputs({ outputs }: SiteConfig) {
  return outputs.flatMap(({ id, target }) => (target.kind === 'unit' ? [{ id, target }] : []));
}

export const relayFaults: readonly FaultKind[] = [
  kindOn({
    name: 'relay-welded',
    promise: 'a contact that can not be read back and does not move makes nothing else wrong',
    ...{ perHour: 0.4, lastsMs: [1_000, 20 * 60_000], targets: relayOutputs },
    aim: ({ id, target }, chance) => {
      const closed = chance.is(0.5);
      return {
        // The module answers as before, for this contact and for the others.
        ...{ parts: [`contact:${id}`], note: `${id}, ${closed ? 'closed' : 'open'}` },
        begin(world) {
          const { model } = unitOf(world, target.device);
          const { table, address } = target.readBack;
          const relay = model.relayAt(table, address);
          const { relays } = model;
          if (relays === null || relay === null) return () => undefined;
          return holdBy<boolean | null>(relays, `welded ${relay}`, null, (to) => relays.weld(relay, to), closed);
        },
      };
    },
  }),
];
