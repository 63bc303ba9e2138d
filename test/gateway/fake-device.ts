/** A device without a wire: its parts answer as they are told to, and remember when they were asked. */
import { brandId, type DeviceId, type PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig, ScanRate } from '../../config/site.js';
import { classOfRole, type PointRole } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import type { Device, Scan, ScanPart, SetupOutcome } from '../../drivers/driver.js';
import { DriverError, type DriverErrorCode } from '../../drivers/driver-error.js';

/** A point that says `normal`, `alarm` or `broken`. */
export function fakePoint(id: string, role: PointRole = 'smoke.alarm'): PointConfig {
  const severity = classOfRole[role] ?? 'info';
  return {
    ...{ id: brandId<PointId>(id), name: { zh: id, en: id }, role, class: classOfRole[role], zone: null, place: null },
    source: { kind: 'pin', pin: 1, low: 'low', high: 'high' },
    severities: { normal: 'normal', alarm: severity, broken: 'fault' },
    ...{ physicalUnit: null, onDelayMs: 0, offDelayMs: 0 },
  };
}

export function goodReading(
  id: string,
  value: string | number,
  confirmed = true,
  sampledMono = 0,
): Extract<Reading, { quality: 'good' }> {
  return { pointId: brandId(id), quality: 'good', value, reason: null, sampledMono, frame: 1, confirmed };
}

export function badReading(id: string, reason: Extract<Reading, { quality: 'bad' }>['reason'] = 'silent'): Reading {
  return { pointId: brandId(id), quality: 'bad', value: null, reason, sampledMono: 0, frame: 0, confirmed: false };
}

/** `values`: what each point says; missing = the part's request is not answered. */
export interface FakePart {
  readonly rate: ScanRate;
  readonly ids: readonly string[];
  values: Record<string, string | number>;
  confirmed: boolean;
  error: DriverErrorCode | null;
  readonly askedMono: { readonly atMono: number; readonly look: 'routine' | 'second' }[];
  /** Called before each answer is made. */
  onAsk: (look: 'routine' | 'second') => void;
}

export class FakeDevice implements Device {
  readonly id: DeviceId;
  readonly parts: readonly ScanPart[];
  readonly fakes: readonly FakePart[];
  setup: (() => SetupOutcome) | null = null;
  setupAsked = 0;
  roundMs = 20;
  timeoutMs = 200;
  /** False: nothing of it answers. */
  isOn = true;
  underWay = 0;
  mostUnderWay = 0;

  constructor(
    private readonly clock: Clock,
    parts: readonly (readonly [rate: ScanRate, ...ids: string[]])[],
    id = 'fake',
  ) {
    this.id = brandId(id);
    this.fakes = parts.map(([rate, ...ids]) => ({
      ...{ rate, ids, confirmed: true, error: null, askedMono: [] },
      values: Object.fromEntries(ids.map((each) => [each, 'normal'])),
      onAsk: () => undefined,
    }));
    this.parts = this.fakes.map((fake) => ({
      rate: fake.rate,
      pointIds: fake.ids.map((each) => brandId<PointId>(each)),
      scan: (look) => this.#scan(fake, look),
    }));
  }

  readonly checkSetup = async (): Promise<SetupOutcome> => {
    this.setupAsked++;
    return this.setup?.() ?? { kind: 'sound' };
  };

  unseen(reason: Extract<Reading, { quality: 'bad' }>['reason']): readonly Reading[] {
    return this.fakes.flatMap(({ ids }) => ids.map((id) => badReading(id, reason)));
  }

  /** When part `n` was asked, ms. */
  asked(n: number): readonly number[] {
    return this.fakes[n]?.askedMono.map(({ atMono }) => atMono) ?? [];
  }

  #scan(fake: FakePart, look: 'routine' | 'second'): Promise<Scan> {
    const askedMono = this.clock.mono();
    fake.askedMono.push({ atMono: askedMono, look });
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    fake.onAsk(look);
    const code = this.isOn ? fake.error : 'BUS-001';
    return new Promise((resolve) =>
      this.clock.after(code === 'BUS-001' ? this.timeoutMs : this.roundMs, () => {
        this.underWay--;
        const error =
          code === null
            ? null
            : new DriverError(code, 'unit 5 holding 16+1', code === 'BUS-002' ? 'exception 2' : null);
        const isPartly = this.isOn && code === 'BUS-001';
        const readings = fake.ids.map((id) => {
          const value = code === null || isPartly ? fake.values[id] : undefined;
          return value === undefined
            ? badReading(id, code === 'BUS-002' ? 'exception' : 'silent')
            : // What is answered before a time-out is as old as that.
              goodReading(id, value, fake.confirmed, isPartly ? askedMono : this.clock.mono());
        });
        resolve({ error, readings });
      }),
    );
  }
}

export function byId(points: readonly PointConfig[]): ReadonlyMap<PointId, PointConfig> {
  return new Map(points.map((point) => [point.id, point]));
}
