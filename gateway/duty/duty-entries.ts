/** What the journal, and in part the district, hears of the duty. Names of people stand in details of lane `local` only. Pure. */
import { brandId, type EntryId, type ZoneId } from '../../config/ids.js';
import type { EntryKind, Words } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { PanelState } from '../panel/api/state.js';
import { droppedWords, type Verdict, verdictWords } from './duty-words.js';
import type { KeptIncident } from './incident-list.js';
import type { OpenItem } from './open-items.js';

/** Items that the entry of a handover names; of the rest it has the number. A message has at most 16 kB. */
export const namedItemsMax = 40;

type Detail = Readonly<Record<string, JsonValue>>;

export function notedDraft(about: KeptIncident, note: string, origin: string): EntryDraft {
  return draftAbout('incident.noted', about, { zh: '事件记录', en: 'a note about the incident' }, origin, { note });
}

export function arrivedDraft(about: KeptIncident, who: string, origin: string): EntryDraft {
  return draftAbout('incident.arrived', about, { zh: '有人到场', en: 'somebody has arrived' }, origin, { who });
}

export function verdictDraft(about: KeptIncident, verdict: Verdict, origin: string): EntryDraft {
  const { zh, en } = verdictWords[verdict];
  const { name } = about.shown;
  const words = { zh: `查明：${name.zh}，${zh}`, en: `what it was: ${name.en}, ${en}` };
  return draftAbout('incident.verdict', about, words, origin, { verdict });
}

/** Of class fire, so that it travels with the fires; it raises nothing. */
export function callDraft(call: KeptIncident, what: string, origin: string): EntryDraft {
  const place = call.shown.place ?? '';
  const words = { zh: `电话报警：${place}，${what}`, en: `somebody phoned: ${place}, ${what}` };
  return draftAbout('call.reported', call, words, origin, { place, what });
}

export function callClosedDraft(call: KeptIncident, origin: string): EntryDraft {
  const place = call.shown.place ?? '';
  const words = { zh: `电话报警已结束：${place}`, en: `the call is closed: ${place}` };
  return draftAbout('call.closed', call, words, origin, { verdict: call.shown.verdict });
}

/** `person` signs by name, `origin` by the account. */
export function shiftDraft(
  { person, note }: { readonly person: string; readonly note: string | null },
  before: PanelState['shift'],
  items: readonly OpenItem[],
  origin: string,
): EntryDraft {
  const count = items.length;
  const words = {
    zh: count === 0 ? '交接班：没有未了事项' : `交接班：未了事项 ${count} 项`,
    en: count === 0 ? 'the shift is handed over: nothing is open' : `the shift is handed over: ${count} open items`,
  };
  const named = items.slice(0, namedItemsMax).map(({ is, subject, zh, en }) => ({ is, subject, zh, en }));
  return {
    ...{ kind: 'shift.taken', class: null, subject: 'gateway', alarm: null, zone: null, words, origin },
    detail: {
      ...{ person, note, open: named, more: count - named.length },
      ...{ before: before.person, before_since: before.sinceWall },
    },
  };
}

export function droppedDraft(count: number): EntryDraft {
  return {
    ...{ kind: 'incident.noted', class: null, subject: 'gateway', alarm: null, zone: null, origin: null },
    ...{ words: droppedWords(count), detail: { reason: 'full', dropped: count } },
  };
}

/** A call has no alarm that it could name: its own id stands in the detail. */
function draftAbout(
  kind: EntryKind,
  { shown, class: alarmClass, subject }: KeptIncident,
  words: Words,
  origin: string,
  detail: Detail,
): EntryDraft {
  const isCall = shown.kind === 'call';
  return {
    ...{ kind, class: alarmClass, subject, words, origin },
    alarm: isCall ? null : brandId<EntryId>(shown.id),
    zone: shown.zone === null ? null : brandId<ZoneId>(shown.zone),
    detail: isCall ? { call: shown.id, ...detail } : detail,
  };
}
