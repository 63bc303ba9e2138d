/** The disk as one life of the gateway holds it. */
import type { Clock } from '../drivers/clock.js';
import { type Store, StoreError, type StoreErrorCode } from '../sync/journal/store.js';
import type { DiskDrive } from './disk-drive.js';
import { type DiskCall, StoreFront } from './store-front.js';

/** After this a close that the disk does not answer has happened all the same, as with the product's own store. */
const closeMaxMs = 2_000;

export interface HandleWorld {
  readonly inner: Store;
  readonly clock: Clock;
  readonly drive: DiskDrive;
  asked(call: DiskCall): void;
  /** It is on the disk. */
  done(call: DiskCall): void;
}

export class DiskHandle extends StoreFront {
  /** Its process is gone: nothing is answered any more. */
  isEnded = false;
  #isOpen = false;
  readonly #unanswered = new Set<(error: StoreError) => void>();
  #closed: (() => void)[] = [];

  constructor(private readonly world: HandleWorld) {
    super(world.inner);
  }

  /** Resolves when all that was asked before is answered, or after 2 s: what is unanswered then is rejected, and what waits never done. */
  async close(): Promise<void> {
    const { clock, drive } = this.world;
    if (this.isEnded) return new Promise(() => undefined);
    if (this.#unanswered.size > 0) {
      await new Promise<void>((resolve) => {
        const cancel = clock.after(closeMaxMs, resolve);
        this.#closed.push(() => {
          cancel();
          resolve();
        });
      });
    }
    if (this.isEnded) return new Promise(() => undefined);
    this.#isOpen = false;
    drive.forgetWaiting(this);
    for (const reject of [...this.#unanswered]) reject(new StoreError('STORE-005', 'closed'));
    this.#unanswered.clear();
  }

  protected queue<T>(call: DiskCall, run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.isEnded) return;
      this.world.asked(call);
      this.#unanswered.add(reject);
      const end = async (refusal: StoreErrorCode | null): Promise<void> => {
        const result = await this.#end(call, refusal, run).then(
          (value) => () => resolve(value),
          (error: unknown) => () => reject(error),
        );
        if (this.isEnded) return;
        this.#unanswered.delete(reject);
        result();
        if (this.#unanswered.size === 0) for (const closed of this.#closed.splice(0)) closed();
      };
      this.world.drive.push({ owner: this, call, end });
    });
  }

  async #end<T>(call: DiskCall, refusal: StoreErrorCode | null, run: () => Promise<T>): Promise<T> {
    if (call.kind === 'open') this.#isOpen = false;
    else if (!this.#isOpen) throw new StoreError('STORE-006');
    if (refusal !== null) throw new StoreError(refusal, 'simulated');
    const result = await run();
    if (call.kind === 'open') this.#isOpen = true;
    this.world.done(call);
    return result;
  }
}
