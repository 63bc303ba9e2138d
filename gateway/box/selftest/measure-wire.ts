/** Each unit of the site is asked a few times, as a scan would: how soon it answers, and what an exchange takes on this wire. Nothing is written to it. */
import type { LineConfig, SiteConfig, UnitConfig } from '../../../config/site.js';
import type { Clock } from '../../../drivers/clock.js';
import type { OpenByteLink } from '../../../drivers/driver.js';
import { ModbusLine } from '../../../drivers/modbus/line.js';
import { hasBudget, type LineBudget, lineBudget } from '../../../drivers/modbus/line-budget.js';
import { priorities } from '../../../drivers/modbus/line-queue.js';
import { plain, words } from '../finding.js';
import { promised } from './developed.js';
import { type Figure, figure, percentile } from './figure.js';

const questions = 5;
/** Units of one line that are asked. */
const unitsMax = 64;
/** A line of silent units is given up, ms. */
const lineMaxMs = 60_000;
const openMaxMs = 3000;

export interface WireParts {
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly random: () => number;
  readonly openerOf: (line: LineConfig) => OpenByteLink;
  readonly onProgress: (line: string) => void;
}

/** One line after the other, so that they do not disturb each other's figures. */
export async function measureWire(parts: WireParts): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const line of parts.config.lines) {
    if (!hasBudget(line)) continue;
    parts.onProgress(line.id);
    figures.push(...(await measureLine(parts, line)));
  }
  return figures;
}

async function measureLine(
  { config, clock, random, openerOf }: WireParts,
  line: LineConfig,
): Promise<readonly Figure[]> {
  const { requests } = lineBudget(config, line);
  const downs: string[] = [];
  let frame = 0;
  const up = { isSeen: false };
  const wire = new ModbusLine({
    ...{ config: line, clock, random, open: openerOf(line), nextFrame: () => ++frame },
    onUp: () => {
      up.isSeen = true;
    },
    onDown: (error) => downs.push(`${error.code} ${error.got ?? ''}`.trim()),
  });
  wire.start();
  const endMono = clock.mono() + lineMaxMs;
  try {
    await until(clock, openMaxMs, () => up.isSeen || downs.length > 0);
    if (!up.isSeen) {
      const why = downs[0] ?? '–';
      return [
        figure(`line/${line.id}`, words(`线路 ${line.id}`, `line ${line.id}`), 'ms', null, {
          note: words(`打不开：${why}`, `does not open: ${why}`),
        }),
      ];
    }
    const figures: Figure[] = [];
    for (const unit of config.units.filter((each) => each.line === line.id).slice(0, unitsMax)) {
      const own = requests.filter((each) => each.unit === unit.id);
      const request = shortest(own) ?? readBackOf(config, unit.id);
      if (request === null || clock.mono() > endMono) continue;
      const took: number[] = [];
      for (let asked = 0; asked < questions; asked++) {
        const beganMono = clock.mono();
        const { table, register: address, count } = request;
        const answer = await wire.request(unit, priorities.state, { kind: 'read', table, address, count });
        if (answer.ok) took.push(clock.mono() - beganMono);
      }
      figures.push(...unitFigures(line.id, unit.id, took, wire.unitStats(unit.address).latencyP95Ms, request));
    }
    return figures;
  } finally {
    await wire.stop();
  }
}

type Request = Pick<LineBudget['requests'][number], 'table' | 'register' | 'count' | 'wireMs'>;

/** Of a unit that is only written to: where it is looked whether it obeyed. */
function readBackOf({ outputs }: SiteConfig, unit: UnitConfig['id']): Request | null {
  for (const { target } of outputs) {
    if (target.kind !== 'unit' || target.device !== unit) continue;
    const { table, address: register } = target.readBack;
    return { table, register, count: 1, wireMs: 0 };
  }
  return null;
}

function shortest(requests: readonly Request[]): Request | null {
  return requests.reduce<Request | null>(
    (best, each) => (best === null || each.wireMs < best.wireMs ? each : best),
    null,
  );
}

function unitFigures(
  line: string,
  unit: string,
  took: readonly number[],
  turnaroundMs: number | null,
  { wireMs }: Request,
): readonly Figure[] {
  const where = `${line}/${unit}`;
  const answered = plain(`${took.length}/${questions}`);
  const silent = words('没有应答', 'it did not answer');
  const middle = percentile(took, 50);
  const counted = Math.round((wireMs + (turnaroundMs ?? 0)) * 10) / 10;
  return [
    figure(
      `turnaround/${where}`,
      words(`${where} 应答`, `${where} turnaround`),
      'ms',
      took.length === 0 ? null : turnaroundMs,
      {
        budget: promised.turnaroundMs,
        note: took.length === 0 ? silent : answered,
      },
    ),
    figure(
      `exchange/${where}`,
      words(`${where} 一次问答（含静默）`, `${where} exchange, silence included`),
      'ms',
      middle,
      {
        ...(wireMs === 0 || took.length === 0
          ? {}
          : {
              note: words(`按线路时间和应答计算 ${counted} ms`, `counted of wire time and turnaround: ${counted} ms`),
            }),
      },
    ),
  ];
}

async function until(clock: Clock, maxMs: number, is: () => boolean): Promise<void> {
  const endMono = clock.mono() + maxMs;
  while (!is() && clock.mono() < endMono) await new Promise<void>((resolve) => void clock.after(20, resolve));
}
