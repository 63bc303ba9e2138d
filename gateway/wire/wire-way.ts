/** The two ways to the wire: through the gateway that watches it, or, where none runs, by opening the line. Both answer alike. */
import type { LineId, PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { LineConfig, SiteConfig, UnitConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { LineUnit } from '../../drivers/modbus/exchange.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import { type BareLine, bareUnit } from './bare-line.js';
import { newestOf, pointRow, pointsNamed } from './point-rows.js';
import { proveWrite } from './prove-write.js';
import { failedBy, refusedBy } from './refusal-words.js';
import { runAction } from './run-action.js';
import type { WireAct, WireAnswer, WireRead, WireRequest, WireWrite } from './wire-request.js';
import { consentRefusal, guardWrite, outputsOf, unitAt } from './write-guard.js';

export interface WireWay {
  /** A gateway runs: what it has seen and whom it lets write. */
  readonly isWatched: boolean;
  /** Never rejects, but for a gateway that goes away meanwhile. */
  ask(request: WireRequest): Promise<WireAnswer>;
  /** Resolves when what was opened is free for others. */
  close(): Promise<void>;
}

export interface DirectWayOptions {
  /** Null: a bare line, of which nothing is known. */
  readonly config: SiteConfig | null;
  /** All that can be asked. */
  readonly lines: readonly LineConfig[];
  readonly clock: Clock;
  /** Not yet opened. */
  readonly make: (line: LineConfig) => BareLine;
}

/** Opens each line when it is first asked, and keeps it until `close`. */
export class DirectWay implements WireWay {
  readonly isWatched = false;
  readonly #open = new Map<LineId, BareLine>();
  readonly #devices = new Map<string, ModbusDevice>();

  constructor(private readonly options: DirectWayOptions) {}

  async ask(request: WireRequest): Promise<WireAnswer> {
    switch (request.ask) {
      case 'wire-points':
        return this.#points(request.names);
      case 'wire-read':
        return this.#read(request);
      case 'wire-write':
        return this.#write(request);
      case 'wire-act':
        return this.#act(request);
      default: {
        const impossible: never = request;
        throw new Error(`impossible question ${String(impossible)}`);
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((line) => line.close()));
    this.#open.clear();
  }

  /** Each unit is read whole, once; what no line tells (pins, panels, the box) stays unseen. */
  async #points(names: readonly string[]): Promise<WireAnswer> {
    const { config, clock } = this.options;
    if (config === null) return refusedBy('unknown-device');
    const { points, unknown } = pointsNamed(config.points, names);
    const ids = new Set(points.flatMap(({ source }) => (source.kind === 'register' ? [source.device] : [])));
    const readings: Reading[] = [];
    for (const unit of config.units.filter(({ id }) => ids.has(id))) readings.push(...(await this.#scan(unit)));
    const newest = newestOf(readings);
    const nowMono = clock.mono();
    const rows = points.map((point) => pointRow(point, newest.get(point.id) ?? null, nowMono));
    return { wire: 'points', points: rows, unknown };
  }

  async #scan(unit: UnitConfig): Promise<readonly Reading[]> {
    const { config, clock } = this.options;
    const line = await this.#lineOf(unit.line);
    if ('wire' in line) {
      const device = new ModbusDevice({ unit, line: { request: unasked }, clock, points: config?.points ?? [] });
      return device.unseen('line-down');
    }
    let device = this.#devices.get(unit.id);
    if (device === undefined) {
      device = new ModbusDevice({ unit, line: line.line, clock, points: config?.points ?? [] });
      this.#devices.set(unit.id, device);
    }
    const readings: Reading[] = [];
    for (const part of device.parts) readings.push(...(await part.scan('routine')).readings);
    return readings;
  }

  async #read({ line: id, unit: address, table, address: first, count }: WireRead): Promise<WireAnswer> {
    const unit = this.#unitAt(id, address);
    const hidden = unit?.limits.forbidden.some(
      (area) => area.table === table && first <= area.to && first + count > area.from,
    );
    if (hidden === true) return refusedBy('forbidden');
    const line = await this.#lineOf(id);
    if ('wire' in line) return line;
    const answer = await line.ask(lineUnit(unit, address), { kind: 'read', table, address: first, count });
    return answer.ok ? { wire: 'values', values: answer.values } : failedBy(answer.error);
  }

  async #write(request: WireWrite): Promise<WireAnswer> {
    const unit = this.#unitAt(request.line, request.unit);
    const outputs = this.options.config === null ? [] : outputsOf(this.options.config, unit);
    const guarded = guardWrite({ address: request.unit, unit, outputs, isWatched: false }, request);
    if (!guarded.ok) return guarded.refused;
    const refused = consentRefusal(guarded.risk, request.how);
    if (refused !== null) return refused;
    const line = await this.#lineOf(request.line);
    return 'wire' in line ? line : proveWrite(line.line, lineUnit(unit, request.unit), guarded.write);
  }

  async #act({ device: id, action: key, how }: WireAct): Promise<WireAnswer> {
    const unit = this.options.config?.units.find((each) => each.id === id);
    const action = unit?.orders?.actions.find((each) => each.key === key);
    if (unit === undefined) return refusedBy('unknown-device', { zh: id, en: id });
    if (action === undefined) return refusedBy('unknown-action');
    const refused = consentRefusal(action.risk, how);
    if (refused !== null) return refused;
    const line = await this.#lineOf(unit.line);
    if ('wire' in line) return line;
    const stateOf = async (point: PointId): Promise<number | string | null> => {
      const reading = newestOf(await this.#scan(unit)).get(point);
      return reading?.quality === 'good' ? reading.value : null;
    };
    return runAction(action, { line: line.line, unit, clock: this.options.clock, stateOf });
  }

  #unitAt(line: string, address: number): UnitConfig | null {
    return this.options.config === null ? null : unitAt(this.options.config, line, address);
  }

  /** Opened; or what stands in the way. */
  async #lineOf(id: string): Promise<BareLine | WireAnswer> {
    const config = this.options.lines.find((line) => line.id === id);
    if (config === undefined) {
      const known = this.options.lines.map((line) => line.id).join(', ');
      return refusedBy('unknown-line', { zh: `有：${known}`, en: `there are: ${known}` });
    }
    if (config.protocol !== 'modbus') return refusedBy('not-modbus');
    const open = this.#open.get(config.id);
    if (open !== undefined) return open;
    const line = this.options.make(config);
    const error = await line.open();
    if (error !== null) {
      await line.close();
      return failedBy(error);
    }
    this.#open.set(config.id, line);
    return line;
  }
}

function lineUnit(unit: UnitConfig | null, address: number): LineUnit {
  return unit === null ? bareUnit(address) : { ...unit };
}

function unasked(): never {
  throw new Error('a line that is not open is not asked');
}
