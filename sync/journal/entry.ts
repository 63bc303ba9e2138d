import type { BootId, EntryId, EpochId, ZoneId } from '../../config/ids.js';
import type { AlarmClass, ClockTrust, EntryKind, Lane, Words } from '../../config/vocabulary.js';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What somebody wants recorded. The journal core stamps it into an Entry. */
export interface EntryDraft {
  readonly kind: EntryKind;
  readonly class: AlarmClass | null;
  /** What it is about: `point:smoke-3/smoke`, `unit:io-1`, `line:east`, `output:siren-hall`, `uplink:district`, `gateway`. */
  readonly subject: string;
  /** The alarm it belongs to: the id of its `alarm.raised` entry. For that entry itself: its own id. */
  readonly alarm: EntryId | null;
  readonly zone: ZoneId | null;
  /** One sentence for people. */
  readonly words: Words;
  /** Who ordered it: `panel`, `key:<point>`, `cli:<user>`, `demo`; null when nobody did. */
  readonly origin: string | null;
  readonly detail: Readonly<Record<string, JsonValue>>;
}

/** One row of the journal, complete before any disk is asked. Never changed afterwards. */
export interface Entry extends EntryDraft {
  readonly id: EntryId;
  readonly epoch: EpochId;
  readonly boot: BootId;
  readonly lane: Lane;
  /** Monotonic ms of this boot. */
  readonly mono: number;
  /** Wall time, ms since 1970. */
  readonly wall: number;
  readonly clock: ClockTrust;
}

/** An entry that is durable: fsync'ed before anyone outside is told. */
export interface StoredEntry extends Entry {
  /** Place in this journal file, strictly rising over epochs. Uplinks keep positions in it. */
  readonly position: number;
  /** Place in its epoch, from 1, without holes. */
  readonly sequence: number;
}

const operationKinds: ReadonlySet<EntryKind> = new Set([
  'alarm.acknowledged',
  'alarm.silenced',
  'alarm.resounded',
  'alarm.reset',
  'service.changed',
  'output.found_on',
  'output.commanded',
  'output.proven',
  // A centre that asks whether somebody is there counts the seconds; behind a backlog the answer would come as a miss.
  'duty.answered',
  'duty.missed',
]);

/** What nobody outside is told: of a walk test the district hears its summary (design.md §5); notes, and who arrived or is on duty,
 * name people (§6). */
const localKinds: ReadonlySet<EntryKind> = new Set([
  'walk_test.seen',
  'drill.noted',
  'shift.taken',
  'incident.noted',
  'incident.arrived',
  'commissioning.noted',
]);

/** Of these, too: who signed in at the panel, and from where. */
const localStem = 'user.';

/** What belongs to a fire only if it belongs to an alarm: the words of an alarm, not the daily programme. */
const kindsOfAlarms: ReadonlySet<EntryKind> = new Set(['voice.begun', 'voice.ended']);

/** Fire and what belongs to it (acknowledge, silence, reset, outputs, its words), and what a duty check waits for, travels in the fire lane; all else in `journal`. */
export function laneOf(draft: Pick<EntryDraft, 'kind' | 'class' | 'alarm' | 'detail'>): Lane {
  if (localKinds.has(draft.kind) || draft.kind.startsWith(localStem)) return 'local';
  if (kindsOfAlarms.has(draft.kind)) {
    if (draft.detail['occasion'] === 'walk-test') return 'local';
    if (draft.alarm !== null) return 'fire';
  }
  return draft.class === 'fire' || operationKinds.has(draft.kind) ? 'fire' : 'journal';
}
