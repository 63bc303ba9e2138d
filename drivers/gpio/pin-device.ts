import { brandId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PinSource, PointConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../clock.js';
import type { Device, InputPin, PinBoard, Scan } from '../driver.js';
import { DriverError } from '../driver-error.js';

interface PinPoint {
  readonly point: PointConfig;
  readonly source: PinSource;
  pin: InputPin | null;
}

/** All dry contacts on the box's own pins, scanned together. Edges only hasten the next scan: they can be lost. */
export class PinDevice implements Device {
  readonly id = brandId<Device['id']>('gpio');
  readonly #pins: readonly PinPoint[];
  readonly #watches: Cancel[] = [];

  constructor(
    private readonly board: PinBoard,
    private readonly clock: Clock,
    points: readonly PointConfig[],
    private readonly nextFrame: () => number,
    private readonly onEdge: () => void,
  ) {
    this.#pins = points.flatMap((point) =>
      point.source.kind === 'pin' ? [{ point, source: point.source, pin: null }] : [],
    );
  }

  get hasPoints(): boolean {
    return this.#pins.length > 0;
  }

  async scan(): Promise<Scan> {
    let error: DriverError | null = null;
    const frame = this.nextFrame();
    const readings = this.#pins.map((entry): Reading => {
      const { point, source } = entry;
      const stamp = { pointId: point.id, sampledMono: this.clock.mono(), frame, confirmed: true };
      try {
        entry.pin ??= this.#open(source.pin);
        return { ...stamp, quality: 'good', value: entry.pin.read() ? source.high : source.low, reason: null };
      } catch (cause) {
        error ??= cause instanceof DriverError ? cause : new DriverError('PIN-003', `GPIO${source.pin}`, String(cause));
        return { ...stamp, confirmed: false, quality: 'bad', value: null, reason: 'pin-error' };
      }
    });
    return { error, readings };
  }

  close(): void {
    for (const cancel of this.#watches) cancel();
  }

  #open(number: number): InputPin {
    const pin = this.board.openInput(number);
    this.#watches.push(pin.onEdge(this.onEdge));
    return pin;
  }
}
