/** Serial lines and horns of a village where another process finds them: on pseudo-terminals. */
import type { SpeakerId } from '../../config/ids.js';
import type { Clock } from '../../drivers/clock.js';

import type { HornHeard } from '../sim-horns.js';
import { openPty, type PtyFailure } from '../socat-pty.js';
import type { Village } from '../village.js';
import { type HornDoor, openHorn } from './horn-door.js';

export interface Doors {
  readonly horns: ReadonlyMap<SpeakerId, HornDoor>;
  stop(): Promise<void>;
}

/** All pseudo-terminals of the village, whose site names their paths. On a failure what was opened is closed again. */
export async function openDoors(
  village: Village,

  clock: Clock,
  onHeard: (heard: HornHeard) => void,
): Promise<Doors | PtyFailure> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.map((each) => each()));
  };
  for (const wire of village.wires.values()) {
    const pty = await openPty(wire.path, clock, {
      onBytes: (bytes) => wire.masterWrite(bytes),
      onGone: () => process.stderr.write(`the pseudo-terminal ${wire.path} is gone\n`),
    });
    if (typeof pty === 'string') {
      await stop();
      return pty;
    }
    wire.onMasterBytes((bytes) => pty.write(bytes));
    stops.push(() => pty.stop());
  }
  const horns = new Map<SpeakerId, HornDoor>();
  for (const speaker of village.config.speakers) {
    const { id, player, amplifier } = speaker;
    if (player.kind !== 'chip') continue;
    const horn = await openHorn(speaker, player, clock, (what, volume, beganMono) =>
      onHeard({ speaker: id, what, volume, beganMono, isLoud: amplifier === null || village.outputIsOn(amplifier) }),
    );
    if (typeof horn === 'string') {
      await stop();
      return horn;
    }
    horns.set(id, horn);
    stops.push(() => horn.stop());
  }
  return { horns, stop };
}
