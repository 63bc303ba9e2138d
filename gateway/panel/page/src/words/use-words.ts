/** The words in the language that is switched on, and times and ages as people say them. */

import { site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { settings } from '../settings/settings.js';
import { agoParts } from './ages.js';
import { type Language, type Values, type WordKey, wordOf } from './words.js';

export interface Spoken {
  readonly language: Language;
  t(key: WordKey, values?: Values): string;
  /** What the gateway has said. */
  say(words: { readonly zh: string; readonly en: string } | null | undefined): string;
  /** Of the site's zone: `14:03:20`. */
  time(wall: number): string;
  /** `11-30 14:03`, with the year when it is another one. */
  day(wall: number): string;
  /** `2026-11-30 14:03`. */
  date(wall: number): string;
  /** `3 分 20 秒`. */
  age(ms: number): string;
}

/** False: this browser does not know the zone, and shows times of its own. */
export function isKnownZone(zone: string): boolean {
  return zoneOf(zone) !== undefined;
}

function zoneOf(zone: string | null): string | undefined {
  if (zone === null) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

export function useWords(): Spoken {
  const language = useStore(settings, (now) => now.language);
  const zone = useStore(site, (now) => now?.timeZone ?? null);
  return spokenIn(language, zone);
}

/** Formatters are dear to make: one per use, language and zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();
/** Two languages, three uses, and the zones of the sites that ran while the page was open. */
const formattersMax = 32;

function formatter(language: Language, zone: string | null, use: 'time' | 'day' | 'date'): Intl.DateTimeFormat {
  const key = `${language} ${zone ?? ''} ${use}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  if (formatters.size >= formattersMax) formatters.clear();
  // A name from elsewhere must stop neither the drawing nor the sound.
  const ownZone = zoneOf(zone);
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    ...clock,
    ...(use === 'time' ? { second: '2-digit' } : { month: '2-digit', day: '2-digit' }),
    ...(use === 'date' ? { year: 'numeric' } : {}),
    ...(ownZone === undefined ? {} : { timeZone: ownZone }),
  });
  formatters.set(key, made);
  return made;
}

export function spokenIn(language: Language, zone: string | null): Spoken {
  const t = (key: WordKey, values: Values = {}): string => wordOf(language, key, values);
  return {
    language,
    t,
    say: (words) => (words == null ? '' : language === 'en' ? words.en : words.zh),
    time: (wall) => formatter(language, zone, 'time').format(wall),
    day: (wall) => formatter(language, zone, 'day').format(wall),
    date: (wall) => formatter(language, zone, 'date').format(wall),
    age(ms) {
      const { unit, large, small } = agoParts(ms);
      return t(`age.${unit}`, { large, small });
    },
  };
}
