/** What somebody looks for in the history, as filled in, and as it is asked: pure. */
import type { HistoryQuery } from '../../../../api/history.js';
import type { AlarmRow } from '../../../../api/state.js';
import { kindsChosen } from './kind-groups.js';
import { wallOfLocal } from './site-time.js';

export type AlarmClass = AlarmRow['class'];
export const classes: readonly AlarmClass[] = ['fire', 'warning', 'supervisory', 'fault', 'technical'];

const dayMs = 86_400_000;
export const spans = ['all', 'day', 'week', 'month', 'chosen'] as const;
export type Span = (typeof spans)[number];
const lengthsMs = { day: dayMs, week: 7 * dayMs, month: 30 * dayMs } as const;

export interface HistoryForm {
  readonly span: Span;
  /** `2026-11-30T14:03`, in the site's zone; of `chosen`. */
  readonly from: string;
  readonly to: string;
  readonly classes: readonly AlarmClass[];
  /** Empty: any. */
  readonly zone: string;
  readonly device: string;
  /** A group of kinds of entries, or one kind. */
  readonly kind: string;
  readonly alarm: string;
  readonly text: string;
  /** Any words in the entries, one after the other; else names of places and devices, by index. */
  readonly isFree: boolean;
}

export const emptyForm: HistoryForm = {
  ...{ span: 'all', from: '', to: '', classes: [], zone: '', device: '', kind: '', alarm: '', text: '', isFree: false },
};

/** What the address says, by links of other screens or by `queryOf`: `#/history?device=smoke-1`. */
export function formOf(query: URLSearchParams): HistoryForm {
  const of = (name: string): string => query.get(name) ?? '';
  const asked = of('class').split(',');
  return {
    ...emptyForm,
    ...{ zone: of('zone'), device: of('device'), alarm: of('alarm'), text: of('text'), from: of('from'), to: of('to') },
    kind: kindsChosen(of('kind')).length === 0 ? '' : of('kind'),
    span: spans.find((each) => each === of('span')) ?? emptyForm.span,
    classes: classes.filter((each) => asked.includes(each)),
    isFree: of('free') !== '',
  };
}

/** So that a reload, the back key and a link come to the same rows. */
export function queryOf(form: HistoryForm): Readonly<Record<string, string>> {
  const { span, from, to, classes: chosen, zone, device, kind, alarm, text, isFree } = form;
  const times = span === 'chosen' ? { from, to } : {};
  const all = { span, ...times, class: chosen.join(','), zone, device, kind, alarm, text, free: isFree ? '1' : '' };
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value !== '' && !(name === 'span' && value === emptyForm.span)),
  );
}

export type Sought = Pick<HistoryQuery, 'filter' | 'text'>;

export function soughtBy(form: HistoryForm, nowWall: number, timeZone: string | null): Sought {
  const text = form.text.trim();
  return {
    filter: {
      ...spanOf(form, nowWall, timeZone),
      classes: [...form.classes],
      kinds: [...kindsChosen(form.kind)],
      zones: form.zone === '' ? [] : [form.zone],
      devices: form.device === '' ? [] : [form.device],
      alarm: form.alarm === '' ? null : form.alarm,
    },
    text: text === '' ? null : text,
  };
}

function spanOf({ span, from, to }: HistoryForm, nowWall: number, timeZone: string | null) {
  switch (span) {
    case 'all':
      return { fromWall: null, toWall: null };
    case 'chosen': {
      const end = wallOfLocal(to, timeZone);
      // The minute that was written is wanted whole.
      return { fromWall: wallOfLocal(from, timeZone), toWall: end === null ? null : end + 59_999 };
    }
    default:
      return { fromWall: nowWall - lengthsMs[span], toWall: null };
  }
}
