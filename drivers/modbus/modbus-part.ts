/** Points of one unit that are read together at one rate: one round over them, as readings. */
import type { PointId } from '../../config/ids.js';
import type { BadReason, Reading } from '../../config/reading.js';
import type { PointConfig, RegisterSource, ScanRate, UnitConfig } from '../../config/site.js';
import type { Clock } from '../clock.js';
import type { Scan, ScanPart } from '../driver.js';
import type { DriverError } from '../driver-error.js';
import {
  type BlockAsker,
  type BlockRead,
  type BlockReads,
  errorOfReads,
  isRefusal,
  readBlocks,
} from './block-reads.js';
import type { Answer } from './exchange.js';
import type { ModbusLine } from './line.js';
import { type Priority, priorities } from './line-queue.js';
import { widthOf } from './raw-value.js';
import { type Block, isInside, planReads, splitBlock } from './read-plan.js';
import type { Judged, RegisterPoint, UnitMemory } from './unit-memory.js';

/** A block that is refused whole and in pieces is asked for whole, and taken apart again only after this. */
const uselessForMs = 600_000;
/** The line was open and no answer came, or none that could be read: noise hides a unit, it does not close the line. */
const unansweredCodes: readonly string[] = ['BUS-001', 'BUS-005', 'BUS-006'];

type Look = 'routine' | 'second';

export interface ModbusPartOptions {
  readonly rate: ScanRate;
  readonly unit: UnitConfig;
  readonly line: Pick<ModbusLine, 'request'>;
  readonly clock: Clock;
  readonly memory: UnitMemory;
  readonly points: readonly RegisterPoint[];
  /** Points of other parts that tell how to read these: read along while they are not known. */
  readonly settings: readonly RegisterPoint[];
  /** All points of the unit, each behind those it depends on. */
  readonly inOrder: readonly RegisterPoint[];
}

export class ModbusPart implements ScanPart {
  readonly rate: ScanRate;
  readonly pointIds: readonly PointId[];
  readonly #isFire: boolean;
  /** Its own points, each behind those it depends on. */
  readonly #own: readonly RegisterPoint[];
  readonly #sources: readonly RegisterSource[];
  #blocks: readonly Block[];
  #plannedAtReturn: number;
  /** Until when a block is not taken apart. */
  readonly #uselessMono = new Map<string, number>();
  readonly #askers: Readonly<Record<Look, BlockAsker>>;

  constructor(private readonly options: ModbusPartOptions) {
    this.rate = options.rate;
    this.pointIds = options.points.map(({ point }) => point.id);
    this.#isFire = options.points.some(({ point }) => point.class === 'fire');
    this.#own = options.inOrder.filter((each) => options.points.includes(each));
    this.#sources = [...options.points, ...options.settings].map(({ source }) => source);
    this.#blocks = this.#plan(options.points);
    this.#plannedAtReturn = options.memory.returns;
    this.#askers = { routine: this.#askerOf('routine'), second: this.#askerOf('second') };
  }

  async scan(look: Look): Promise<Scan> {
    const { memory, settings, clock } = this.options;
    const began = memory.returns;
    const own = await this.#read(this.#blocksNow(), look);
    // What was refused in one request is asked for apart from now on, until the unit was away.
    if (began === memory.returns) this.#blocks = own.plan;
    const error = errorOfReads(own.reads);
    const isThere = error === null || isRefusal(error);
    const wanted =
      isThere && settings.length > 0 ? settings.filter(({ point }) => memory.wants(point.id, clock.mono())) : [];
    // Their own part tells how they were read; here they only help.
    const along = wanted.length === 0 ? [] : (await this.#read(this.#plan(wanted), look)).reads;
    const reads = along.length === 0 ? own.reads : [...own.reads, ...along];
    return { error, readings: this.#readings(reads, error, wanted) };
  }

  #plan(points: readonly RegisterPoint[]): readonly Block[] {
    return planReads(
      points.map(({ source }) => source),
      this.options.unit.limits,
    );
  }

  /** As planned at first when the unit has been away: it may be another one. */
  #blocksNow(): readonly Block[] {
    const { memory, points } = this.options;
    if (this.#plannedAtReturn !== memory.returns) {
      this.#plannedAtReturn = memory.returns;
      this.#blocks = this.#plan(points);
      this.#uselessMono.clear();
    }
    return this.#blocks;
  }

  #read(blocks: readonly Block[], look: Look): Promise<BlockReads> {
    return readBlocks(blocks, this.#askers[look]);
  }

  #askerOf(look: Look): BlockAsker {
    const { unit, clock } = this.options;
    return {
      ask: (block) => this.#ask(block, look),
      halves: (block) => {
        const isUseless = (this.#uselessMono.get(keyOf(block)) ?? Number.NEGATIVE_INFINITY) > clock.mono();
        return isUseless ? null : splitBlock(block, this.#sources, unit.limits);
      },
      onUseless: (block) => this.#uselessMono.set(keyOf(block), clock.mono() + uselessForMs),
    };
  }

  async #ask(block: Block, look: Look): Promise<Answer> {
    const { unit, line, memory, clock } = this.options;
    const { table, address, count } = block;
    const priority = look === 'second' ? priorities.secondLook : this.#priorityOf(block);
    const answer = await line.request(unit, priority, { kind: 'read', table, address, count });
    if (answer.ok || isRefusal(answer.error)) memory.answered(clock.mono());
    else memory.missed(clock.mono());
    return answer;
  }

  #priorityOf(block: Block): Priority {
    if (this.#isFire) return priorities.fire;
    if (this.rate === 'once') return priorities.identity;
    const { points } = this.options;
    const isState = points.some(({ source }) => source.states !== null && isInside(source, block));
    return isState ? priorities.state : priorities.analog;
  }

  /** The readings of this part's own points; `wanted` were read along, before those that depend on them. */
  #readings(reads: readonly BlockRead[], error: DriverError | null, wanted: readonly RegisterPoint[]): Reading[] {
    const { inOrder } = this.options;
    if (wanted.length === 0) return this.#own.map((each) => this.#reading(each, reads, error));
    return inOrder
      .filter((each) => this.#own.includes(each) || wanted.includes(each))
      .flatMap((each) => {
        const reading = this.#reading(each, reads, error);
        return wanted.includes(each) ? [] : [reading];
      });
  }

  #reading(each: RegisterPoint, reads: readonly BlockRead[], error: DriverError | null): Reading {
    const { memory, clock } = this.options;
    const { point, source } = each;
    const read = readOf(source, reads);
    if (read?.answer.ok === true) {
      const { answer, block } = read;
      const width = widthOf(source.type);
      const offset = source.address - block.address;
      const isWhole = offset === 0 && width === answer.values.length;
      const words = isWhole ? answer.values : answer.values.slice(offset, offset + width);
      if (words.length === width) return readingOf(point, memory.judge(each, words, answer.sampledMono), answer);
    }
    const reason = reasonOf(read, error);
    if (reason === 'exception') memory.refused(point.id);
    return badReading(point, reason, clock.mono());
  }
}

/** A reading of a point that could not be looked at. */
export function badReading(point: PointConfig, reason: BadReason, nowMono: number): Reading {
  return { pointId: point.id, quality: 'bad', value: null, reason, sampledMono: nowMono, frame: 0, confirmed: false };
}

function readOf(source: RegisterSource, reads: readonly BlockRead[]): BlockRead | undefined {
  for (const read of reads) if (isInside(source, read.block)) return read;
  return undefined;
}

/** Written out in both cases, of thousands a second: put together from parts, with a function for each, a reading took 1.2 kB
 * of memory on its way, so 0.2 (sampled). */
function readingOf({ id }: PointConfig, { value, reason, isSettled }: Judged, answer: Answer & { ok: true }): Reading {
  const { sampledMono, frame } = answer;
  const confirmed = answer.confirmed && isSettled;
  return reason === null
    ? { pointId: id, quality: 'good', value, reason, sampledMono, frame, confirmed }
    : { pointId: id, quality: 'bad', value, reason, sampledMono, frame, confirmed };
}

function keyOf({ table, address, count }: Block): string {
  return `${table} ${address}+${count}`;
}

/** Why there is no value: the unit refused or gave too little, or it was not asked because it had fallen silent before. */
function reasonOf(read: BlockRead | undefined, roundError: DriverError | null): BadReason {
  if (read?.answer.ok === true) return 'exception';
  const error = read === undefined ? roundError : read.answer.error;
  if (error === null) return 'silent';
  if (isRefusal(error)) return 'exception';
  return unansweredCodes.includes(error.code) ? 'silent' : 'line-down';
}
