/** How a test on a running gateway goes: ordered, watched to its end, told, and what the person heard is journaled. */
import type { SiteConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import { type Clock, pause } from '../../../drivers/clock.js';
import { lampTestStepMs } from '../../annunciator/lamps.js';
import type { ControlRequest, ControlStatus } from '../../command/control-socket.js';
import type { ExerciseAsk, OrderAnswer } from '../../command/exercise-order.js';
import type { DoctorFacts } from '../../doctor/doctor-facts.js';
import type { Outcome } from '../../exercise/siren-test.js';
import type { UplinkTestState } from '../../uplink-test-entry.js';
import type { TestKind } from './test-options.js';
import { carriedWords, carryMaxMs, noWordTest } from './test-uplink-words.js';

const lookMs = 250;
/** Announced, sounding, proven on and off: no test of one output lasts longer, ms. */
const outputMaxMs = 60_000;
/** Waiting for its turn and saying it, ms. */
const speakMaxMs = 60_000;
/** A receipt of a district on a busy evening, ms. */
const receiptMaxMs = 60_000;

export interface TestTalk {
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly user: string;
  /** Rejects when no gateway answers. */
  readonly ask: (request: ControlRequest) => Promise<unknown>;
  /** Yes or no of a person; null: nobody is there to be asked. */
  readonly confirm: ((question: Words) => Promise<boolean | null>) | null;
  readonly tell: (words: Words) => void;
}

export interface TestResult {
  readonly ok: boolean;
  readonly words: Words;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What may be tested so. */
export function testable(kind: TestKind, config: SiteConfig): readonly { readonly id: string }[] {
  const { outputs, speakers, uplinks } = config;
  switch (kind) {
    case 'siren':
      return outputs.filter((output) => output.kind !== 'lamp' && output.kind !== 'amplifier');
    case 'lamp':
      return outputs.filter((output) => output.kind === 'lamp' && output.shows === undefined);
    case 'speaker':
      return speakers.filter(({ player }) => player.kind !== 'line');
    case 'uplink':
      return uplinks;
  }
}

/** `id` null of a lamp: all that show something by themselves. */
export async function runTest(
  kind: TestKind,
  id: string | null,
  said: { readonly text: string | null; readonly message: string | null },
  talk: TestTalk,
): Promise<TestResult> {
  switch (kind) {
    case 'siren':
      return testOutput(kind, id ?? '', talk);
    case 'lamp':
      return id === null ? testLamps(talk) : testOutput(kind, id, talk);
    case 'speaker':
      return testSpeaker(id ?? '', said, talk);
    case 'uplink':
      return testUplink(id ?? '', talk);
  }
}

const outcomeWords: Readonly<Record<Outcome, Words>> = {
  proven: { zh: '通、断都已证实', en: 'proven on and off' },
  'not-proven': { zh: '未能证实：检查接线、模块和保险', en: 'not proven: check wires, module and fuse' },
  skipped: { zh: '没有试完', en: 'not tried to the end' },
};

async function testOutput(kind: 'siren' | 'lamp', id: string, talk: TestTalk): Promise<TestResult> {
  const before = (await statusOf(talk)).lastTest?.id;
  const refused = await order({ ask: 'output-test', output: id }, talk);
  if (refused !== null) return refused;
  let last: ControlStatus['lastTest'];
  await until(talk, outputMaxMs, async () => {
    last = (await statusOf(talk)).lastTest;
    return last !== undefined && last.id !== before;
  });
  if (last === undefined || last.id === before) return late();
  const outcome = last.outcomes[id] ?? 'skipped';
  const { zh, en } = outcomeWords[outcome];
  const result: TestResult = {
    ok: outcome === 'proven',
    words: { zh: `${id}：${zh}`, en: `${id}: ${en}` },
    detail: { id, proven: outcome === 'proven', outcome, reason: last.reason },
  };
  talk.tell(result.words);
  // Broken off by a fire: whoever stands there has other things to do.
  return last.reason === 'done' ? withPerson(kind, id, result, talk) : result;
}

async function testLamps(talk: TestTalk): Promise<TestResult> {
  const refused = await order({ ask: 'lamp-test' }, talk);
  if (refused !== null) return refused;
  talk.tell({ zh: '依次：常亮、闪烁、熄灭，各 2 秒', en: 'in turn: lit, flashing, dark, 2 s each' });
  await pause(talk.clock, 3 * lampTestStepMs);
  const shown = talk.config.outputs.filter(({ shows }) => shows !== undefined).map(({ id }) => id);
  const words = { zh: `已试：${shown.join('、')}`, en: `tried: ${shown.join(', ')}` };
  const [first] = shown;
  const result = { ok: true, words, detail: { lamps: shown } };
  return first === undefined ? result : withPerson('lamp', first, result, talk);
}

const usualText = '喇叭测试。这不是报警。';

async function testSpeaker(
  id: string,
  { text, message }: { readonly text: string | null; readonly message: string | null },
  talk: TestTalk,
): Promise<TestResult> {
  const speaker = talk.config.speakers.find((each) => each.id === id);
  const isReader = speaker?.player.kind === 'chip' && ['syn6288', 'xfs5152'].includes(speaker.player.chip);
  if (!isReader && message === null) {
    const known = talk.config.messages.map((each) => each.id).join(', ');
    const words = {
      zh: `${id} 不能朗读文字：写 --message，有：${known}`,
      en: `${id} can not speak texts: give --message; there are: ${known}`,
    };
    return { ok: false, words, detail: { id, reason: 'bad-text' } };
  }
  const what = message === null ? { message, text: text ?? usualText } : { message, text: null };
  const began = talk.clock.mono();
  const refused = await order({ ask: 'broadcast', ...what, speakers: [id], evacuation: false, times: 1 }, talk);
  if (refused !== null) return refused;
  const origin = `cli:${talk.user}`;
  let hasBegun = false;
  const isOver = await until(talk, speakMaxMs, async () => {
    const { saying } = await statusOf(talk);
    const isSaying = saying.some((each) => each.origin === origin);
    if (isSaying) hasBegun = true;
    return hasBegun && !isSaying;
  });
  const took = Math.round((talk.clock.mono() - began) / 100) / 10;
  const words = isOver
    ? { zh: `${id} 说完了（${took} s）`, en: `${id} has said it (${took} s)` }
    : { zh: `${id} 没有说，见 gengfu status`, en: `${id} has not said it, see gengfu status` };
  talk.tell(words);
  const result = { ok: isOver, words, detail: { id, said: isOver, took_s: took } };
  return isOver ? withPerson('speaker', id, result, talk) : result;
}

async function testUplink(id: string, talk: TestTalk): Promise<TestResult> {
  const config = talk.config.uplinks.find((each) => each.id === id);
  const began = talk.clock.mono();
  const before = (await centreOf(id, talk))?.test?.entry;
  const refused = await order({ ask: 'uplink-test', uplink: id }, talk);
  if (refused !== null) return refused;
  talk.tell({ zh: '待传', en: 'queued' });
  const since = (): number => Math.round((talk.clock.mono() - began) / 100) / 10;
  let error: Words | null = null;
  const seen = async (): Promise<UplinkTestState['is']> => {
    const centre = await centreOf(id, talk);
    error = centre?.error ?? null;
    const test = centre?.test ?? null;
    return test === null || test.entry === before ? 'queued' : test.is;
  };
  const state = { is: 'queued' as UplinkTestState['is'] };
  await until(talk, carryMaxMs(config), async () => {
    state.is = await seen();
    return state.is !== 'queued';
  });
  const centre = state.is === 'no-word' ? await centreOf(id, talk) : null;
  if (centre !== null) {
    return { ...noWordTest(centre), detail: { id, carried_s: null, kept_s: null, reason: 'no-word' } };
  }
  if (state.is === 'not-told') {
    const words = {
      zh: `站点文件的 tell 不让 ${id} 得知这类记录，没有可传的`,
      en: `by its tell in the site file ${id} is told nothing of the kind: there is nothing to carry`,
    };
    return { ok: false, words, detail: { id, carried_s: null, kept_s: null, reason: 'not-told' } };
  }
  if (state.is === 'queued') {
    const { zh, en } = error ?? { zh: '还有更早的记录在传', en: 'older entries are still on their way' };
    return {
      ok: false,
      words: { zh: `没有传到：${zh}`, en: `not carried: ${en}` },
      detail: { id, carried_s: null, kept_s: null },
    };
  }
  const carried = since();
  talk.tell({ zh: `已传，${carried} s`, en: `carried after ${carried} s` });
  if (config === undefined || config.receipts === 'none') {
    const words = config === undefined ? { zh: id, en: id } : carriedWords(config, carried);
    return { ok: true, words, detail: { id, carried_s: carried, kept_s: null } };
  }
  const isKept = await until(talk, receiptMaxMs, async () => (await seen()) === 'kept');
  const kept = since();
  const words = isKept
    ? {
        zh: `${id}：${carried} s 传到，${kept} s 收到已存的回执`,
        en: `${id}: carried after ${carried} s, kept after ${kept} s`,
      }
    : { zh: `${id}：${carried} s 传到，没有收到回执`, en: `${id}: carried after ${carried} s, no receipt came` };
  return { ok: isKept, words, detail: { id, carried_s: carried, kept_s: isKept ? kept : null } };
}

/** What the relay says and what a person hears are two things: both are told, and the person's word is journaled by his name. */
async function withPerson(
  what: 'siren' | 'speaker' | 'lamp',
  id: string,
  result: TestResult,
  talk: TestTalk,
): Promise<TestResult> {
  const question =
    what === 'lamp' ? { zh: '看到了吗', en: 'did you see it' } : { zh: '听到了吗', en: 'did you hear it' };
  const isGood = (await talk.confirm?.(question)) ?? null;
  if (isGood === null) return result;
  await order({ ask: 'test-note', what, id, isGood }, talk);
  const heard = isGood
    ? { zh: '有人证实', en: 'a person confirms it' }
    : {
        zh: '人没有听到或看到：检查喇叭、电源和音量',
        en: 'nobody heard or saw it: check the sounder, its supply and volume',
      };
  const words = { zh: `${result.words.zh}；${heard.zh}`, en: `${result.words.en}; ${heard.en}` };
  return { ok: result.ok && isGood, words, detail: { ...result.detail, person: isGood } };
}

/** Null: it was taken. */
async function order(ask: ExerciseAsk, talk: TestTalk): Promise<TestResult | null> {
  const answer = (await talk.ask({ ...ask, user: talk.user })) as OrderAnswer | { readonly error: string };
  if ('error' in answer) throw new Error(answer.error);
  if (answer.accepted) return null;
  const { why, reason, known = [] } = answer;
  const [zh, en] = known.length === 0 ? ['', ''] : [`。有：${known.join('、')}`, `. There are: ${known.join(', ')}`];
  return { ok: false, words: { zh: `被拒绝：${why.zh}${zh}`, en: `refused: ${why.en}${en}` }, detail: { reason } };
}

async function statusOf(talk: TestTalk): Promise<ControlStatus> {
  return (await talk.ask({ ask: 'status' })) as ControlStatus;
}

async function centreOf(id: string, talk: TestTalk): Promise<DoctorFacts['uplinks'][number] | null> {
  const { uplinks } = (await talk.ask({ ask: 'doctor' })) as DoctorFacts;
  return uplinks.find((each) => each.id === id) ?? null;
}

function late(): TestResult {
  const words = { zh: '网关没有说试完', en: 'the gateway does not say that it is over' };
  return { ok: false, words, detail: { reason: 'late' } };
}

async function until({ clock }: TestTalk, maxMs: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const untilMono = clock.mono() + maxMs;
  for (;;) {
    if (await isSo()) return true;
    if (clock.mono() >= untilMono) return false;
    await pause(clock, lookMs);
  }
}
