/**
 * A disk that outlives the gateways on it. What was answered stays, whatever happens; of what was not, a killed process leaves the
 * one operation that the drive had begun, and a power cut that one wholly or not at all.
 */
import { type Lane, lanes } from '../config/vocabulary.js';
import type { Clock } from '../drivers/clock.js';
import type { StoredEntry } from '../sync/journal/entry.js';
import type { Store, StoreErrorCode } from '../sync/journal/store.js';
import { DiskDrive } from './disk-drive.js';
import { DiskHandle } from './disk-handle.js';
import { bytesOf, cardLatency, type DiskLatency, DiskTrouble, type SimDiskMode } from './disk-trouble.js';
import type { DiskCall } from './store-front.js';

export interface SimDiskOptions {
  /** What is on the disk. Opened again by every life, and never closed by one. */
  readonly inner: Store;
  /** The world's, not that of a process: what the drive has begun it ends after its process died. */
  readonly clock: Clock;
  /** 0 ≤ r < 1. Drawn for latencies, and for what a power cut leaves. */
  readonly chance: () => number;
  /** Default: `cardLatency`. */
  readonly latency?: DiskLatency;
}

/** Rows of one reading of `snapshot`. */
const pageRows = 1_000;

export class SimDisk {
  readonly #counted = { appended: 0, durable: 0, bytes: 0 };
  readonly #trouble: DiskTrouble;
  readonly #drive: DiskDrive;
  readonly #handles = new Set<DiskHandle>();
  #isMade = false;

  constructor(private readonly options: SimDiskOptions) {
    this.#trouble = new DiskTrouble(options.latency ?? cardLatency, options.chance);
    this.#drive = new DiskDrive(options.clock, this.#trouble, () => this.#isMade);
  }

  /** For a gateway that starts. */
  connect(): Store {
    const { inner, clock } = this.options;
    const asked = (call: DiskCall): void => {
      if (call.kind === 'append') this.#counted.appended += call.batch.entries.length;
    };
    const handle = new DiskHandle({ inner, clock, drive: this.#drive, asked, done: (call) => this.#note(call) });
    this.#handles.add(handle);
    return handle;
  }

  /** Operations begun (refused ones too), entries asked for and entries on the disk (written again: counted again), bytes written. */
  get counters(): {
    readonly operations: number;
    readonly appended: number;
    readonly durable: number;
    readonly bytes: number;
  } {
    return { operations: this.#drive.operations, ...this.#counted };
  }

  get mode(): SimDiskMode {
    return this.#trouble.mode;
  }

  setMode(mode: SimDiskMode): void {
    this.#trouble.mode = mode;
    this.#drive.wake();
  }

  /** The n-th operation from now (1: the next that begins) is refused and changes nothing. A later order takes the place of this one. */
  failNth(n: number, code: StoreErrorCode = 'STORE-005'): void {
    this.#trouble.failNth(n, code);
  }

  /** Full (STORE-003) for whatever does not fit into so many bytes more; null: there is room again. */
  fullAfter(bytes: number | null): void {
    this.#trouble.roomBytes = bytes;
  }

  /** As kill −9 does: nobody is answered; what the drive has begun happens, what waits does not. */
  processKilled(): void {
    for (const handle of this.#handles) this.#drive.forgetWaiting(handle);
    this.#endAll();
  }

  /** Nobody is answered; what the drive has begun has happened wholly or not at all. */
  powerCut(): void {
    this.#endAll();
    this.#drive.cutPower(() => this.options.chance() < 0.5);
  }

  /** All entries on the disk now with a position above `after`, in order of position, read past the drive: no time, no counters. */
  async snapshot(after = 0): Promise<readonly StoredEntry[]> {
    if (!this.#isMade) return [];
    const found: StoredEntry[] = [];
    for (const lane of lanes) if (lane !== 'telemetry') found.push(...(await this.#readLane(lane, after)));
    return found.sort((a, b) => a.position - b.position);
  }

  async #readLane(lane: Lane, after: number): Promise<readonly StoredEntry[]> {
    const found: StoredEntry[] = [];
    let page: readonly StoredEntry[];
    do {
      page = await this.options.inner.readAfter(lane, found.at(-1)?.position ?? after, pageRows);
      found.push(...page);
    } while (page.length === pageRows);
    return found;
  }

  #note(call: DiskCall): void {
    if (call.kind === 'open') this.#isMade = true;
    const bytes = bytesOf(call);
    this.#counted.bytes += bytes;
    this.#trouble.took(bytes);
    if (call.kind === 'append') this.#counted.durable += call.batch.entries.length;
  }

  #endAll(): void {
    for (const handle of this.#handles) handle.isEnded = true;
    this.#handles.clear();
  }
}
