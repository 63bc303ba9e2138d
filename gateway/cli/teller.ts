/** Tells in plain words what the gateway sees and does. */
import type { EntryId } from '../../config/ids.js';
import { classWords, type EntryKind, type Words } from '../../config/vocabulary.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Observation } from '../observation.js';

export type Lang = 'zh' | 'en';

/** ANSI colours by class, only where a terminal is. */
const colours: Readonly<Record<string, string>> = {
  fire: '\u001b[1;41;97m',
  warning: '\u001b[1;33m',
  supervisory: '\u001b[36m',
  fault: '\u001b[33m',
  technical: '\u001b[90m',
};
const plain = '\u001b[0m';

/** Fire reports whose carrying is still to be told; older ones are forgotten. */
const reportedMax = 1000;

export class Teller {
  readonly #reported = new Map<EntryId, Entry>();

  constructor(
    private readonly lang: Lang,
    private readonly isColoured: boolean,
    private readonly wall: () => number,
  ) {}

  /** The line for an observation, or null when people need not hear of it. */
  tell(seen: Observation): string | null {
    const text = this.#text(seen);
    return text === null ? null : `${describeClock(this.wall())}  ${text}`;
  }

  #text(seen: Observation): string | null {
    const zh = this.lang === 'zh';
    switch (seen.kind) {
      case 'entry':
        this.#remember(seen.entry);
        return this.#entry(seen.entry);
      case 'report.carried': {
        const entry = this.#reported.get(seen.entryId);
        if (entry?.class !== 'fire' || entry.kind !== 'alarm.raised' || seen.tookMs === null) return null;
        const took = seen.tookMs.toFixed(0);
        return zh
          ? `   ↑ 平台已收到（${entry.words.zh}），${took} 毫秒${seen.durable ? '' : '，尚未写盘'}`
          : `   ↑ the district has it (${entry.words.en}), ${took} ms${seen.durable ? '' : ', not on disk yet'}`;
      }
      case 'uplink.up':
        return zh ? `   ↑ 上传通道 ${seen.uplink} 已连接` : `   ↑ uplink ${seen.uplink} is up`;
      case 'alarm.standing':
        return `${zh ? '启动前的' : 'from before the start: '}${classWords[seen.class][this.lang]}${zh ? '：' : ': '}${seen.name[this.lang]}`;
      case 'site.file': {
        const sum = seen.sha256.slice(0, 12);
        if (seen.isInstalled) return zh ? `站点文件：${seen.file}（${sum}）` : `site file: ${seen.file} (${sum})`;
        return zh
          ? `站点文件：数据目录中启用的 ${sum}（安装文件 ${seen.file} 改动后将改用安装文件）`
          : `site file: ${sum}, applied and kept in the data folder (until ${seen.file} is changed)`;
      }
      case 'site.scanned': {
        const took = seen.tookMs.toFixed(0);
        if (seen.silent === 0) {
          return zh
            ? `全部线路已巡检一遍，用时 ${took} 毫秒，开始守望`
            : `every line was scanned once in ${took} ms; watching`;
        }
        if (seen.silent >= seen.asked) {
          return zh ? '没有一台应答，现在没有探测器在守望' : 'nothing answered: no detector is watching now';
        }
        return zh
          ? `已询问一遍，${seen.asked} 台中 ${seen.silent} 台无应答，其余正在守望`
          : `asked once: ${seen.silent} of ${seen.asked} did not answer; watching the others`;
      }
      default:
        return null;
    }
  }

  #entry(entry: Entry): string {
    const { words, detail } = entry;
    const took =
      typeof detail['took_ms'] === 'number'
        ? this.lang === 'zh'
          ? `，${detail['took_ms']} 毫秒`
          : `, ${detail['took_ms']} ms`
        : '';
    const by = entry.origin === null ? '' : this.lang === 'zh' ? `（${entry.origin}）` : ` (${entry.origin})`;
    const text = `${(callWords[entry.kind] ?? words)[this.lang]}${took}${by}`;
    const colour = entry.kind === 'alarm.raised' && entry.class !== null ? colours[entry.class] : undefined;
    return this.isColoured && colour !== undefined ? `${colour}${text}${plain}` : text;
  }

  #remember(entry: Entry): void {
    if (entry.class === 'fire' && entry.kind === 'alarm.raised') this.#reported.set(entry.id, entry);
    const [oldest] = this.#reported.keys();
    if (this.#reported.size > reportedMax && oldest !== undefined) this.#reported.delete(oldest);
  }
}

/** `14:02:31` in local time. */
function describeClock(wallMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(wallMs);
}

/** The same observation for machines: one JSON line; `ms` = monotonic ms of this process. */
export function jsonLine(seen: Observation, mono: number): string {
  return JSON.stringify({ ms: Math.round(mono * 10) / 10, ...withoutNames(seen) });
}

/** Of a call only that there was one: where and what is as somebody typed it, with names and numbers. */
const callWords: Readonly<Partial<Record<EntryKind, Words>>> = {
  'call.reported': { zh: '登记了电话报警', en: 'a call was reported' },
  'call.closed': { zh: '电话报警已结束', en: 'a call was closed' },
};

/** In details of these people stand by name, or write about others. */
const namingKinds: ReadonlySet<EntryKind> = new Set([
  ...(['drill.noted', 'shift.taken', 'incident.noted', 'incident.arrived', 'call.reported', 'call.closed'] as const),
  'commissioning.noted',
]);

/** What goes to standard output ends in logs (design.md §6). */
function withoutNames(seen: Observation): Observation {
  if (seen.kind !== 'entry' || !namingKinds.has(seen.entry.kind)) return seen;
  const {
    note: _,
    who: _who,
    person: _person,
    before: _before,
    place: _place,
    what: _what,
    name: _name,
    organisation: _organisation,
    tester: _tester,
    reason: _reason,
    // Of a handover: calls among them, as they were typed.
    open: _open,
    ...detail
  } = seen.entry.detail;
  const words = callWords[seen.entry.kind] ?? seen.entry.words;
  return { ...seen, entry: { ...seen.entry, words, detail } };
}
