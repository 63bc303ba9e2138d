/** The entry of a write by hand: who wrote what where, and what came of it. */
import type { UnitConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import { hexWord } from './raw-view.js';
import type { WireAct, WireAnswer, WireWrite } from './wire-request.js';

export function writtenDraft(
  request: WireWrite | WireAct,
  unit: UnitConfig | null,
  answer: WireAnswer,
  origin: string,
): EntryDraft {
  const what = request.ask === 'wire-act' ? actWords(request, unit) : writeWords(request);
  const who = unit === null ? placeWords(request) : nameOf(unit);
  const came = cameWords(answer);
  return {
    kind: 'unit.written',
    class: null,
    subject: unit === null ? 'gateway' : `unit:${unit.id}`,
    alarm: null,
    zone: unit?.zone ?? null,
    words: {
      zh: `手动写入 ${who.zh}：${what.zh}，${came.zh}`,
      en: `written by hand to ${who.en}: ${what.en}, ${came.en}`,
    },
    origin,
    detail: { ...detailOf(request), ...outcomeOf(answer), how: request.how },
  };
}

function writeWords({ table, address, value }: WireWrite): Words {
  const told = `${table} ${hexWord(address)} = ${value}`;
  return { zh: told, en: told };
}

function actWords({ action }: WireAct, unit: UnitConfig | null): Words {
  return unit?.orders?.actions.find(({ key }) => key === action)?.names ?? { zh: action, en: action };
}

function placeWords(request: WireWrite | WireAct): Words {
  const told = request.ask === 'wire-act' ? request.device : `${request.line} ${request.unit}`;
  return { zh: told, en: told };
}

function nameOf({ name, place }: UnitConfig): Words {
  return place === null ? name : { zh: `${place.zh} ${name.zh}`, en: `${place.en}, ${name.en}` };
}

function cameWords(answer: WireAnswer): Words {
  if (answer.wire === 'failed') return { zh: `未成功（${answer.code}）`, en: `not done (${answer.code})` };
  if (answer.wire !== 'written') return { zh: '未写', en: 'nothing written' };
  if (answer.isProven === true) return { zh: '已核对', en: 'read back' };
  return answer.isProven === false
    ? { zh: '设备已应答，读回不符', en: 'confirmed by the unit, but not what it shows' }
    : { zh: '设备已应答', en: 'confirmed by the unit' };
}

function detailOf(request: WireWrite | WireAct): Record<string, JsonValue> {
  if (request.ask === 'wire-act') return { device: request.device, action: request.action };
  const { line, unit, table, address, value } = request;
  return { line, address: unit, table, register: address, value };
}

function outcomeOf(answer: WireAnswer): Record<string, JsonValue> {
  if (answer.wire !== 'written') return { ok: false, error: answer.wire === 'failed' ? answer.code : null };
  const { before, after, isProven } = answer;
  return { ok: isProven !== false, error: null, before, after };
}
