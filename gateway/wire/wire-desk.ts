/**
 * The desk for whoever asks the wire while it is watched: reads at the lowest priority and in turns, writes as a person's orders with
 * guard, each of them journaled with who gave it. The fire scan never waits for more than one question.
 */
import type { LineId, PointId } from '../../config/ids.js';
import { brandId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig, SiteConfig, UnitConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { LineUnit } from '../../drivers/modbus/exchange.js';
import type { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Level } from '../command/command.js';
import { refusedDraft } from '../command/refused-draft.js';
import { bareUnit } from './bare-line.js';
import { LineTurns } from './line-turns.js';
import { pointRow, pointsNamed } from './point-rows.js';
import { proveWrite } from './prove-write.js';
import { failedBy, refusedBy } from './refusal-words.js';
import { runAction } from './run-action.js';
import {
  readMax,
  type WireAct,
  type WireAnswer,
  type WireRead,
  type WireRequest,
  type WireWrite,
} from './wire-request.js';
import { consentRefusal, guardWrite, outputsOf, unitAt } from './write-guard.js';
import { writtenDraft } from './written-draft.js';

/** What is written by hand to a unit is the installer's (design.md §6). */
const writeLevel: Level = 3;

export interface WireDeskOptions {
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly points: { readonly all: readonly PointConfig[]; get(id: PointId): Reading | null };
  readonly lineOf: (id: LineId) => Pick<ModbusLine, 'request'> | undefined;
  readonly record: (drafts: readonly EntryDraft[]) => void;
}

export class WireDesk {
  readonly #turns: LineTurns;

  constructor(private readonly options: WireDeskOptions) {
    this.#turns = new LineTurns(options.clock);
  }

  /** Never rejects. `level`: of whoever asks; only writes need one. */
  answer(request: WireRequest, level: Level): WireAnswer | Promise<WireAnswer> {
    switch (request.ask) {
      case 'wire-points':
        return this.#points(request.names);
      case 'wire-read':
        return this.#read(request);
      case 'wire-write':
      case 'wire-act':
        return this.#order(request, level);
      default: {
        const impossible: never = request;
        throw new Error(`impossible question ${String(impossible)}`);
      }
    }
  }

  #points(names: readonly string[]): WireAnswer {
    const { points, clock } = this.options;
    const nowMono = clock.mono();
    const named = pointsNamed(points.all, names);
    const rows = named.points.map((point) => pointRow(point, points.get(point.id), nowMono));
    return { wire: 'points', points: rows, unknown: named.unknown };
  }

  async #read({ line: lineId, unit: address, table, address: first, count }: WireRead): Promise<WireAnswer> {
    const line = this.options.lineOf(brandId(lineId));
    if (line === undefined) return this.#noLine(lineId);
    const unit = unitAt(this.options.config, lineId, address);
    const isBit = table === 'coil' || table === 'discrete';
    if (count > (isBit ? readMax.bits : readMax.registers)) return refusedBy('too-many');
    const hidden = unit?.limits.forbidden.some(
      (area) => area.table === table && first <= area.to && first + count > area.from,
    );
    if (hidden === true) return refusedBy('forbidden');
    const told = await this.#turns.take(brandId<LineId>(lineId), async () => {
      const request = { kind: 'read', table, address: first, count } as const;
      const answer = await line.request(this.#lineUnit(unit, address), priorities.identity, request);
      // A refusal is an answer, too.
      const isAnswered = answer.ok || answer.error.code === 'BUS-002';
      const result: WireAnswer = answer.ok ? { wire: 'values', values: answer.values } : failedBy(answer.error);
      return { told: result, isAnswered };
    });
    return told ?? refusedBy('busy');
  }

  async #order(request: WireWrite | WireAct, level: Level): Promise<WireAnswer> {
    const origin = `cli:${request.user}`;
    const { record } = this.options;
    const unit = this.#unitOf(request);
    if (level < writeLevel) {
      const answer = refusedBy('needs-asking', { zh: '权限不够', en: 'this needs a higher level' });
      record([refusedDraft({ kind: request.ask, origin }, 'level-too-low', answer.why)]);
      return answer;
    }
    const answer = await (request.ask === 'wire-write' ? this.#write(request, unit) : this.#act(request, unit));
    if (answer.wire === 'refused') record([refusedDraft({ kind: request.ask, origin }, answer.reason, answer.why)]);
    else record([writtenDraft(request, unit, answer, origin)]);
    return answer;
  }

  async #write(request: WireWrite, unit: UnitConfig | null): Promise<WireAnswer> {
    const { config } = this.options;
    const line = this.options.lineOf(brandId(request.line));
    if (line === undefined) return this.#noLine(request.line);
    const outputs = outputsOf(config, unit);
    const guarded = guardWrite({ address: request.unit, unit, outputs, isWatched: true }, request);
    if (!guarded.ok) return guarded.refused;
    const refused = consentRefusal(guarded.risk, request.how);
    if (refused !== null) return refused;
    return this.#inTurn(request.line, () => proveWrite(line, this.#lineUnit(unit, request.unit), guarded.write));
  }

  async #act({ device, action: key, how }: WireAct, unit: UnitConfig | null): Promise<WireAnswer> {
    const line = unit === null ? undefined : this.options.lineOf(unit.line);
    const actions = unit?.orders?.actions ?? [];
    const action = actions.find((each) => each.key === key);
    if (unit === null || line === undefined) return refusedBy('unknown-device', { zh: device, en: device });
    if (action === undefined) {
      const known = actions.map((each) => each.key).join(', ');
      return refusedBy('unknown-action', { zh: `可用：${known || '无'}`, en: `there are: ${known || 'none'}` });
    }
    const refused = consentRefusal(action.risk, how);
    if (refused !== null) return refused;
    const stateOf = (point: PointId): Promise<number | string | null> => {
      const reading = this.options.points.get(point);
      return Promise.resolve(reading?.quality === 'good' ? reading.value : null);
    };
    const { clock } = this.options;
    return this.#inTurn(unit.line, () => runAction(action, { line, unit, clock, stateOf }));
  }

  async #inTurn(line: LineId | string, write: () => Promise<WireAnswer>): Promise<WireAnswer> {
    const told = await this.#turns.take(brandId<LineId>(line), async () => {
      const answer = await write();
      return { told: answer, isAnswered: answer.wire !== 'failed' };
    });
    return told ?? refusedBy('busy');
  }

  /** A fresh one each time: the line remembers the questions of a unit as long as it lives. */
  #lineUnit(unit: UnitConfig | null, address: number): LineUnit {
    return unit === null ? bareUnit(address) : { ...unit };
  }

  #unitOf(request: WireWrite | WireAct): UnitConfig | null {
    const { config } = this.options;
    if (request.ask === 'wire-write') return unitAt(config, request.line, request.unit);
    return config.units.find(({ id }) => id === request.device) ?? null;
  }

  #noLine(id: string): WireAnswer {
    const isThere = this.options.config.lines.some((line) => line.id === id);
    const known = this.options.config.lines.map((line) => line.id).join(', ');
    return isThere
      ? refusedBy('not-modbus')
      : refusedBy('unknown-line', { zh: `有：${known}`, en: `there are: ${known}` });
  }
}
