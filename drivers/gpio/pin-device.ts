import { brandId } from '../../config/ids.js';
import type { BadReason, Reading } from '../../config/reading.js';
import type { PinSource, PointConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../clock.js';
import type { Device, InputPin, PinBoard, Scan, ScanPart } from '../driver.js';
import { DriverError } from '../driver-error.js';

interface PinPoint {
  readonly point: PointConfig;
  readonly source: PinSource;
  pin: InputPin | null;
  /** A pin that failed is not tried again before this: opening one can block for milliseconds. */
  tryAgainMono: number;
}

const tryAgainMs = 10_000;

/** All dry contacts on the box's own pins, scanned together. Edges only hasten the next scan: they can be lost. */
export class PinDevice implements Device {
  readonly id = brandId<Device['id']>('gpio');
  /** One part with all of them; none when the site has no contact on a pin. */
  readonly parts: readonly ScanPart[];
  readonly checkSetup = null;
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
      point.source.kind === 'pin' ? [{ point, source: point.source, pin: null, tryAgainMono: 0 }] : [],
    );
    const pointIds = this.#pins.map(({ point }) => point.id);
    this.parts = pointIds.length === 0 ? [] : [{ rate: 'fast', pointIds, scan: () => this.#scan() }];
  }

  unseen(reason: BadReason): readonly Reading[] {
    const sampledMono = this.clock.mono();
    return this.#pins.map(({ point }) => unseenReading(point, reason, sampledMono, 0));
  }

  /** Fails only when no pin at all could be read: one bad pin must not slow down the others. */
  async #scan(): Promise<Scan> {
    const frame = this.nextFrame();
    const seen = this.#pins.map((entry) => this.#look(entry, frame));
    const error = seen.every((each) => each.quality === 'bad') ? new DriverError('PIN-003', 'gpio') : null;
    return { error, readings: seen };
  }

  #look(entry: PinPoint, frame: number): Reading {
    const { point, source } = entry;
    const nowMono = this.clock.mono();
    if (nowMono >= entry.tryAgainMono) {
      try {
        entry.pin ??= this.#open(source.pin);
        return seenReading(point, entry.pin.read() ? source.high : source.low, nowMono, frame);
      } catch (error) {
        if (!(error instanceof DriverError)) throw error;
        entry.tryAgainMono = nowMono + tryAgainMs;
      }
    }
    return unseenReading(point, 'pin-error', nowMono, frame);
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

// Both written out: of twenty rounds a second, put together from parts they were the dearest of a quiet village (sampled).

function seenReading({ id }: PointConfig, value: string, sampledMono: number, frame: number): Reading {
  return { pointId: id, quality: 'good', value, reason: null, sampledMono, frame, confirmed: true };
}

function unseenReading({ id }: PointConfig, reason: BadReason, sampledMono: number, frame: number): Reading {
  return { pointId: id, quality: 'bad', value: null, reason, sampledMono, frame, confirmed: false };
}
