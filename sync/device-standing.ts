/** For languages that tell states. */
import type { AlarmClass } from '../config/vocabulary.js';

/** What stands at this moment, as an alarm or out of the watch. */
export interface DeviceStanding {
  readonly subject: string;
  readonly class: AlarmClass | null;
  readonly is: 'alarm' | 'shielded';
}
