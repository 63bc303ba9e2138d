/**
 * What is measured on the wire while a commissioning is open: counts and answer times of each unit, the oldest look, the load, and a strip of
 * what was answered over the time. Pure; whoever measures hands in one look after the other.
 */
import type { LineConfig, SiteConfig } from '../../config/site.js';
import type { UnitCounts } from '../../drivers/modbus/unit-record.js';
import { type CommissioningItem, type LineFigures, stripCellsMax } from '../panel/api/commissioning.js';
import type { LineSight } from '../scan/line-health.js';
import { isAsked } from './checklist.js';
import type { Counted } from './counted-budgets.js';

/** One cell of a strip at first; when the strip is full, two become one. */
const firstStripMs = 10_000;
/** Shorter is no measurement. */
export const measuredMinMs = 60_000;
/** Of a unit's requests may go unanswered, or be answered garbled: 1 %. */
export const lostShareMax = 0.01;

const noCounts: UnitCounts = { requests: 0, answers: 0, timeouts: 0, crcErrors: 0, lateAnswers: 0, doubles: 0 };

/** What a line's units had counted at the look before; a unit that is not there was not looked at yet. */
export type Totals = ReadonlyMap<string, UnitCounts>;

/** Nothing measured yet. */
export function freshFigures(
  { lines, units }: Pick<SiteConfig, 'lines' | 'units'>,
  counted: Counted,
): readonly LineFigures[] {
  return lines.filter(isAsked).map((line) => ({
    ...{ line: line.id, name: line.name, settings: settingsOf(line), deadlineMs: line.fireDeadlineMs },
    counted: counted.lines.get(line.id) ?? null,
    ...{ measuredMs: 0, worstAgeMs: null, worstPoint: null, loadPercent: null, stripMs: firstStripMs },
    units: units
      .filter((unit) => unit.line === line.id)
      .map(({ id, name, address }) => ({
        ...{ unit: id, name, address, ...noCounts, minMs: null, medianMs: null, maxMs: null, strip: [] },
      })),
  }));
}

/** What was measured on a line stays with it while the same units stand on it. */
export function mergedFigures(made: readonly LineFigures[], known: readonly LineFigures[]): readonly LineFigures[] {
  const unitsOf = ({ units }: LineFigures): string => units.map(({ unit }) => unit).join();
  return made.map((fresh) => {
    const was = known.find(({ line }) => line === fresh.line);
    return was !== undefined && unitsOf(was) === unitsOf(fresh) ? { ...was, counted: fresh.counted } : fresh;
  });
}

/** `9600 8N1`, or where the line is reached. */
export function settingsOf(line: LineConfig): string {
  const format = line.format === null ? '' : formatOf(line.format);
  return line.transport === 'serial' ? `${line.path} ${format}` : `${line.host}:${line.port} ${format}`.trim();
}

function formatOf({ baud, dataBits, parity, stopBits }: NonNullable<LineConfig['format']>): string {
  return `${baud} ${dataBits}${parity === 'none' ? 'N' : parity === 'even' ? 'E' : 'O'}${stopBits}`;
}

export function totalsOf(sight: LineSight): Totals {
  return new Map(sight.units.map(({ unit, figures }) => [unit, figures.sinceStart]));
}

/** One look more, `forMs` after the one before. */
export function withLook(figures: LineFigures, sight: LineSight, before: Totals, forMs: number): LineFigures {
  const cell = Math.floor(figures.measuredMs / figures.stripMs);
  const seen = new Map(sight.units.map(({ unit, figures: each }) => [String(unit), each]));
  const worst = sight.worst;
  const isWorse = worst !== null && worst.ms > (figures.worstAgeMs ?? -1);
  const next: LineFigures = {
    ...figures,
    measuredMs: figures.measuredMs + forMs,
    loadPercent: Math.max(figures.loadPercent ?? 0, Math.round(sight.loadPercent * 10) / 10),
    ...(isWorse ? { worstAgeMs: Math.round(worst.ms), worstPoint: worst.point } : {}),
    units: figures.units.map((unit) => {
      const now = seen.get(unit.unit);
      const was = before.get(unit.unit);
      if (now === undefined || was === undefined) return unit;
      const more = sinceThen(now.sinceStart, was);
      const { latency } = now;
      return {
        ...unit,
        ...added(unit, more),
        minMs: latency === null ? unit.minMs : least(unit.minMs, tenths(latency.minMs)),
        medianMs: latency === null ? unit.medianMs : tenths(latency.medianMs),
        maxMs: latency === null ? unit.maxMs : Math.max(unit.maxMs ?? 0, tenths(latency.maxMs)),
        strip: withCell(unit.strip, cell, more.answers, more.timeouts + more.crcErrors),
      };
    }),
  };
  return next.measuredMs < next.stripMs * stripCellsMax ? next : halved(next);
}

/** What a measurement says of its line; null: it is too short. `reason`: what is wrong, in both languages. */
export function verdictOf(
  figures: LineFigures,
): { readonly state: CommissioningItem['state']; readonly reason: string | null } | null {
  if (figures.measuredMs < measuredMinMs) return null;
  const silent = figures.units.filter(({ answers }) => answers === 0).map(({ unit }) => unit);
  const poor = figures.units
    .filter(({ requests, timeouts, crcErrors }) => requests > 0 && (timeouts + crcErrors) / requests > lostShareMax)
    .map(({ unit }) => unit);
  const { worstAgeMs, deadlineMs, counted } = figures;
  const isLate = counted !== null && counted.worstMs !== null && (worstAgeMs === null || worstAgeMs > deadlineMs);
  const wrong = [
    ...(silent.length === 0 ? [] : [`无应答 no answer: ${some(silent)}`]),
    ...(poor.length === 0 ? [] : [`丢失超过 1% more than 1 % lost: ${some(poor)}`]),
    ...(isLate ? [`最久 ${worstAgeMs ?? '?'} ms 未巡检，限值 ${deadlineMs} ms (looked at too late)`] : []),
  ];
  return wrong.length === 0
    ? { state: 'passed', reason: null }
    : { state: 'failed', reason: wrong.join('; ').slice(0, reasonMax) };
}

const reasonMax = 300;
const namedMax = 6;

function some(ids: readonly string[]): string {
  return `${ids.slice(0, namedMax).join(', ')}${ids.length > namedMax ? ` … (${ids.length})` : ''}`;
}

/** A line that was made anew counts from nothing: all that it has is new. */
function sinceThen(now: UnitCounts, was: UnitCounts): UnitCounts {
  return now.requests < was.requests ? now : mapCounts((key) => Math.max(0, now[key] - was[key]));
}

function added(unit: UnitCounts, more: UnitCounts): UnitCounts {
  return mapCounts((key) => unit[key] + more[key]);
}

function mapCounts(of: (key: keyof UnitCounts) => number): UnitCounts {
  return {
    requests: of('requests'),
    answers: of('answers'),
    timeouts: of('timeouts'),
    crcErrors: of('crcErrors'),
    lateAnswers: of('lateAnswers'),
    doubles: of('doubles'),
  };
}

type Strip = LineFigures['units'][number]['strip'];

function withCell(strip: Strip, at: number, answered: number, missed: number): Strip {
  const next: Strip = Array.from({ length: Math.min(at + 1, stripCellsMax) }, (_, cell) => strip[cell] ?? [0, 0]);
  const last = next.length - 1;
  const [answers, misses] = next[last] ?? [0, 0];
  next[last] = [answers + answered, misses + missed];
  return next;
}

/** Twice as long cells, half as many. */
function halved(figures: LineFigures): LineFigures {
  return {
    ...figures,
    stripMs: figures.stripMs * 2,
    units: figures.units.map((unit) => ({
      ...unit,
      strip: Array.from({ length: Math.ceil(unit.strip.length / 2) }, (_, at) => {
        const [answers, misses] = unit.strip[2 * at] ?? [0, 0];
        const [more, moreMisses] = unit.strip[2 * at + 1] ?? [0, 0];
        return [answers + more, misses + moreMisses];
      }),
    })),
  };
}

function least(one: number | null, other: number): number {
  return one === null ? other : Math.min(one, other);
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
