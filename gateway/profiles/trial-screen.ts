/** What a person sees of a trial: every register beside what it means, what moved, and the verdict. Pure. */
import type { TrialBook, TrialPhase, TrialStand } from './trial-book.js';
import type { TrialFinding, TrialVerdict } from './trial-verdict.js';
import { addressText, hexText, valueWords } from './trial-words.js';

type Lang = 'zh' | 'en';

export const phaseWords: Readonly<Record<TrialPhase, { readonly zh: string; readonly en: string }>> = {
  quiet: { zh: '请先不要碰设备…', en: 'leave the device alone for a moment…' },
  pressed: {
    zh: '现在按测试按钮（或短接、断开触点），按住',
    en: 'press the test button now (or short, or open, the contact) and hold it',
  },
  released: { zh: '现在松开', en: 'let go now' },
};

const heads = {
  zh: ['', '测点', '寄存器', '原始值', '含义', '等级'],
  en: ['', 'point', 'register', 'raw', 'meaning', 'severity'],
} as const;

/** A row for each point. `*` moved since the press, `~` moved since the start. */
export function trialTable(book: TrialBook, lang: Lang): string {
  const rows = book.stands.map((row) => [
    markOf(row),
    row.point.key,
    registerOf(row),
    hexText(row),
    valueWords(row)[lang],
    row.severity ?? '',
  ]);
  const all = [heads[lang], ...rows];
  const widths = heads[lang].map((_, i) => Math.max(...all.map((row) => columnsOf(row[i] ?? ''))));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - columnsOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function markOf({ movedSincePress, movedSinceStart }: TrialStand): string {
  return movedSincePress ? '*' : movedSinceStart ? '~' : ' ';
}

function registerOf({ point }: TrialStand): string {
  const { table, address } = point.source;
  return `${table} ${addressText(address)}${point.docAddress === null ? '' : ` (${point.docAddress})`}`;
}

const findingMarks: Readonly<Record<TrialFinding['is'], { readonly zh: string; readonly en: string }>> = {
  good: { zh: '好', en: 'good' },
  look: { zh: '看', en: 'look' },
  wrong: { zh: '错', en: 'wrong' },
};

const outcomes: Readonly<Record<TrialVerdict['outcome'], { readonly zh: string; readonly en: string }>> = {
  good: { zh: '结论：型号文件与设备相符', en: 'verdict: the profile fits this unit' },
  look: { zh: '结论：能用，标“看”的几条请核对', en: 'verdict: it works; look at what is marked' },
  wrong: {
    zh: '结论：有错，按上面改好再试',
    en: 'verdict: something is wrong; correct it as told above and try again',
  },
  'no-answer': { zh: '结论：无应答', en: 'verdict: no answer' },
};

export function verdictText({ outcome, findings }: TrialVerdict, lang: Lang): string {
  return [
    ...findings.map(({ is, words }) => `[${findingMarks[is][lang]}] ${words[lang]}`),
    outcomes[outcome][lang],
  ].join('\n');
}

/** For machines. */
export function trialJson(book: TrialBook, verdict: TrialVerdict): unknown {
  const points = book.stands.map((row) => ({
    ...{ point: row.point.key, role: row.point.role, table: row.point.source.table, address: row.point.source.address },
    ...{ raw: row.words, value: row.value, unit: row.point.unit, reason: row.reason, severity: row.severity },
    ...{ movedSinceStart: row.movedSinceStart, movedSincePress: row.movedSincePress },
  }));
  const { rounds, answered, slowestMs } = book;
  return {
    ok: verdict.outcome === 'good' || verdict.outcome === 'look',
    ...verdict,
    rounds,
    answered,
    slowestMs,
    points,
  };
}

/** Columns of a terminal: a Chinese character takes two. */
function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, char) => sum + (/[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  );
}
