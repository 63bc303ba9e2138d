import type { Cancel, Clock } from '../../drivers/clock.js';
import type { PositionRow } from '../journal/store.js';
import { withinMs } from '../within.js';

/** Positions cost an fsync each time: they are written so long after they have moved, or when an uplink has too many unsaved rows. */
const saveEveryMs = 10_000;
/** A disk that takes longer, or that refused the last time, does not hold up who tells. */
const saveMaxMs = 2_000;
const stopMaxMs = 2_000;

export interface PositionKeeperOptions {
  readonly journal: { savePositions(rows: readonly PositionRow[]): Promise<void> };
  readonly clock: Clock;
}

/** What has a position: asked for it when it is written. */
export interface Positioned {
  toPositionRow(): PositionRow;
  /** Rows that it has moved over so far. */
  readonly moved: number;
  /** The position of that moment is durable. */
  saved(moved: number): void;
}

/**
 * Saves how far the uplinks have come, all of them in one write: seldom, because an SD card is worn by it; a crash only sends
 * a little again (`UnsavedRows` says how much).
 */
export class PositionKeeper {
  readonly #moved = new Set<Positioned>();
  readonly #listeners: (() => void)[] = [];
  #movedMono = 0;
  #isHurried = false;
  #hasFailed = false;
  #timer: { readonly dueMono: number; readonly cancel: Cancel } | null = null;
  #saving: Promise<void> | null = null;
  #isSlow = false;
  #isOver = false;

  constructor(private readonly options: PositionKeeperOptions) {}

  /** The disk does not take positions now: who waits for them waits in vain. */
  get isHindered(): boolean {
    return this.#hasFailed || this.#isSlow;
  }

  get isSaving(): boolean {
    return this.#saving !== null;
  }

  /** A save has ended, well or not, or takes too long. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** It has moved on. */
  note(positioned: Positioned): void {
    if (this.#moved.size === 0) this.#movedMono = this.options.clock.mono();
    this.#moved.add(positioned);
    this.#arm();
  }

  /** Not later than the disk can: as soon as the save under way has ended; with one that refuses, when it is asked again anyway. */
  hurry(): void {
    if (this.#isHurried || this.#hasFailed || this.#moved.size === 0) return;
    this.#isHurried = true;
    this.#arm();
  }

  /** At the end: writes what has moved, within 2 s; later nothing is written any more. */
  async flush(): Promise<void> {
    this.#isOver = true;
    const lastSave = (this.#saving ?? Promise.resolve()).then(() => this.#save());
    await withinMs(this.options.clock, stopMaxMs, lastSave);
    this.#timer?.cancel();
    this.#timer = null;
  }

  #arm(): void {
    if (this.#isOver || this.#saving !== null || this.#moved.size === 0) return;
    const { clock } = this.options;
    const dueMono = this.#isHurried ? clock.mono() : this.#movedMono + saveEveryMs;
    if (this.#timer !== null && this.#timer.dueMono <= dueMono) return;
    this.#timer?.cancel();
    const cancel = clock.after(Math.max(0, dueMono - clock.mono()), () => {
      this.#timer = null;
      const cancelSlow = clock.after(saveMaxMs, () => {
        this.#isSlow = true;
        this.#tell();
      });
      this.#saving = this.#save().finally(() => {
        cancelSlow();
        this.#isSlow = false;
        this.#saving = null;
        this.#arm();
        this.#tell();
      });
    });
    this.#timer = { dueMono, cancel };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Never rejects: what could not be saved stays noted and goes with the next save. */
  async #save(): Promise<void> {
    const all = [...this.#moved].map((positioned) => ({ positioned, moved: positioned.moved }));
    if (all.length === 0) return;
    this.#moved.clear();
    this.#isHurried = false;
    const { journal, clock } = this.options;
    try {
      await journal.savePositions(all.map(({ positioned }) => positioned.toPositionRow()));
      this.#hasFailed = false;
      for (const { positioned, moved } of all) positioned.saved(moved);
    } catch {
      this.#hasFailed = true;
      this.#isHurried = false;
      this.#movedMono = clock.mono();
      for (const { positioned } of all) this.#moved.add(positioned);
    }
  }
}
