import type { BadReason, Reading } from '../../config/reading.js';
import type { PointConfig, RegisterSource, UnitConfig } from '../../config/site.js';
import type { Clock } from '../clock.js';
import type { Device, Scan } from '../driver.js';
import type { DriverError } from '../driver-error.js';
import type { Answer, ModbusLine } from './line.js';
import { type Priority, priorities } from './line-queue.js';
import { type Block, planReads } from './read-plan.js';
import { decodeRaw } from './registers.js';

interface RegisterPoint {
  readonly point: PointConfig;
  readonly source: RegisterSource;
}

export interface ModbusDeviceOptions {
  readonly unit: UnitConfig;
  readonly line: ModbusLine;
  readonly clock: Clock;
  /** The site's points; those of other units and pins are left aside. */
  readonly points: readonly PointConfig[];
}

/** One unit on a line: its points, read in as few requests as its profile allows. */
export class ModbusDevice implements Device {
  readonly id: UnitConfig['id'];
  readonly #points: readonly RegisterPoint[];
  readonly #blocks: readonly Block[];
  readonly #priority: Priority;

  constructor(private readonly options: ModbusDeviceOptions) {
    const { unit } = options;
    this.id = unit.id;
    this.#points = options.points.flatMap((point) =>
      point.source.kind === 'register' && point.source.device === unit.id ? [{ point, source: point.source }] : [],
    );
    this.#blocks = planReads(
      this.#points.map(({ source }) => source),
      unit.limits.maxRead,
    );
    this.#priority = priorityOf(this.#points);
  }

  /** False for a unit that only carries outputs. */
  get hasPoints(): boolean {
    return this.#blocks.length > 0;
  }

  async scan(): Promise<Scan> {
    let error: DriverError | null = null;
    const readings: Reading[] = [];
    for (const block of this.#blocks) {
      const { unit, line } = this.options;
      const answer = await line.request(unit.address, this.#priority, { kind: 'read', ...block }, unit.interRequestMs);
      // A refusal is an answer; a silence after it is not made good by it.
      if (!answer.ok && (error === null || error.code === 'BUS-002')) error = answer.error;
      for (const { point, source } of this.#points) {
        if (isInside(source, block)) readings.push(this.#reading(point, source, block, answer));
      }
      if (!answer.ok && answer.error.code !== 'BUS-002') {
        readings.push(...this.#unseen(readings, answer.error));
        break;
      }
    }
    return { error, readings };
  }

  #reading(point: PointConfig, source: RegisterSource, block: Block, answer: Answer): Reading {
    if (!answer.ok) return this.#bad(point, reasonOf(answer.error));
    const { sampledMono, frame, confirmed } = answer;
    const raw = answer.values[source.address - block.address];
    const decoded = raw === undefined ? ({ value: null, reason: 'exception' } as const) : decodeRaw(raw, source);
    const stamp = { pointId: point.id, sampledMono, frame, confirmed };
    return decoded.value === null
      ? { ...stamp, quality: 'bad', value: null, reason: decoded.reason }
      : { ...stamp, quality: 'good', value: decoded.value, reason: null };
  }

  /** The points that this round did not come to because the unit is silent. */
  #unseen(seen: readonly Reading[], error: DriverError): readonly Reading[] {
    return this.#points
      .filter(({ point }) => !seen.some((reading) => reading.pointId === point.id))
      .map(({ point }) => this.#bad(point, reasonOf(error)));
  }

  #bad(point: PointConfig, reason: BadReason): Reading {
    return {
      pointId: point.id,
      quality: 'bad',
      value: null,
      reason,
      sampledMono: this.options.clock.mono(),
      frame: 0,
      confirmed: false,
    };
  }
}

function isInside(source: RegisterSource, block: Block): boolean {
  return (
    source.table === block.table && source.address >= block.address && source.address < block.address + block.count
  );
}

function reasonOf(error: DriverError): BadReason {
  if (error.code === 'BUS-002') return 'exception';
  return error.code === 'BUS-001' ? 'silent' : 'line-down';
}

/** A unit is asked at the rank of its highest point. */
function priorityOf(points: readonly RegisterPoint[]): Priority {
  if (points.some(({ point }) => point.class === 'fire')) return priorities.fire;
  return points.some(({ source }) => source.states !== null) ? priorities.state : priorities.analog;
}
