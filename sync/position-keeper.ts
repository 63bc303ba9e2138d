import type { UplinkId } from '../config/ids.js';
import type { Lane } from '../config/vocabulary.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { PositionRow } from './journal/store.js';
import { withinMs } from './within.js';

/** Positions cost an fsync each time: written at most this often, and at the stop. */
const saveEveryMs = 1_000;
const stopMaxMs = 2_000;

export interface PositionKeeperOptions {
  readonly uplink: { readonly id: UplinkId };
  readonly journal: { savePositions(rows: readonly PositionRow[]): Promise<void> };
  readonly clock: Clock;
}

/** Saves how far one uplink has come: seldom, because an SD card is worn by it; a crash only sends a little again. */
export class PositionKeeper {
  readonly #moved = new Map<Lane, number>();
  #cancel: Cancel | null = null;
  #saving: Promise<void> | null = null;

  constructor(private readonly options: PositionKeeperOptions) {}

  move(lane: Lane, position: number): void {
    this.#moved.set(lane, position);
    this.#arm();
  }

  /** Resolves within 2 s. */
  async stop(): Promise<void> {
    const lastSave = (this.#saving ?? Promise.resolve()).then(() => this.#save());
    await withinMs(this.options.clock, stopMaxMs, lastSave);
    this.#cancel?.();
    this.#cancel = null;
  }

  #arm(): void {
    if (this.#cancel !== null || this.#saving !== null) return;
    this.#cancel = this.options.clock.after(saveEveryMs, () => {
      this.#cancel = null;
      this.#saving = this.#save().finally(() => {
        this.#saving = null;
        if (this.#moved.size > 0) this.#arm();
      });
    });
  }

  /** Never rejects: what could not be saved stays noted and goes with the next save. */
  async #save(): Promise<void> {
    const moved = [...this.#moved];
    if (moved.length === 0) return;
    this.#moved.clear();
    const { uplink, journal, clock } = this.options;
    try {
      await journal.savePositions(
        moved.map(([lane, position]) => ({
          uplink: uplink.id,
          lane,
          position,
          kept: 0,
          told: null,
          wall: clock.wall(),
        })),
      );
    } catch {
      for (const [lane, position] of moved) if (!this.#moved.has(lane)) this.#moved.set(lane, position);
    }
  }
}
