/** What the journal keeps of what was said: where, when, by whose order, and how it ended. */
import type { SpeakerId } from '../../config/ids.js';
import type { SpeakerConfig } from '../../config/sounding.js';
import type { EntryKind, Words } from '../../config/vocabulary.js';
import { driverErrors } from '../../drivers/driver-error.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { Announcement, Saying } from './announcement.js';
import type { Outcome } from './rendition.js';

/** An entry has room for so many different sayings, and for so much of each text. */
const sayingsMax = 8;
const textMaxChars = 200;

export type Ending = 'said' | 'cut-off' | 'failed' | 'left-out';

/** Why something was never said. */
export type LeftOut =
  | 'no-speaker'
  | 'fire'
  | 'drill'
  | 'clock-untrusted'
  | 'quiet-hours'
  | 'said-lately'
  | 'late'
  | 'too-many'
  | 'withdrawn'
  | 'stopped';

const leftOutWords: Readonly<Record<LeftOut, Words>> = {
  'no-speaker': { zh: '没有可用的喇叭', en: 'there is no loudspeaker for it' },
  fire: { zh: '有火警', en: 'there is a fire' },
  drill: { zh: '正在演练', en: 'there is a drill' },
  'clock-untrusted': { zh: '时钟不可信', en: 'the clock can not be trusted' },
  'quiet-hours': { zh: '静音时段', en: 'quiet hours' },
  'said-lately': { zh: '刚播过', en: 'it was said lately' },
  late: { zh: '已过时', en: 'it is too late for it' },
  'too-many': { zh: '等待的播报太多', en: 'too many are waiting' },
  withdrawn: { zh: '已撤回', en: 'it was withdrawn' },
  stopped: { zh: '网关停止', en: 'the gateway stops' },
};

const endingWords: Readonly<Record<Ending, Words>> = {
  said: { zh: '播报完毕', en: 'was said' },
  'cut-off': { zh: '播报被中断', en: 'was cut off' },
  failed: { zh: '播报失败', en: 'could not be said' },
  'left-out': { zh: '未播报', en: 'was left out' },
};

/** Where an announcement is said, as its entries name it. */
export interface Where {
  readonly speakers: ReadonlySet<SpeakerId>;
  readonly configs: ReadonlyMap<SpeakerId, SpeakerConfig>;
}

export function begunDraft(announcement: Announcement, where: Where): EntryDraft {
  const names = [...where.speakers].map((id) => nameOf(id, where));
  const zh = names.map((name) => name.zh).join('、');
  const en = names.map((name) => name.en).join(', ');
  const words = { zh: `播报：${announcement.words.zh}（${zh}）`, en: `saying: ${announcement.words.en} (${en})` };
  return draft('voice.begun', announcement, words, described(announcement, where.speakers));
}

/** `turns`: of an alarm, how often it came to speak. */
export function endedDraft(
  announcement: Announcement,
  where: Where,
  how: Exclude<Ending, 'left-out'>,
  outcome: Pick<Outcome, 'spoken' | 'failed'>,
  turns: number | null = null,
): EntryDraft {
  const { spoken } = outcome;
  const isMicrophone = announcement.occasion === 'microphone';
  const { zh, en } = isMicrophone && how === 'said' ? microphoneOver : endingWords[how];
  const times = isMicrophone || spoken === 0 ? { zh: '', en: '' } : timesWords(spoken);
  const failed = [...outcome.failed].map(([speaker, code]) => ({ speaker, code }));
  const broken = failed.map(({ speaker, code }) => {
    const name = nameOf(speaker, where);
    const why = driverErrors[code];
    return { zh: `${name.zh}（${why.zh}）`, en: `${name.en} (${why.en})` };
  });
  const words = {
    zh: `${zh}：${announcement.words.zh}${times.zh}${broken.length === 0 ? '' : `，有故障：${broken.map((each) => each.zh).join('、')}`}`,
    en: `${announcement.words.en} ${en}${times.en}${broken.length === 0 ? '' : `; at fault: ${broken.map((each) => each.en).join(', ')}`}`,
  };
  const detail = { ...headOf(announcement, where.speakers), how, spoken, failed, ...(turns === null ? {} : { turns }) };
  return draft('voice.ended', announcement, words, detail);
}

/** Nobody knows whether a person at a microphone said anything. */
const microphoneOver: Words = { zh: '话筒已关闭', en: 'is over: the amplifiers are off' };

function timesWords(spoken: number): Words {
  return { zh: `，共 ${spoken} 遍`, en: spoken === 1 ? ', once' : `, ${spoken} times` };
}

function nameOf(id: SpeakerId, { configs }: Where): Words {
  return configs.get(id)?.name ?? { zh: id, en: id };
}

/** It was never begun. */
export function leftOutDraft(announcement: Announcement, why: LeftOut): EntryDraft {
  const reason = leftOutWords[why];
  const words = {
    zh: `${endingWords['left-out'].zh}：${announcement.words.zh}，${reason.zh}`,
    en: `${announcement.words.en} ${endingWords['left-out'].en}: ${reason.en}`,
  };
  const speakers = new Set(announcement.sayings.keys());
  const detail = { ...described(announcement, speakers), how: 'left-out', why, spoken: 0, failed: [] };
  return draft('voice.ended', announcement, words, detail);
}

function headOf({ id, occasion, rank }: Announcement, speakers: ReadonlySet<SpeakerId>): EntryDraft['detail'] {
  return { announcement: id, occasion, rank, speakers: [...speakers] };
}

function described(announcement: Announcement, speakers: ReadonlySet<SpeakerId>): EntryDraft['detail'] {
  const said = new Map<string, JsonValue>();
  for (const id of speakers) {
    for (const saying of announcement.sayings.get(id) ?? []) {
      if (said.size < sayingsMax) said.set(JSON.stringify(saying), shortened(saying));
    }
  }
  return { ...headOf(announcement, speakers), says: [...said.values()], times: announcement.times };
}

function shortened({ message, text, file, track }: Saying): JsonValue {
  return { message, text: text === null ? null : [...text].slice(0, textMaxChars).join(''), file, track };
}

function draft(kind: EntryKind, announcement: Announcement, words: Words, detail: EntryDraft['detail']): EntryDraft {
  const { alarm, zone, origin } = announcement;
  return { kind, class: null, subject: 'voice', alarm, zone, words, origin, detail };
}
