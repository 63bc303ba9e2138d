/** What a search found, for people. Pure. */

import { columnsOf } from '../../papers/columns.js';
import { formatText } from '../../survey/search-plan.js';
import type { Survey, SurveyLine, SurveyUnit } from '../../survey/survey.js';
import type { Lang } from '../teller.js';
import { timeText } from './find-progress.js';

const heads = {
  zh: ['地址', '通信格式', '应答', '可能是', '依据'],
  en: ['address', 'speaks', 'answers in', 'may be', 'because'],
} as const;

/** Without the last line end. `names` tells what people call a profile. */
export function describeSurvey(survey: Survey, lang: Lang, nameOf: (profile: string) => string): string {
  const lines = survey.lines.map((line) => describeLine(line, lang, nameOf));
  return [...lines, summary(survey, lang)].join('\n\n');
}

function describeLine(line: SurveyLine, lang: Lang, nameOf: (profile: string) => string): string {
  const { at, adapter, units, troubles } = line;
  const where = at.kind === 'serial' ? at.path : `${at.transport} ${at.host}:${at.port}`;
  const title = adapter === null ? where : `${where}  ${adapter}`;
  const nothing = line.state === undefined ? [lang === 'zh' ? '  没有设备应答' : '  no unit answers'] : [];
  const rows =
    units.length === 0 ? nothing : table([heads[lang], ...units.flatMap((unit) => rowsOf(unit, lang, nameOf))]);
  const odd = [...units.flatMap(({ trouble }) => trouble ?? []), ...troubles].map((words) => `  ! ${words[lang]}`);
  return [title, ...rows, ...odd].join('\n');
}

function rowsOf(unit: SurveyUnit, lang: Lang, nameOf: (profile: string) => string): readonly (readonly string[])[] {
  const format = unit.format === null ? '–' : formatText(unit.format);
  const head = [String(unit.address), format, unit.answerMs === 0 ? '–' : `${unit.answerMs} ms`];
  const zh = lang === 'zh';
  if (unit.candidates.length === 0) {
    const unknown = unit.trouble === null ? (zh ? '不认识' : 'unknown') : '?';
    return [[...head, unknown, '']];
  }
  return unit.candidates.map(({ profile, strength, because }, index) => {
    const sure = strength === 'strong' ? '' : zh ? '（待确认）' : ' (to be confirmed)';
    const cells = index === 0 ? head : ['', '', ''];
    return [...cells, `${profile} ${nameOf(profile)}${sure}`, because[lang]];
  });
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)))).join('  ')}`.trimEnd(),
  );
}

function summary({ lines, tookMs, isWhole }: Survey, lang: Lang): string {
  const units = lines.reduce((sum, line) => sum + line.units.length, 0);
  const took = timeText(tookMs, lang);
  const isAsked = lines.some(({ state }) => state === undefined);
  if (lang === 'zh') {
    const part = isWhole || !isAsked ? '' : '（没有查完）';
    return `找到 ${units} 台设备${part}，用时 ${took}。`;
  }
  const part = isWhole || !isAsked ? '' : ' (not all was asked)';
  return `${units} unit${units === 1 ? '' : 's'} found${part} in ${took}.`;
}
