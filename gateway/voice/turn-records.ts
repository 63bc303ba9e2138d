/**
 * The entries of what is said in turn with the sirens. An alarm may go on for hours and speak twice a minute: it has one pair of
 * entries for each message and set of loudspeakers, with the count of its turns at the end, so that the card lives.
 */
import type { SpeakerId } from '../../config/ids.js';
import type { DriverErrorCode } from '../../drivers/driver-error.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Announcement } from './announcement.js';
import type { Outcome } from './rendition.js';
import { begunDraft, type Ending, endedDraft, type Where } from './voice-entries.js';

/** The one that has not spoken for longest is ended to make room. */
const openMax = 256;

interface Open {
  readonly announcement: Announcement;
  readonly where: Where;
  turns: number;
  spoken: number;
  wasCut: boolean;
  readonly failed: Map<SpeakerId, DriverErrorCode>;
  lastMono: number;
}

export class TurnRecords {
  /** The one that spoke last stands last. */
  readonly #open = new Map<string, Open>();

  constructor(private readonly record: (drafts: readonly EntryDraft[]) => void) {}

  begun(announcement: Announcement, where: Where, nowMono: number): void {
    const key = keyOf(announcement, where.speakers);
    const known = this.#open.get(key);
    const open = known ?? {
      announcement,
      where,
      turns: 0,
      spoken: 0,
      wasCut: false,
      failed: new Map(),
      lastMono: 0,
    };
    open.turns++;
    open.lastMono = nowMono;
    this.#open.delete(key);
    this.#open.set(key, open);
    if (known !== undefined) return;
    this.record([begunDraft(announcement, where)]);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > openMax) this.#end([oldest]);
  }

  over(announcement: Announcement, speakers: ReadonlySet<SpeakerId>, outcome: Outcome, nowMono: number): void {
    const open = this.#open.get(keyOf(announcement, speakers));
    if (open === undefined) return;
    open.spoken += outcome.spoken;
    open.wasCut ||= outcome.wasCut;
    open.lastMono = nowMono;
    for (const [id, code] of outcome.failed) open.failed.set(id, code);
  }

  /** Those that have not spoken since then are over. */
  endIdle(sinceMono: number): void {
    this.#end([...this.#open].filter(([, { lastMono }]) => lastMono <= sinceMono).map(([key]) => key));
  }

  endAll(): void {
    this.#end([...this.#open.keys()]);
  }

  #end(keys: readonly string[]): void {
    const drafts: EntryDraft[] = [];
    for (const key of keys) {
      const open = this.#open.get(key);
      if (open === undefined) continue;
      this.#open.delete(key);
      drafts.push(endedDraft(open.announcement, open.where, endingOf(open), open, open.turns));
    }
    if (drafts.length > 0) this.record(drafts);
  }
}

/** How an announcement ended that was begun. */
export function endingOf({ spoken, wasCut }: Pick<Outcome, 'spoken' | 'wasCut'>): Exclude<Ending, 'left-out'> {
  if (spoken > 0) return 'said';
  return wasCut ? 'cut-off' : 'failed';
}

function keyOf({ alarm, occasion, sayings }: Announcement, speakers: ReadonlySet<SpeakerId>): string {
  const says = [...sayings].filter(([id]) => speakers.has(id)).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    alarm,
    occasion,
    says.map(([id, said]) => [id, said.map((saying) => saying.message ?? saying)]),
  ]);
}
