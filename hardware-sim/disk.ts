/** A disk that can go wrong in front of any Store, switched while it runs. */
import { type Clock, pause } from '../drivers/clock.js';
import { type Store, StoreError, type StoreErrorCode } from '../sync/journal/store.js';
import { type DiskCall, StoreFront } from './store-front.js';

/** `hangs`: calls wait, in order, until the mode changes; then they meet the new mode. `slowMs`: each call takes so long. */
export type DiskMode = 'works' | 'refuses' | 'hangs' | { readonly slowMs: number };

export class FaultyStore extends StoreFront {
  #mode: DiskMode = 'works';
  #refusal: StoreErrorCode = 'STORE-005';
  #release: (() => void) | null = null;
  /** One arm, one head: a call begins when the one before has ended, however that ended. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(
    inner: Store,
    private readonly clock: Clock,
  ) {
    super(inner);
  }

  get mode(): DiskMode {
    return this.#mode;
  }

  /** `refusal` is the code of mode `refuses`: STORE-005 the disk failed (default), STORE-003 it is full, … */
  setMode(mode: DiskMode, refusal: StoreErrorCode = 'STORE-005'): void {
    this.#mode = mode;
    this.#refusal = refusal;
    this.#release?.();
    this.#release = null;
  }

  /** Passed on at once whatever the mode, so that a test can always let go. */
  close(): Promise<void> {
    return this.inner.close();
  }

  protected queue<T>(_call: DiskCall, run: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(async () => {
      await this.#meetMode();
      return run();
    });
    this.#tail = result.catch(() => {});
    return result;
  }

  async #meetMode(): Promise<void> {
    while (this.#mode === 'hangs') {
      await new Promise<void>((resolve) => {
        this.#release = resolve;
      });
    }
    const mode = this.#mode;
    if (mode === 'refuses') throw new StoreError(this.#refusal, 'simulated');
    if (typeof mode === 'object') await pause(this.clock, mode.slowMs);
  }
}
