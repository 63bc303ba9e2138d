/** Wired keys for drill, siren test and microphone, at the same desk as everybody else. */
import type { PointId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import type { Cancel } from '../../drivers/clock.js';
import type { ExerciseDesk } from './exercise-desk.js';
import type { Orderer } from './exercise-order.js';
import { type ExerciseKeys, keyOrigin } from './key-watch.js';

/** `onDuty`: somebody has pressed the key that says so. */
export function exerciseKeys(desk: ExerciseDesk, onDuty: (origin: string) => void = () => undefined): ExerciseKeys {
  const open = new Map<PointId, Cancel>();
  return {
    pressDrill: (key) => void desk.pressDrill(ordererOf(key)),
    pressTest: (key) => void desk.pressTest(ordererOf(key)),
    pressDuty: (key) => onDuty(keyOrigin(key)),
    holdMicrophone: (key) => {
      const end = desk.holdMicrophone(key.zone, ordererOf(key));
      if (end !== null) open.set(key.id, end);
    },
    releaseMicrophone: ({ id }) => {
      open.get(id)?.();
      open.delete(id);
    },
  };
}

/** The key of a key switch is what makes its bearer duty staff. */
function ordererOf(key: PointConfig): Orderer {
  return { origin: keyOrigin(key), level: 2 };
}
