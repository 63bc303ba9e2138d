/** Wired keys for drill, siren test and microphone, at the same desk as everybody else. */
import type { PointConfig } from '../../config/site.js';
import type { ExerciseDesk } from './exercise-desk.js';
import type { Orderer } from './exercise-order.js';
import { type ExerciseKeys, keyOrigin } from './key-watch.js';

export function exerciseKeys(desk: ExerciseDesk): ExerciseKeys {
  return {
    pressDrill: (key) => void desk.pressDrill(ordererOf(key)),
    pressTest: (key) => void desk.pressTest(ordererOf(key)),
    holdMicrophone: (key) => desk.holdMicrophone(microphoneOf(key), key.zone, keyOrigin(key)),
    releaseMicrophone: (key) => desk.releaseMicrophone(microphoneOf(key)),
  };
}

/** The key of a key switch is what makes its bearer duty staff. */
function ordererOf(key: PointConfig): Orderer {
  return { origin: keyOrigin(key), level: 2 };
}

function microphoneOf({ id }: PointConfig): string {
  return `microphone:${id}`;
}
