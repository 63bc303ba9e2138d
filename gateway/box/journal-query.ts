/** What somebody typed behind `gengfu journal` → what is looked for. Pure. */
import { localDayOf, midnightOf } from '../../config/local-day.js';
import { type AlarmClass, alarmClasses, type EntryKind, entryKinds, type Words } from '../../config/vocabulary.js';
import { anyEntry, type EntryFilter, valuesMax } from '../../sync/journal/reader/reading.js';
import { readMoment } from '../../sync/read-moment.js';

const dayMs = 86_400_000;
const textMaxChars = 100;

export interface JournalOptions {
  readonly since?: string;
  readonly until?: string;
  readonly class?: readonly string[];
  readonly kind?: readonly string[];
  readonly zone?: readonly string[];
  readonly device?: readonly string[];
  readonly alarm?: string;
  readonly text?: string;
}

export type JournalQuery =
  | { readonly ok: true; readonly filter: EntryFilter }
  | { readonly ok: false; readonly why: Words };

export function journalQuery(options: JournalOptions, nowWall: number): JournalQuery {
  const { since, until, kind = [], zone = [], device = [], alarm = null, text = null } = options;
  const fromWall = since === undefined ? null : wallOf(since, nowWall, 'begin');
  const toWall = until === undefined ? null : wallOf(until, nowWall, 'end');
  for (const [name, given, wall] of [['--since', since, fromWall] as const, ['--until', until, toWall] as const]) {
    if (given !== undefined && wall === null) {
      const zh = `${name} 应为 2h、3d、2026-11-30、"2026-11-30 08:00" 或 2026-11-30T00:00:00Z`;
      return refused(zh, `${name}: expected 2h, 3d, 2026-11-30, "2026-11-30 08:00" or 2026-11-30T00:00:00Z`);
    }
  }
  const kinds = kindsOf(kind);
  if (typeof kinds === 'string') {
    return refused(
      `没有种类 ${kinds}；有：${entryKinds.join(' ')}`,
      `there is no kind ${kinds}; there are: ${entryKinds.join(' ')}`,
    );
  }
  const long = [zone, device, kinds].some((list) => list.length > valuesMax);
  if (long || (text?.length ?? 0) > textMaxChars)
    return refused('条件太多或文字太长', 'too many values, or too long a text');
  const classes = (options.class ?? []).filter((each): each is AlarmClass =>
    (alarmClasses as readonly string[]).includes(each),
  );
  const sought = text === null || text.trim() === '' ? null : text.trim();
  return {
    ok: true,
    filter: { ...anyEntry, fromWall, toWall, classes, kinds, zones: zone, devices: device, alarm, text: sought },
  };
}

function refused(zh: string, en: string): JournalQuery {
  return { ok: false, why: { zh, en } };
}

/** `alarm` means all kinds of alarms; the name of an unknown one comes back. */
function kindsOf(given: readonly string[]): readonly EntryKind[] | string {
  const found: EntryKind[] = [];
  for (const name of given) {
    const own = entryKinds.filter((kind) => kind === name || kind.startsWith(`${name}.`));
    if (own.length === 0) return name;
    found.push(...own);
  }
  return [...new Set(found)];
}

/** Ago, a local day, a local moment, or RFC 3339 in UTC; null: none of them. The end of a day is included. */
export function wallOf(text: string, nowWall: number, side: 'begin' | 'end'): number | null {
  const [, count, unit] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  if (count !== undefined)
    return nowWall - Number(count) * ({ s: 1000, m: 60_000, h: 3_600_000, d: dayMs }[unit ?? ''] ?? 0);
  const utc = readMoment(text);
  if (utc !== null) return utc;
  const [, date = '', hour, minute = '', second] =
    /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  const day = localDayOf(date);
  if (day === null) return null;
  if (hour === undefined) return midnightOf(day) + (side === 'end' ? dayMs - 1 : 0);
  const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  return h > 23 || m > 59 || s > 59 ? null : midnightOf(day) + ((h * 60 + m) * 60 + s) * 1000;
}
