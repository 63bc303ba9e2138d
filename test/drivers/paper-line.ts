/** A line on paper: answers at once what the test wrote down, and notes who was asked for what at which rank. */
import { brandId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig, UnitConfig } from '../../config/site.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Device } from '../../drivers/driver.js';
import { DriverError, type DriverErrorCode } from '../../drivers/driver-error.js';
import type { Answer, LineUnit } from '../../drivers/modbus/exchange.js';
import type { Priority } from '../../drivers/modbus/line-queue.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import type { ModbusRequest } from '../../drivers/modbus/modbus-pdu.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { limits } from './register-source.js';
import { words } from './rig.js';

export function unitConfig(changes: Partial<UnitConfig> = {}): UnitConfig {
  return {
    id: brandId('unit-1'),
    name: words('unit 1'),
    profileId: 'any',
    line: brandId('main'),
    address: 1,
    zone: null,
    place: null,
    limits: limits(),
    responseTimeoutMs: 5000,
    minScanMs: 0,
    interRequestMs: 0,
    afterWriteMs: 0,
    exceptionStyle: 'standard',
    setup: [],
    ...changes,
  };
}

export function point(name: string, from: PointConfig['source'], alarmClass: AlarmClass | null = null): PointConfig {
  return {
    id: brandId(`unit-1/${name}`),
    name: words(name),
    role: 'contact',
    class: alarmClass,
    zone: null,
    place: null,
    source: from,
    severities: {},
    physicalUnit: null,
    onDelayMs: 0,
    offDelayMs: 0,
  };
}

/** One round over every part, one after the other. */
export async function allOf(device: Device): Promise<{ error: DriverError | null; readings: readonly Reading[] }> {
  const readings: Reading[] = [];
  let error: DriverError | null = null;
  for (const part of device.parts) {
    const scan = await part.scan('routine');
    readings.push(...scan.readings);
    error ??= scan.error;
  }
  return { error, readings };
}

export class PaperLine {
  /** Holding register → value; what is not there is refused. */
  readonly notes = new Map<number, number>();
  /** Address, count and rank: `0+4 @5`, in order. */
  asked: string[] = [];
  /** What every request is answered with instead; `exception n` for a refusal. */
  instead: DriverErrorCode | `exception ${number}` | null = null;
  /** Only a block of up to so many registers is answered. */
  maxRead = 125;
  isConfirmed = true;
  #frame = 0;

  constructor(private readonly clock: SimClock) {}

  async request(_unit: LineUnit, priority: Priority, request: ModbusRequest): Promise<Answer> {
    if (request.kind === 'write') throw new Error('nothing is ever written by a look');
    const { address, count } = request;
    this.asked.push(`${address}+${count} @${priority}`);
    const sampledMono = this.clock.mono();
    const values = Array.from({ length: count }, (_, i) => this.notes.get(address + i));
    const refusal = values.includes(undefined) ? 'exception 2' : count > this.maxRead ? 'exception 3' : null;
    const got = this.instead ?? refusal;
    if (got !== null) {
      const isRefusal = got.startsWith('exception');
      const error = isRefusal
        ? new DriverError('BUS-002', 'unit 1', got)
        : new DriverError(got as DriverErrorCode, 'unit 1');
      return { ok: false, error };
    }
    return {
      ok: true,
      values: values.map((value) => value ?? 0),
      sampledMono,
      receivedMono: sampledMono,
      frame: ++this.#frame,
      confirmed: this.isConfirmed,
    };
  }

  /** What was asked since the last call. */
  take(): readonly string[] {
    const asked = this.asked;
    this.asked = [];
    return asked;
  }
}

/** One unit on such a line. `look(i)` scans its part `i` and gives point → value or reason. */
export function paperRig(
  points: readonly PointConfig[],
  notes: Readonly<Record<number, number>>,
  changes: Partial<UnitConfig> = {},
) {
  const clock = new SimClock();
  const line = new PaperLine(clock);
  for (const [address, value] of Object.entries(notes)) line.notes.set(Number(address), value);
  const device = new ModbusDevice({ unit: unitConfig(changes), line, clock, points });
  const scan = (index: number, how: 'routine' | 'second' = 'routine') => {
    const part = device.parts[index];
    if (part === undefined) throw new Error(`no part ${index}`);
    return part.scan(how);
  };
  const look = async (index = 0) => {
    const { readings } = await scan(index);
    return Object.fromEntries(readings.map(({ pointId, value, reason }) => [pointId.slice(7), value ?? reason]));
  };
  const goAway = async (ms: number) => {
    line.instead = 'BUS-001';
    await look();
    await look();
    await clock.advance(ms);
    await look();
    line.instead = null;
    line.take();
  };
  return { clock, line, device, scan, look, goAway };
}
