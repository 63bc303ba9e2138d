/** The incidents that the duty book keeps, bounded in number and in bytes. Values only; nobody is told from here. */
import { Buffer } from 'node:buffer';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Incident } from '../panel/api/state.js';

/** At once. Beyond, closed ones leave first, each time the oldest; then, of open ones, those about which nobody has said anything, the newest
 * first; the journal still has all of them. */
export const incidentsMax = 50;
/** Of all of them as they are saved: the mark is written whole at every change. Beyond, as above; what people have said of an open one is
 * shortened before it leaves, the oldest note of the longest first. The last one always stays. */
export const incidentsMaxBytes = 64 * 1024;
/** What people have said about one; beyond, a note is refused. */
export const notesMax = 20;

export interface KeptIncident {
  readonly shown: Incident;
  readonly class: AlarmClass;
  /** `point:smoke-3/smoke`; a call has none of its own: `gateway`. */
  readonly subject: string;
  /** Null: it is open. */
  readonly closed: {
    readonly wall: number;
    /** The clock was trusted then; else the wall time says nothing about how long ago it was. */
    readonly isWallSure: boolean;
    readonly mono: number;
  } | null;
}

export interface Trimmed {
  /** Ids of those that have left. */
  readonly gone: readonly string[];
  /** Ids of those whose oldest notes have left, once for each note. */
  readonly shortened: readonly string[];
}

export class IncidentList {
  readonly #kept = new Map<string, KeptIncident>();
  readonly #bytes = new Map<string, number>();

  get all(): readonly KeptIncident[] {
    return [...this.#kept.values()];
  }

  get(id: string): KeptIncident | null {
    return this.#kept.get(id) ?? null;
  }

  /** Adds it, or puts it in the place of the one of its id. */
  put(kept: KeptIncident): void {
    this.#kept.set(kept.shown.id, kept);
    this.#bytes.set(kept.shown.id, bytesOf(kept));
  }

  remove(id: string): void {
    this.#kept.delete(id);
    this.#bytes.delete(id);
  }

  /** These and no others. */
  replace(all: readonly KeptIncident[]): void {
    this.#kept.clear();
    this.#bytes.clear();
    for (const kept of all) this.put(kept);
  }

  /** Another one can be kept without an open one having to leave for it. */
  hasRoomFor(kept: KeptIncident): boolean {
    if (this.all.some(({ closed }) => closed !== null)) return true;
    return this.#kept.size < incidentsMax && this.#sumBytes() + bytesOf(kept) <= incidentsMaxBytes;
  }

  /** Lets go of what is too much. */
  trim(): Trimmed {
    const gone: string[] = [];
    const shortened: string[] = [];
    while (this.#kept.size > incidentsMax || (this.#kept.size > 1 && this.#sumBytes() > incidentsMaxBytes)) {
      const next = this.#leavesNext();
      if (next === null) break;
      const shorter = this.#kept.size > incidentsMax || !isWorded(next) ? null : this.#shortened();
      if (shorter === null) {
        this.remove(next.shown.id);
        gone.push(next.shown.id);
      } else {
        this.put(shorter);
        shortened.push(shorter.shown.id);
      }
    }
    return { gone, shortened };
  }

  /** The longest of all, without the oldest of its notes; null: no note is left anywhere. */
  #shortened(): KeptIncident | null {
    const byLength = this.all.filter(({ shown }) => shown.notes.some(isNote));
    const [longest] = byLength.sort((a, b) => bytesOf(b) - bytesOf(a));
    if (longest === undefined) return null;
    const oldest = longest.shown.notes.find(isNote);
    return { ...longest, shown: { ...longest.shown, notes: longest.shown.notes.filter((note) => note !== oldest) } };
  }

  #sumBytes(): number {
    let sum = 0;
    for (const bytes of this.#bytes.values()) sum += bytes;
    return sum;
  }

  #leavesNext(): KeptIncident | null {
    const [first] = this.all
      .map((kept) => ({ kept, rank: rankOf(kept) }))
      .sort((a, b) => a.rank - b.rank || orderOf(a, b));
    return first?.kept ?? null;
  }
}

/** The lowest leaves first. */
function rankOf(kept: KeptIncident): 0 | 1 | 2 {
  if (kept.closed !== null) return 0;
  return isWorded(kept) ? 2 : 1;
}

/** Of one rank: the newest first where nobody has said anything, else the oldest. */
function orderOf(
  a: { readonly kept: KeptIncident; readonly rank: number },
  b: { readonly kept: KeptIncident },
): number {
  const older = a.kept.shown.beganWall - b.kept.shown.beganWall;
  return a.rank === 1 ? -older : older;
}

/** Somebody has said something about an open one, or a call is all that there is of it. */
function isWorded({ shown, closed }: KeptIncident): boolean {
  return closed === null && (shown.kind === 'call' || shown.notes.length > 0);
}

/** What it was and when it ended stay as long as it does. */
function isNote({ what }: Incident['notes'][number]): boolean {
  return what === 'note' || what === 'arrived';
}

function bytesOf(kept: KeptIncident): number {
  return Buffer.byteLength(JSON.stringify(kept));
}
