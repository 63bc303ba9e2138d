import type { OutputConfig, SiteConfig } from '../../config/site.js';
import type { Part } from './afflictions.js';
import type { CheckerKind, GatewayView, WorldView } from './checker.js';
import { OutputBook } from './output-book.js';
import { deviceOfOutput, isSounder, SiteIndex } from './site-index.js';

/** An order is there by then, or there is a fault; the output is looked at every 10 s. */
const followsWithinMs = 15_000;
/** With a part that is broken, or was a moment ago. */
const withTroubleMs = 60_000;

/** A contact that does not move while its coil and its pin follow: nobody can read that back (hardware-sim/README.md, decision 0025). */
const unseen: ReadonlySet<string> = new Set(['relay-welded', 'pin-welded']);

export const outputsMatch: CheckerKind = {
  name: 'outputs-match',
  promise: 'an output does what it was last told, or a fault says that it does not; in the end all are quiet',
  make(config, accuse) {
    const index = new SiteIndex(config);
    const outputs = new OutputBook();
    const judged = config.outputs.filter(isSounder);
    const told = new Map<string, number>();
    /** By how many faults each part is welded: a contact of a module, or what hangs on a pin. */
    const welded = new Map<Part, number>();
    return {
      see(fact) {
        outputs.see(fact);
        if (fact.kind !== 'fault.began' && fact.kind !== 'fault.ended') return;
        if (!unseen.has(fact.fault)) return;
        for (const part of fact.parts) {
          welded.set(part, (welded.get(part) ?? 0) + (fact.kind === 'fault.began' ? 1 : -1));
        }
      },
      look(world) {
        const { gateway } = world;
        if (gateway?.watchingMono === null || gateway === null) return;
        for (const output of judged) {
          const ordered = outputs.commanded(output.id);
          if (ordered === null || ordered.life !== gateway.life || told.get(output.id) === ordered.mono) continue;
          const isOn = world.outputIsOn(output.id);
          if (isOn === ordered.on) continue;
          if (index.partsOfOutput(output.id).some((part) => (welded.get(part) ?? 0) > 0)) continue;
          // The voice has the word, or all of it waits between two bursts.
          const turnMs = ordered.on ? longestTurnMs(config) : 0;
          const mendedMono = world.afflictions.soundSince(index.partsOfOutput(output.id));
          const fromMono = Math.max(
            ...[ordered.mono, outputs.sinceMono(output.id), gateway.watchingMono],
            Number.isFinite(mendedMono) ? mendedMono : 0,
          );
          const slackMs = hasTrouble(index, output, world) ? withTroubleMs : 0;
          if (world.mono() < fromMono + followsWithinMs + turnMs + slackMs) continue;
          told.set(output.id, ordered.mono);
          if (hasFault(output, gateway, config)) continue;
          accuse(`${output.id} was told to be ${state(ordered.on)}, is ${state(isOn)}, and no fault says so`);
        }
      },
      conclude(world) {
        for (const { id, shows } of config.outputs)
          if (shows === undefined && world.outputIsOn(id)) accuse(`${id} is still on although everything is over`);
      },
    };
  },
};

function longestTurnMs({ cadences }: SiteConfig): number {
  return Math.max(...Object.values(cadences).map(({ voiceMs, pauseMs }) => Math.max(voiceMs, pauseMs)));
}

function hasTrouble(index: SiteIndex, output: OutputConfig, world: WorldView): boolean {
  const parts = [...index.partsOfOutput(output.id), ...index.neighboursOf(deviceOfOutput(output))];
  return world.mono() - world.afflictions.soundSince(parts) < withTroubleMs;
}

function hasFault(output: OutputConfig, { runtime }: GatewayView, { units }: SiteConfig): boolean {
  const device = deviceOfOutput(output);
  const line = units.find(({ id }) => id === device)?.line;
  return [`fault:output:${output.id}`, `fault:unit:${device}`, `fault:line:${line}`].some(
    (key) => (runtime.alarms.subjects.get(key)?.alarm ?? null) !== null,
  );
}

function state(on: boolean): string {
  return on ? 'on' : 'off';
}
