/** What goes into a step of the alarm engine, and what comes out of it. */
import type { BootId, EntryId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { FacetChange, FacetRow } from '../../sync/journal/store.js';
import type { AlarmState, UpTo } from './facets.js';
import type { ServiceOrder } from './service-order.js';
import type { Subject } from './subject.js';
import type { WalkTestOrder } from './walk-test-order.js';

export interface Now {
  /** Of this process start: frames are counted anew in each. */
  readonly boot: BootId;
  readonly mono: number;
  readonly wall: number;
  /** May the wall clock be believed? */
  readonly trust: ClockTrust;
  /** Id that the n-th draft of this step will get in the journal. */
  readonly entryId: (n: number) => EntryId;
}

export interface EngineCommand {
  readonly kind: 'acknowledge' | 'silence' | 'reset';
  readonly upTo: UpTo;
  readonly origin: string;
  /** Only these; left out: all that `upTo` covers. */
  readonly subjects?: ReadonlySet<string>;
}

export type EngineInput =
  | { readonly kind: 'reading'; readonly reading: Reading }
  /** Something of the gateway's own that is at fault or sound again: a unit, a line, an output, an uplink, the disk. */
  | {
      readonly kind: 'condition';
      readonly subject: Subject;
      readonly isActive: boolean;
      readonly detail: Readonly<Record<string, JsonValue>>;
    }
  | { readonly kind: 'command'; readonly command: EngineCommand }
  | { readonly kind: 'service'; readonly order: ServiceOrder }
  | { readonly kind: 'walk-test'; readonly order: WalkTestOrder }
  /** `isLate`: the disk answered only after the start; until now nobody could see what it says. */
  | { readonly kind: 'restore'; readonly rows: readonly FacetRow[]; readonly isLate?: boolean }
  | { readonly kind: 'tick' };

export interface StepResult {
  readonly state: AlarmState;
  readonly drafts: readonly EntryDraft[];
  readonly facets: readonly FacetChange[];
  /** Answer to a command: alarms it took effect on, and those a reset had to leave because they are still active. */
  readonly touched: readonly string[];
  readonly stillActive: readonly string[];
  /** When the next tick is needed, or null. */
  readonly nextTickMono: number | null;
  /** Subjects that were gone through one by one: what a step costs. */
  readonly visited: number;
}

export type Step = (state: AlarmState, input: EngineInput, now: Now) => StepResult;
