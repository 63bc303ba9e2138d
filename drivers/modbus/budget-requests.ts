/** What a line is asked by its site, and what each request costs in time. Pure; all times in ms. */
import type { DeviceId, PointId } from '../../config/ids.js';
import type {
  LineConfig,
  PointConfig,
  RegisterSource,
  ScanRate,
  SiteConfig,
  Table,
  UnitConfig,
} from '../../config/site.js';
import { scanPeriodMs } from '../scan-rates.js';
import { charMs, isBeforePair, lateMs, replyBytes, requestBytes, silenceMs, writeReplyBytes } from './line-timing.js';
import { type Block, isInside, planReads } from './read-plan.js';

/** What the budget takes for granted and prints, because the site file can not know it. */
export interface BudgetAssumptions {
  /** From a request's last bit to the reply's first, ms; a unit whose time-out is shorter answers within that. */
  readonly turnaroundMs: number;
  /** What the box itself adds to each request, ms. */
  readonly hostMs: number;
}

export type RequestClass = 'fire' | 'state' | 'analog' | 'identity';

interface RegisterPoint {
  readonly point: PointConfig;
  readonly source: RegisterSource;
}

/** One request that a scan sends again and again. */
export interface BudgetRequest {
  readonly unit: DeviceId;
  /** Unit number on the line. */
  readonly address: number;
  readonly table: Table;
  readonly register: number;
  readonly count: number;
  readonly rate: ScanRate;
  readonly class: RequestClass;
  readonly points: readonly PointId[];
  /** Time of its bytes on the wire, both ways. */
  readonly wireMs: number;
  /** From the silence before it to the reply's last bit. */
  readonly exchangeMs: number;
  /** The same if the unit answers as fast as a wire allows. */
  readonly fastestMs: number;
  /** The same when nobody answers: time-out, place for the reply, quarantine. */
  readonly unansweredMs: number;
}

/** The requests of one unit at one rate: the gateway sends them one after the other, and then all again. */
export interface BudgetLoop {
  readonly unit: UnitConfig;
  readonly periodMs: number;
  readonly requests: readonly BudgetRequest[];
}

const rates = ['fast', 'normal', 'slow', 'once'] as const;

/** All loops of a line, unit by unit. */
export function loopsOf(site: SiteConfig, line: LineConfig, assumed: BudgetAssumptions): readonly BudgetLoop[] {
  const pointsOf = new Map<DeviceId, RegisterPoint[]>();
  for (const unit of site.units) if (unit.line === line.id) pointsOf.set(unit.id, []);
  for (const point of site.points) {
    if (point.source.kind === 'register') pointsOf.get(point.source.device)?.push({ point, source: point.source });
  }
  return site.units.flatMap((unit) => unitLoops(line, unit, pointsOf.get(unit.id) ?? [], assumed));
}

/** What the outputs of a line cost: one write and one look each with the pauses that their units want, and the longest of
 * these when nobody answers. Zeros where no output is on the line. */
export function outputCosts(
  site: SiteConfig,
  line: LineConfig,
  assumed: BudgetAssumptions,
): { readonly onceMs: number; readonly unansweredMs: number } {
  let onceMs = 0;
  let longestMs = 0;
  for (const { target } of site.outputs) {
    const isHere = (unit: UnitConfig): boolean => target.kind === 'unit' && unit.id === target.device;
    const unit = site.units.find((each) => isHere(each) && each.line === line.id);
    if (target.kind !== 'unit' || unit === undefined) continue;
    for (const reply of [writeReplyBytes, replyBytes(target.readBack.table, 1)]) {
      onceMs += exchangeMs(line, unit, reply, assumed);
      longestMs = Math.max(longestMs, unansweredMs(line, unit, reply, assumed));
    }
    onceMs += unit.afterWriteMs + unit.interRequestMs;
  }
  return { onceMs, unansweredMs: longestMs };
}

function unitLoops(
  line: LineConfig,
  unit: UnitConfig,
  points: readonly RegisterPoint[],
  assumed: BudgetAssumptions,
): readonly BudgetLoop[] {
  const atRate = (rate: ScanRate): RegisterPoint[] => points.filter(({ source }) => source.scan === rate);
  const split = rates.map((rate) => ({ rate, ...byUrgency(atRate(rate), unit) }));
  const loopOf = (rate: ScanRate, own: readonly RegisterPoint[]): readonly BudgetLoop[] => {
    if (own.length === 0) return [];
    const requests = blocksOf(own, unit).map((block) => requestOf(line, unit, rate, block, own, assumed));
    return [{ unit, periodMs: Math.max(scanPeriodMs[rate], unit.minScanMs), requests }];
  };
  return [
    ...split.flatMap(({ rate, fire }) => loopOf(rate, fire)),
    ...split.flatMap(({ rate, others }) => loopOf(rate, others)),
  ];
}

/** As a unit is scanned (modbus-device.ts): what travels in one block with a fire point, and the rest. */
function byUrgency(points: readonly RegisterPoint[], unit: UnitConfig): Record<'fire' | 'others', RegisterPoint[]> {
  const fireBlocks = blocksOf(points, unit).filter((block) =>
    points.some(({ point, source }) => point.class === 'fire' && isInside(source, block)),
  );
  const isFire = ({ source }: RegisterPoint): boolean => fireBlocks.some((block) => isInside(source, block));
  return { fire: points.filter(isFire), others: points.filter((each) => !isFire(each)) };
}

function blocksOf(points: readonly RegisterPoint[], unit: UnitConfig): readonly Block[] {
  return planReads(
    points.map(({ source }) => source),
    unit.limits,
  );
}

function requestOf(
  line: LineConfig,
  unit: UnitConfig,
  rate: ScanRate,
  block: Block,
  points: readonly RegisterPoint[],
  assumed: BudgetAssumptions,
): BudgetRequest {
  const inside = points.filter(({ source }) => isInside(source, block));
  const reply = replyBytes(block.table, block.count);
  return {
    unit: unit.id,
    address: unit.address,
    table: block.table,
    register: block.address,
    count: block.count,
    rate,
    class: classOf(inside, rate),
    points: inside.map(({ point }) => point.id),
    wireMs: (requestBytes + reply) * charMs(line.format),
    exchangeMs: exchangeMs(line, unit, reply, assumed),
    fastestMs: 2 * wireSilenceMs(line) + (requestBytes + reply) * charMs(line.format),
    unansweredMs: unansweredMs(line, unit, reply, assumed),
  };
}

function classOf(points: readonly RegisterPoint[], rate: ScanRate): RequestClass {
  if (points.some(({ point }) => point.class === 'fire')) return 'fire';
  if (rate === 'once') return 'identity';
  return points.some(({ source }) => source.states !== null) ? 'state' : 'analog';
}

/** Longest wait for the first byte of a reply: the unit's own limit, bounded by the line's. */
function patienceMs(line: LineConfig, unit: UnitConfig): number {
  return Math.min(unit.responseTimeoutMs, line.timeoutMs);
}

function exchangeMs(line: LineConfig, unit: UnitConfig, reply: number, assumed: BudgetAssumptions): number {
  const gapMs = wireSilenceMs(line);
  // No unit on a wire may answer before the silence that ends the request.
  const turnaroundMs = Math.max(gapMs, Math.min(assumed.turnaroundMs, patienceMs(line, unit)));
  return gapMs + (requestBytes + reply) * charMs(line.format) + turnaroundMs + assumed.hostMs;
}

function unansweredMs(line: LineConfig, unit: UnitConfig, reply: number, assumed: BudgetAssumptions): number {
  const wireMs = (requestBytes + reply) * charMs(line.format);
  // Answers on Modbus TCP carry numbers: a late one can not be mistaken. But a gateway in front of a pair waits for it all the same.
  const waitsMs = isBeforePair(line) ? Math.max(0, lateMs(line) - wireMs - patienceMs(line, unit)) : 0;
  const quietMs = line.transport === 'tcp' ? waitsMs : line.quarantineMs;
  return wireSilenceMs(line) + wireMs + patienceMs(line, unit) + quietMs + assumed.hostMs;
}

/** Behind a serial server the silence costs the same time; the server keeps it. */
function wireSilenceMs(line: LineConfig): number {
  if (line.transport === 'serial') return silenceMs(line);
  return line.format === null
    ? 0
    : silenceMs({ ...line, transport: 'serial', path: '', format: line.format, rs485: null });
}
