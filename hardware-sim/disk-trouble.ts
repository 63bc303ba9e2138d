/** What a simulated disk does to an operation: how long it takes, whether it hangs, whether it is refused. Switched at any time. */
import type { StoreErrorCode } from '../sync/journal/store.js';
import type { DiskCall } from './store-front.js';

/**
 * `works`: latencies as the disk has them. `slowMs`: each operation takes exactly so long. `hangs`: nothing ends until the mode changes;
 * then it meets the new mode. `refuses`: everything is refused with that code and changes nothing; but a full disk (STORE-003) still
 * reads, and opens a journal that is there.
 */
export type SimDiskMode = 'works' | 'hangs' | { readonly slowMs: number } | { readonly refuses: StoreErrorCode };

/** Half to one and a half of `usualMs`, evenly; in the share `tailShare` (0 to 1) of all operations up to `tailMaxMs` more. */
export interface DiskLatency {
  readonly usualMs: number;
  readonly tailShare: number;
  readonly tailMaxMs: number;
}

/** A card in a good mood. */
export const cardLatency: DiskLatency = { usualMs: 2, tailShare: 0.01, tailMaxMs: 250 };
/** No time at all, and no chance is drawn. */
export const noLatency: DiskLatency = { usualMs: 0, tailShare: 0, tailMaxMs: 0 };

/** What a disk must have free to make a journal or to put its rows in order, bytes; it has no less of them afterwards. */
const tidyRoomBytes = 4_096;
/** Of one position that an uplink keeps, bytes. */
const positionBytes = 64;

export class DiskTrouble {
  mode: SimDiskMode = 'works';
  /** Bytes that can still be written; null: as many as wanted. */
  roomBytes: number | null = null;
  #failing: { left: number; readonly code: StoreErrorCode } | null = null;

  constructor(
    private readonly latency: DiskLatency,
    private readonly chance: () => number,
  ) {}

  get hangs(): boolean {
    return this.mode === 'hangs';
  }

  /** The n-th operation from now (1: the next) is refused, whatever the mode. */
  failNth(n: number, code: StoreErrorCode): void {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`no n-th operation: ${n}`);
    this.#failing = { left: n, code };
  }

  /** Counts one operation; the code with which this one is to fail. */
  count(): StoreErrorCode | null {
    if (this.#failing === null || --this.#failing.left > 0) return null;
    const { code } = this.#failing;
    this.#failing = null;
    return code;
  }

  /** Why the disk says no now; `isMade`: the journal is there. */
  refusalOf(call: DiskCall, isMade: boolean): StoreErrorCode | null {
    const { mode, roomBytes } = this;
    const code = typeof mode === 'object' && 'refuses' in mode ? mode.refuses : null;
    if (code !== null && code !== 'STORE-003') return code;
    if (call.kind === 'read' || (call.kind === 'open' && isMade)) return null;
    if (code !== null || roomBytes === null) return code;
    const isTidying = call.kind === 'tidy' || call.kind === 'open';
    return (isTidying ? tidyRoomBytes : bytesOf(call)) > roomBytes ? 'STORE-003' : null;
  }

  drawMs(): number {
    if (typeof this.mode === 'object' && 'slowMs' in this.mode) return this.mode.slowMs;
    const { usualMs, tailShare, tailMaxMs } = this.latency;
    const ms = usualMs > 0 ? usualMs * (0.5 + this.chance()) : 0;
    return tailShare > 0 && this.chance() < tailShare ? ms + tailMaxMs * this.chance() : ms;
  }

  took(bytes: number): void {
    if (this.roomBytes !== null) this.roomBytes = Math.max(0, this.roomBytes - bytes);
  }
}

/** What a call writes, bytes; about what its rows take. */
export function bytesOf(call: DiskCall): number {
  if (call.kind === 'positions') return call.rows * positionBytes;
  if (call.kind !== 'append') return 0;
  const { telemetry = [], ...rows } = call.batch;
  return telemetry.reduce((sum, { body }) => sum + body.length, Buffer.byteLength(JSON.stringify(rows)));
}
