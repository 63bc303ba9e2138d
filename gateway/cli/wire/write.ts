/** `gengfu write`: one register, an action of a profile, or the settings that must stand in a unit; each shown and asked for first. */
import type { UnitConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import { hexWord } from '../../wire/raw-view.js';
import { refusedBy } from '../../wire/refusal-words.js';
import type { Consent, WireAnswer } from '../../wire/wire-request.js';
import { consentRefusal, guardWrite, outputsOf, riskWords, unitAt, type WriteRisk } from '../../wire/write-guard.js';
import { type Opened, openWay } from './open-way.js';
import { type RawPlace, rawPlaceOf, type WireOptions } from './place-options.js';
import { askAgain, readRaw } from './raw-read.js';
import { type Exit, exits, fail, say, type WireIo } from './wire-io.js';

export async function write(names: readonly string[], options: WireOptions, io: WireIo): Promise<Exit> {
  const what = whatOf(names, options);
  if ('zh' in what) {
    say(io, what);
    return exits.invalid;
  }
  const opened = await openWay(options, io);
  if (typeof opened === 'number') return opened;
  try {
    if (what.kind === 'raw') return await writeRaw(opened, what.place, what.value, options, io);
    const unit = opened.config?.units.find(({ id }) => id === what.device);
    if (unit === undefined) return fail(io, refusedBy('unknown-device', { zh: what.device, en: what.device }));
    if (what.kind === 'setup') return await writeSetup(opened, unit, options, io);
    return await act(opened, unit, what.action, options, io);
  } catch (error) {
    say(io, { zh: `网关已停止（${String(error)}）`, en: `the gateway has stopped (${String(error)})` });
    return exits.nobody;
  } finally {
    await opened.way.close();
  }
}

type What =
  | { readonly kind: 'raw'; readonly place: RawPlace & { readonly table: 'coil' | 'holding' }; readonly value: number }
  | { readonly kind: 'action'; readonly device: string; readonly action: string }
  | { readonly kind: 'setup'; readonly device: string };

function whatOf(names: readonly string[], options: WireOptions): What | Words {
  const [device, action] = names;
  if (options.setup === true && device !== undefined && names.length === 1) return { kind: 'setup', device };
  if (device !== undefined && action !== undefined && names.length === 2) return { kind: 'action', device, action };
  const place = rawPlaceOf(options, names);
  if (place === null)
    return { zh: '写出设备和动作，或 设备 --setup', en: 'give a device and an action, or DEVICE --setup' };
  if ('zh' in place) return place;
  const { table } = place;
  const { value } = options;
  if (table !== 'coil' && table !== 'holding')
    return { zh: '只能写 coil 和 holding', en: 'only coil and holding can be written' };
  if (value === undefined || value > 0xffff)
    return { zh: '缺少 --value（0 至 65535）', en: '--value (0 to 65535) is missing' };
  return { kind: 'raw', place: { ...place, table }, value };
}

async function writeRaw(
  opened: Opened,
  place: RawPlace & { readonly table: 'coil' | 'holding' },
  value: number,
  options: WireOptions,
  io: WireIo,
): Promise<Exit> {
  const { config, way } = opened;
  const { line, unit: address, table, address: register } = place;
  const unit = config === null ? null : unitAt(config, line, address);
  const outputs = config === null ? [] : outputsOf(config, unit);
  const isWatched = way.isWatched;
  const guarded = guardWrite({ address, unit, outputs, isWatched }, { table, address: register, value });
  if (!guarded.ok) return fail(io, guarded.refused);
  const how = consentOf(options);
  const refused = consentRefusal(guarded.risk, how);
  if (refused !== null) return fail(io, refused);
  const before = await readRaw(way, config, { ...place, count: 1 }, io);
  if (before.wire === 'failed' && before.code !== 'BUS-002') return fail(io, before);
  const seen = before.wire === 'values' ? String(before.values[0]) : '?';
  const told = `${table} ${hexWord(register)}: ${seen} → ${value}`;
  const to = unit === null ? { zh: `${line} 地址 ${address}`, en: `${line}, address ${address}` } : unitWords(unit);
  if (!(await agreed(io, how, { zh: `${to.zh}  ${told}`, en: `${to.en}  ${told}` }, guarded.risk))) return givenUp(io);
  const request = { ask: 'wire-write', line, unit: address, table, address: register, value } as const;
  return tell(io, await way.ask({ ...request, how, user: io.user }));
}

async function act(opened: Opened, unit: UnitConfig, key: string, options: WireOptions, io: WireIo): Promise<Exit> {
  const actions = unit.orders?.actions ?? [];
  const action = actions.find((each) => each.key === key || each.key.replaceAll('_', '-') === key);
  if (action === undefined) {
    const there = actions.map((each) => each.key).join(', ');
    return fail(io, refusedBy('unknown-action', { zh: `可用：${there || '无'}`, en: `there are: ${there || 'none'}` }));
  }
  const how = consentOf(options);
  const refused = consentRefusal(action.risk, how);
  if (refused !== null) return fail(io, refused);
  const writes = action.steps.flatMap((step) => ('write' in step ? [step.write] : []));
  const told = writes.map(({ table, address, value }) => `${table} ${hexWord(address)} = ${value}`).join(', ');
  const to = unitWords(unit);
  const what = { zh: `${to.zh}：${action.names.zh}（${told}）`, en: `${to.en}: ${action.names.en} (${told})` };
  if (!(await agreed(io, how, what, action.risk))) return givenUp(io);
  return tell(io, await opened.way.ask({ ask: 'wire-act', device: unit.id, action: action.key, how, user: io.user }));
}

/** Only what differs, each asked for with its reason. */
async function writeSetup(opened: Opened, unit: UnitConfig, options: WireOptions, io: WireIo): Promise<Exit> {
  const { way, config } = opened;
  const { line, address: at } = unit;
  const how = consentOf(options);
  const shown: { readonly address: number; readonly got: number; readonly want: number }[] = [];
  let worst: Exit = exits.done;
  for (const { table, address, want, why } of unit.setup) {
    const read = await readRaw(way, config, { line, unit: at, table, address, count: 1 }, io);
    if (read.wire !== 'values') return fail(io, read);
    const [got = Number.NaN] = read.values;
    if (got === want) continue;
    shown.push({ address, got, want });
    const told = `${table} ${hexWord(address)}: ${got} → ${want}`;
    if (!(await agreed(io, how, { zh: `${told}（${why.zh}）`, en: `${told} (${why.en})` }, 'none'))) {
      worst = exits.refused;
      continue;
    }
    const request = { ask: 'wire-write', line, unit: at, table, address, value: want } as const;
    // A setting may be written twice: it is the same afterwards.
    const exit = tell(io, await askAgain(() => way.ask({ ...request, how, user: io.user })));
    if (exit !== exits.done) worst = exit;
  }
  if (shown.length === 0) {
    if (io.isJson) io.out(`${JSON.stringify({ ok: true, differing: [] })}\n`);
    else io.out(io.lang === 'zh' ? '设置都对，没有写。\n' : 'all settings are as they must be; nothing was written.\n');
  }
  return worst;
}

function tell(io: WireIo, answer: WireAnswer): Exit {
  if (answer.wire !== 'written') return fail(io, answer);
  const { before, after, isConfirmed, isProven } = answer;
  if (io.isJson) io.out(`${JSON.stringify({ ok: isProven !== false, before, after, isConfirmed, isProven })}\n`);
  else {
    const values = before === null && after === null ? '' : `${before ?? '?'} → ${after ?? '?'}  `;
    const zh =
      isProven === true ? '已写，读回相符' : isProven === null ? '已写，设备已应答，无法读回' : '设备已应答，读回不符';
    const en =
      isProven === true
        ? 'written, and it shows'
        : isProven === null
          ? 'written and confirmed; it can not be read back'
          : 'confirmed, but the unit shows something else';
    io.out(`${values}${io.lang === 'zh' ? zh : en}\n`);
  }
  return isProven === false ? exits.refused : exits.done;
}

function consentOf({ yes, iKnow }: WireOptions): Consent {
  if (yes !== true) return 'asked';
  return iKnow === true ? 'i-know' : 'yes';
}

async function agreed(io: WireIo, how: Consent, what: Words, risk: WriteRisk): Promise<boolean> {
  const { lang } = io;
  const mark = risk === 'none' ? '' : lang === 'zh' ? `［${riskWords[risk].zh}］` : `[${riskWords[risk].en}] `;
  if (how !== 'asked') {
    io.err(`${mark}${what[lang]}\n`);
    return true;
  }
  if (io.confirm === null) {
    io.err(
      lang === 'zh'
        ? '没有终端可确认；脚本请用 --yes\n'
        : 'there is no terminal to be asked at; a script gives --yes\n',
    );
    return false;
  }
  return io.confirm(`${mark}${what[lang]}`);
}

function givenUp(io: WireIo): Exit {
  say(io, { zh: '没有写。', en: 'nothing was written.' });
  return exits.refused;
}

function unitWords({ name, place, profileId, line, address }: UnitConfig): Words {
  const where = `${line} ${address}, ${profileId}`;
  return {
    zh: `${place === null ? '' : `${place.zh} `}${name.zh}（${where}）`,
    en: `${place === null ? '' : `${place.en}, `}${name.en} (${where})`,
  };
}
