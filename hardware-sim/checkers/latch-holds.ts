import { latchesUntilReset } from '../../config/vocabulary.js';
import { AlarmBook } from './alarm-book.js';
import type { CheckerKind } from './checker.js';
import { askedAgainWithinMs } from './unread-state.js';

/** A new process has 2 s to read what was saved; the rest is for a drive that is busy. */
const restoredWithinMs = 5_000;

export const latchHolds: CheckerKind = {
  name: 'latch-holds',
  promise:
    'an alarm that latches stays in the live list, over returns, losses and restarts, until an entry says that it was reset',
  make(_config, accuse) {
    const book = new AlarmBook();
    const told = new Set<string>();
    return {
      see: (fact, world) => book.see(fact, world),
      look(world) {
        const { gateway, afflictions } = world;
        if (gateway === null) return;
        for (const { subject, class: alarmClass, alarm, life, isSure } of book.standing.values()) {
          if (!latchesUntilReset[alarmClass] || !isSure || told.has(alarm)) continue;
          const diskMono = afflictions.soundSince(['disk']);
          const restoredMono =
            diskMono > gateway.beganMono ? diskMono + askedAgainWithinMs : gateway.beganMono + restoredWithinMs;
          const dueMono = life === gateway.life ? 0 : restoredMono;
          if (world.mono() < dueMono) continue;
          const now = gateway.runtime.alarms.subjects.get(subject)?.alarm ?? null;
          if (now?.id === alarm) continue;
          told.add(alarm);
          const got = now === null ? 'nothing stands there' : `${now.id} stands there`;
          accuse(`${subject}, alarm ${alarm} of class ${alarmClass}, was neither reset nor withdrawn, and ${got}`);
        }
      },
    };
  },
};
