import type { ByteWire } from '../../hardware-sim/byte-wire.js';
import type { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from './bytes.js';

export interface Heard {
  readonly hex: string;
  readonly atMono: number;
}

/** The far end of a wire in a test: writes hex, keeps what it hears and when. */
export class SimMaster {
  readonly heard: Heard[] = [];

  constructor(
    readonly wire: ByteWire,
    private readonly clock: SimClock,
  ) {
    wire.onMasterBytes((raw, atMono) => this.heard.push({ hex: hex(raw), atMono }));
  }

  write(request: string): void {
    this.wire.masterWrite(bytes(request));
  }

  /** Sends, lets `waitMs` pass and returns all that came in that time. */
  async ask(request: string, waitMs = 200): Promise<string> {
    const from = this.heard.length;
    this.write(request);
    await this.clock.advance(waitMs);
    return this.heard
      .slice(from)
      .map((each) => each.hex)
      .join(' ');
  }
}
