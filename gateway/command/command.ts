import type { DeviceId } from '../../config/ids.js';
import type { AlarmClass, Words } from '../../config/vocabulary.js';
import type { ServiceOrder, ServiceRefusal } from '../alarm/service-order.js';
import type { EngineCommand } from '../alarm/step.js';

/** Who may do what: Ⅰ view, silence, acknowledge · Ⅱ duty: reset · Ⅲ installer. */
export type Level = 1 | 2 | 3;

export interface Command extends EngineCommand {
  readonly level: Level;
}

/** Takes subjects out of the watch for a while, or puts them back. */
export interface ServiceCommand extends ServiceOrder {
  readonly level: Level;
}

export type Refusal = 'level-too-low' | 'stale-view' | ServiceRefusal;

export type CommandAnswer =
  | {
      readonly accepted: true;
      /** Subjects it took effect on. */
      readonly touched: readonly string[];
      /** Subjects that a reset had to leave because they are still in alarm. */
      readonly stillActive: readonly string[];
      /** Units that latch their own alarms and were told to forget them: what they do is told by entries within seconds. Left
       * out where there is none. */
      readonly pending?: readonly DeviceId[];
      /** What was touched, and what is still active, by name; and what the person should know beside it. Added where people read it. */
      readonly concerned?: readonly Concerned[];
      readonly still?: readonly Concerned[];
      readonly warnings?: readonly Words[];
    }
  | { readonly accepted: false; readonly reason: Refusal; readonly why?: Words };

export interface Concerned extends Words {
  readonly subject: string;
  readonly class: AlarmClass;
}
