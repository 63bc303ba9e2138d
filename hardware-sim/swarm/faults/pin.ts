/** Pins of the board that are burnt, loose or dead. */
import type { SiteConfig } from '../../../config/site.js';
import { floating } from '../../pin-mischief.js';
import { type FaultKind, kindOn } from './fault-kind.js';
import { hold, holdBy } from './hold.js';
import { outputPins, pinsOf } from './targets.js';

const minuteMs = 60_000;
const lastsMs = [500, 20 * minuteMs] as const;
/** Shorter than any key's delay: contact bounce and a mobile phone beside the wire. */
const glitchMaxMs = 20;

/** The level at which an input says that nothing is the matter: stuck there, a key does nothing. */
function restingInputs({ points }: SiteConfig): readonly { readonly pin: number; readonly high: boolean }[] {
  return points.flatMap(({ source, severities }) => {
    if (source.kind !== 'pin') return [];
    const normal = Object.entries(severities).find(([, severity]) => severity === 'normal')?.[0];
    return [{ pin: source.pin, high: normal === source.high }];
  });
}

export const pinFaults: readonly FaultKind[] = [
  kindOn({
    name: 'pin-output-stuck',
    promise: 'an output that does not follow is a fault, the others sound, and it is set right when it follows again',
    ...{ perHour: 0.5, lastsMs, targets: outputPins },
    aim: (pin, chance) => {
      const high = chance.is(0.5);
      return {
        ...{ parts: [`pin:${pin}`], note: `GPIO${pin}, ${high ? 'high' : 'low'}` },
        begin: ({ village: { board } }) =>
          holdBy<boolean | null>(board, `stuck ${pin}`, null, (to) => board.stick(pin, to), high),
      };
    },
  }),
  kindOn({
    name: 'pin-welded',
    promise: 'a contact behind a pin that does not move makes nothing else wrong',
    ...{ perHour: 0.3, lastsMs, targets: outputPins },
    aim: (pin, chance) => {
      const high = chance.is(0.5);
      return {
        ...{ parts: [`pin:${pin}`], note: `GPIO${pin}, ${high ? 'high' : 'low'}` },
        begin: ({ village: { board } }) =>
          holdBy<boolean | null>(board, `welded ${pin}`, null, (to) => board.weld(pin, to), high),
      };
    },
  }),
  kindOn({
    name: 'pin-input-dead',
    promise: 'a key that does nothing keeps nobody from acknowledging elsewhere, and orders nothing by itself',
    ...{ perHour: 0.4, lastsMs, targets: restingInputs },
    aim: ({ pin, high }) => ({
      ...{ parts: [`pin:${pin}`], note: `GPIO${pin}` },
      begin: ({ village: { board } }) =>
        holdBy<boolean | null>(board, `stuck ${pin}`, null, (to) => board.stick(pin, to), high),
    }),
  }),
  kindOn({
    name: 'pin-failing',
    promise: 'a pin that can not be read or set any more is a fault, and is used again when it works',
    ...{ perHour: 0.5, lastsMs, targets: pinsOf },
    aim: (pin, chance) => {
      const how = chance.pick(['failing', 'missing'] as const);
      return {
        ...{ parts: [`pin:${pin}`], note: `GPIO${pin}, ${how}` },
        begin: ({ village: { board } }) =>
          holdBy<'failing' | 'missing' | null>(board, `fault ${pin}`, null, (to) => board.setFault(pin, to), how),
      };
    },
  }),
  kindOn({
    name: 'pin-floating',
    promise: 'pulses on the wire of a key that are shorter than a press order nothing',
    ...{ perHour: 0.5, lastsMs, targets: restingInputs },
    aim: ({ pin }, chance) => {
      const everyMs = chance.logBetween(200, 20_000);
      const random = chance.stream('glitches').next;
      return {
        ...{ parts: [`pin:${pin}`], note: `GPIO${pin}, every ${Math.round(everyMs)} ms` },
        begin: ({ village: { board }, clock }) => floating(board, clock, pin, { everyMs, glitchMaxMs, random }),
      };
    },
  }),
  kindOn({
    name: 'pin-edges-lost',
    promise: 'a press is seen although its edge was lost: pins are also read again and again',
    ...{ perHour: 0.5, lastsMs, targets: (config) => (pinsOf(config).length === 0 ? [] : ['all pins']) },
    aim: (note) => ({ parts: [], note, begin: ({ village: { board } }) => hold(board, 'losesEdges', true) }),
  }),
];
