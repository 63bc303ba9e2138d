/** The incidents that the duty book keeps, bounded in number and in bytes. Values only; nobody is told from here. */
import { Buffer } from 'node:buffer';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Incident } from '../panel/api/state.js';

/** At once. Beyond, closed ones leave first, each time the oldest; the journal still has them. */
export const incidentsMax = 50;
/** Of all of them as they are saved: the mark is written whole at every change. Beyond, as above; the last one always stays. */
export const incidentsMaxBytes = 64 * 1024;
/** What people have said about one; beyond, a note is refused. */
export const notesMax = 20;

export interface KeptIncident {
  readonly shown: Incident;
  readonly class: AlarmClass;
  /** `point:smoke-3/smoke`; a call has none of its own: `gateway`. */
  readonly subject: string;
  /** Null: it is open. */
  readonly closed: { readonly wall: number; readonly mono: number } | null;
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
    this.#bytes.set(kept.shown.id, Buffer.byteLength(JSON.stringify(kept)));
  }

  remove(id: string): void {
    this.#kept.delete(id);
    this.#bytes.delete(id);
  }

  /** Lets go of what is too much; the ids of it. */
  trim(): readonly string[] {
    const gone: string[] = [];
    while (this.#kept.size > incidentsMax || (this.#kept.size > 1 && this.#sumBytes() > incidentsMaxBytes)) {
      const next = this.#leavesNext();
      if (next === null) break;
      this.remove(next);
      gone.push(next);
    }
    return gone;
  }

  #sumBytes(): number {
    let sum = 0;
    for (const bytes of this.#bytes.values()) sum += bytes;
    return sum;
  }

  #leavesNext(): string | null {
    const rank = ({ closed, shown }: KeptIncident): readonly [number, number] => [
      closed === null ? 1 : 0,
      shown.beganWall,
    ];
    const [first] = [...this.#kept.values()].sort((a, b) => {
      const [[openA, wallA], [openB, wallB]] = [rank(a), rank(b)];
      return openA - openB || wallA - wallB;
    });
    return first?.shown.id ?? null;
  }
}
