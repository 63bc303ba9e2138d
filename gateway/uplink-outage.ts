/**
 * The fault of an uplink, told with measure: it begins at once, and is over when the uplink has been up for a while. A broker
 * that lets in and hangs up again is one fault that stands, and not one that comes back each time somebody has dealt with it.
 *
 *   up ──down──▶ down ──up──▶ up, its fault stands ──stays up──▶ up
 *                  ▲                   │ down
 *                  └───────────────────┘ nothing is told but another reason
 */
import type { UplinkConfig } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { UplinkError } from '../sync/uplink.js';

/** What has been up for so long is well: longer than a centre that confirms nothing is waited for (10 s). */
export const steadyMs = 30_000;

/** How long a centre must be up before it is well: longer than one that confirms nothing is put up with. */
export function settleMsOf(uplink: UplinkConfig): number {
  if (uplink.kind !== 'gb26875') return steadyMs;
  const { dialect, timeoutMs, resends } = uplink;
  // Where nothing is to be told, only the next sign of life finds out.
  const idleMs = dialect.heartbeat === 'none' ? 0 : dialect.heartbeatMs;
  return steadyMs + idleMs + timeoutMs * (resends + 1);
}

export class UplinkOutage {
  /** Undefined until the first fault, or until it has been up for long enough. */
  #told: UplinkError | null | undefined;
  #settling: Cancel | null = null;

  /** `onTold`: why it is down; null: it is well. */
  constructor(
    private readonly clock: Clock,
    private readonly onTold: (error: UplinkError | null) => void,
    /** A centre that lets in and confirms nothing is left only after all resends. */
    private readonly settleMs: number = steadyMs,
  ) {}

  down(error: UplinkError): void {
    this.stop();
    this.#tell(error);
  }

  up(): void {
    if (this.#told === null) return;
    this.#settling ??= this.clock.after(this.settleMs, () => {
      this.#settling = null;
      this.#tell(null);
    });
  }

  /** The listener has forgotten what it was told. */
  retell(): void {
    if (this.#told !== undefined) this.onTold(this.#told);
  }

  /** Nothing is told by itself afterwards. */
  stop(): void {
    this.#settling?.();
    this.#settling = null;
  }

  #tell(error: UplinkError | null): void {
    this.#told = error;
    this.onTold(error);
  }
}
