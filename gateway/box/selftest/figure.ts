/** One figure of a self-test: what it may be, what it was where this was developed, what it is here. Its JSON is a contract of `gengfu selftest --json`. */
import type { Words } from '../../../config/vocabulary.js';

/** `over`: more than promised; `not-measured`: why stands in `note`. */
export type FigureVerdict = 'ok' | 'over' | 'no-budget' | 'not-measured';

export interface Figure {
  readonly id: string;
  readonly what: Words;
  readonly unit: 'ms' | 'MB' | '°C' | '%' | '';
  readonly value: number | null;
  /** The most that is promised; null: nothing is. */
  readonly budget: number | null;
  /** On the development computer (x86-64, two cores, an SSD, simulated wires); null: nothing like it was there. */
  readonly developed: number | null;
  readonly verdict: FigureVerdict;
  readonly note: Words | null;
}

export interface FigureParts {
  readonly budget?: number;
  readonly developed?: number;
  readonly note?: Words;
}

/** `value` null: not measured, for the reason that `note` gives. */
export function figure(
  id: string,
  what: Words,
  unit: Figure['unit'],
  value: number | null,
  { budget, developed, note }: FigureParts = {},
): Figure {
  const rounded = value === null ? null : Math.round(value * 100) / 100;
  const verdict =
    rounded === null ? 'not-measured' : budget === undefined ? 'no-budget' : rounded > budget ? 'over' : 'ok';
  return {
    id,
    what,
    unit,
    value: rounded,
    budget: budget ?? null,
    developed: developed ?? null,
    verdict,
    note: note ?? null,
  };
}

/** Of some values the one that so many in a hundred do not exceed; null: there are none. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? null;
}

const verdictWords: Readonly<Record<FigureVerdict, Words>> = {
  ok: { zh: '好', en: 'ok' },
  over: { zh: '超出', en: 'over' },
  'no-budget': { zh: '–', en: '–' },
  'not-measured': { zh: '未测', en: 'not measured' },
};

export function describeFigure(
  { what, unit, value, budget, developed, verdict, note }: Figure,
  lang: 'zh' | 'en',
): string {
  const zh = lang === 'zh';
  const shown = (number: number): string => (unit === '' ? String(number) : `${number} ${unit}`);
  const most = budget === null ? '' : zh ? `，应 ≤ ${shown(budget)}` : `, budget ≤ ${shown(budget)}`;
  const before =
    developed === null ? '' : zh ? `，开发机 ${shown(developed)}` : `, where it was developed ${shown(developed)}`;
  const is = value === null ? '–' : shown(value);
  const head = `[${verdictWords[verdict][lang]}] ${what[lang]}${zh ? '：' : ': '}${is}${most}${before}`;
  return note === null ? head : `${head}\n      ${note[lang]}`;
}
