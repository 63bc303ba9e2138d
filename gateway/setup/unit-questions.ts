/** Questions about what was found: where lines run, which model a unit is, what stands on its label. */
import { fits, type OptionValue, optionRange } from '../../config/device-options.js';
import { toldIn } from '../../config/problem.js';
import { isModbus } from '../../config/profile-kind.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { Survey, SurveyUnit } from '../survey/survey.js';
import type { Answers, LineAnswer, UnitAnswer } from './answers-schema.js';
import type { Given, Question } from './interview.js';
import { lineAtText } from './line-names.js';
import { findLine, type NamedLine, nameLines } from './plan-lines.js';
import { unassignedZone } from './plan-response.js';
import { zonesIn, zoneWords } from './site-questions.js';
import { type Candidate, type Profiles, weighUnit } from './weigh-unit.js';

/** Addresses that a question names. */
const namedMax = 12;
/** Left out, and written as a comment. */
const none = 'none';

export interface UnitFacts {
  readonly answers: Answers;
  readonly survey: Survey;
  readonly profiles: Profiles;
}

interface Asked {
  readonly line: NamedLine;
  readonly unit: SurveyUnit;
  readonly answer: UnitAnswer | null;
  /** For a person to choose from; empty: nothing to choose. */
  readonly candidates: readonly Candidate[];
  readonly taken: ModbusProfile | null;
}

function unitsOf({ answers, survey, profiles }: UnitFacts): readonly Asked[] {
  const lines = nameLines(survey.lines, answers.lines ?? []);
  return lines.flatMap((line) =>
    line.found.units.map((unit): Asked => {
      const answer = answerFor(answers, line, unit, lines);
      const named = answer?.profile === undefined ? undefined : profiles.get(answer.profile);
      const said = named !== undefined && isModbus(named) ? named : null;
      const weighed = weighUnit(unit, line.found.at, { said, models: answers.models ?? [], profiles });
      const isLeftOut = answer?.leave_out === true || unit.trouble !== null;
      return {
        ...{ line, unit, answer },
        candidates: weighed.kind === 'ask' && !isLeftOut ? weighed.candidates : [],
        taken: weighed.kind === 'taken' && !isLeftOut ? weighed.candidate.profile : null,
      };
    }),
  );
}

function answerFor(
  answers: Answers,
  line: NamedLine,
  unit: SurveyUnit,
  lines: readonly NamedLine[],
): UnitAnswer | null {
  const found = (answers.units ?? []).find(
    ({ at, address, baud }) =>
      address === unit.address && findLine(at, lines) === line && (baud === undefined || baud === unit.format?.baud),
  );
  return found ?? null;
}

export function* unitQuestions(facts: UnitFacts, given: Given): Generator<Question> {
  yield* zoneQuestions(facts, given);
  const units = unitsOf(facts);
  for (const [key, members] of grouped(units)) yield choiceQuestion(key, members);
  for (const asked of units) {
    const profile = profileIn(asked, given);
    if (profile !== null) yield* optionQuestions(asked, profile);
  }
}

function* zoneQuestions({ answers, survey }: UnitFacts, given: Given): Generator<Question> {
  const zones = zonesIn(answers, given);
  if (zones.length < 2) return;
  const places = [...zones, unassignedZone];
  for (const { id, found, answer, units } of nameLines(survey.lines, answers.lines ?? [])) {
    if (answer?.zone !== undefined) continue;
    yield {
      key: `zone:${id}`,
      text: {
        zh: `线路 ${id}（${lineAtText(found.at)}，${units.length} 台）大多在哪个防区？`,
        en: `In which zone are most units of line ${id} (${lineAtText(found.at)}, ${units.length} units)?`,
      },
      why: {
        zh: '着火时按防区报警；个别不同的以后在文件里改，或用位置表',
        en: 'a fire is told by its zone; single units that are elsewhere are changed in the file later, or by the table of places',
      },
      usual: zones[0]?.id ?? '',
      choices: places.map((zone) => ({ value: zone.id, words: zoneWords(zone) })),
      check: (text) =>
        places.some((zone) => zone.id === text)
          ? null
          : { zh: `选 1 到 ${places.length}`, en: `choose 1 to ${places.length}` },
    };
  }
}

/** Units with the same candidates are asked about together. */
function grouped(units: readonly Asked[]): ReadonlyMap<string, readonly Asked[]> {
  const groups = new Map<string, Asked[]>();
  for (const asked of units) {
    if (asked.candidates.length === 0) continue;
    const key = groupKey(asked);
    groups.set(key, [...(groups.get(key) ?? []), asked]);
  }
  return groups;
}

function groupKey({ candidates }: Asked): string {
  return `model:${candidates.map(({ profile }) => profile.id).join('+')}`;
}

function choiceQuestion(key: string, members: readonly Asked[]): Question {
  const [first] = members;
  const candidates = first?.candidates ?? [];
  const named = members
    .slice(0, namedMax)
    .map(({ line, unit }) => `${line.id}:${unit.address}`)
    .join(' ');
  const more = members.length > namedMax ? ' …' : '';
  const choices = candidates.map(({ profile, because }) => ({
    value: profile.id,
    words: modelWords(profile, because),
  }));
  const noneOfThem = {
    value: none,
    words: { zh: '都不是，先写成注释', en: 'none of them: written as a comment for now' },
  };
  const all = [...choices, noneOfThem];
  return {
    key,
    text: {
      zh: `${members.length} 台设备认不准：${named}${more}。它们是？`,
      en: `${members.length} units are not identified for sure: ${named}${more}. Which model are they?`,
    },
    why: {
      zh: '许多型号的应答很像，只有铭牌说得准；型号写错会读错数值',
      en: 'many models answer alike and only the label is sure; with the wrong profile numbers are read wrongly',
    },
    usual: candidates[0]?.profile.id ?? none,
    choices: all,
    check: (text) =>
      all.some(({ value }) => value === text) ? null : { zh: `选 1 到 ${all.length}`, en: `choose 1 to ${all.length}` },
  };
}

function modelWords({ id, names, models, status }: ModbusProfile, because: Words | null): Words {
  const label = models.length === 0 ? '' : ` ${models.slice(0, 3).join(', ')}`;
  const isDraft = status === 'draft';
  return {
    zh: `${id} ${names.zh}${label}${because === null ? '' : `（${because.zh}）`}${isDraft ? '；型号文件是草稿，选它就是同意先用，装好后按测试按钮' : ''}`,
    en: `${id} ${names.en}${label}${because === null ? '' : ` (${because.en})`}${isDraft ? '; its profile is a draft: to choose it is to accept that, press the test button once' : ''}`,
  };
}

/** What the unit is, by the search or by the choice; null: it will be a comment. */
function profileIn(asked: Asked, given: Given): ModbusProfile | null {
  if (asked.candidates.length === 0) return asked.taken;
  const chosen = given.get(groupKey(asked));
  return asked.candidates.find(({ profile }) => profile.id === chosen)?.profile ?? null;
}

function optionKey({ line, unit }: Asked, option: string): string {
  return `option:${line.id}:${unit.address}:${unit.format?.baud ?? ''}:${option}`;
}

type OptionOf = ModbusProfile['options'][number];

function* optionQuestions(asked: Asked, profile: ModbusProfile): Generator<Question> {
  const { line, unit, answer } = asked;
  for (const option of profile.options) {
    if (option.default !== undefined || answer?.options?.[option.key] !== undefined) continue;
    const range = optionRange(option);
    yield {
      key: optionKey(asked, option.key),
      text: {
        zh: `${profile.names.zh}（${line.id}:${unit.address}）的${option.names.zh}？（${toldIn(range, 'zh')}；不知道就回车，先写成注释）`,
        en: `${profile.names.en} (${line.id}:${unit.address}): ${option.names.en}? (${toldIn(range, 'en')}; empty when it is not known: written as a comment)`,
      },
      why: {
        zh: '写在设备铭牌上，线上问不出来；写错了数值就是错的',
        en: 'it stands on the label and can not be asked on the wire; if it is wrong, so is every value',
      },
      usual: '',
      check: (text) => {
        if (text === '' || fits(option, optionValue(option, text))) return null;
        return { zh: `应为：${toldIn(range, 'zh')}`, en: `expected: ${toldIn(range, 'en')}` };
      },
    };
  }
}

function optionValue({ type, values = [] }: OptionOf, text: string): OptionValue {
  if (type === 'number') return /^-?[0-9]+(?:\.[0-9]+)?$/.test(text) ? Number(text) : text;
  if (type === 'flag') return text === 'true' ? true : text === 'false' ? false : text;
  return values.find((value) => value.toLowerCase() === text.toLowerCase()) ?? text;
}

/** What was said of units, joined to what the answers say of them. */
export function unitAnswersIn(facts: UnitFacts, given: Given): UnitAnswer[] {
  const units = unitsOf(facts);
  const own = facts.answers.units ?? [];
  const replaced = new Set<UnitAnswer>();
  const joined = units.flatMap((asked): UnitAnswer[] => {
    const { line, unit, answer, candidates } = asked;
    const profile = profileIn(asked, given);
    const options = profile === null ? {} : optionsIn(asked, profile, given);
    const isChosen = candidates.length > 0 && given.has(groupKey(asked));
    if (!isChosen && Object.keys(options).length === 0) return [];
    if (answer !== null) replaced.add(answer);
    const at = { at: lineAtText(line.found.at), address: unit.address };
    return [
      {
        ...at,
        ...(unit.format === null ? {} : { baud: unit.format.baud }),
        ...answer,
        // Of one it is only said that it is none of these: what it is stays open.
        ...(isChosen && profile !== null ? { profile: profile.id } : {}),
        ...(isChosen && profile === null ? { leave_out: true } : {}),
        options: { ...answer?.options, ...options },
      },
    ];
  });
  return [...joined, ...own.filter((each) => !replaced.has(each))];
}

function optionsIn(asked: Asked, profile: ModbusProfile, given: Given): Record<string, OptionValue> {
  const said = profile.options.flatMap((option): (readonly [string, OptionValue])[] => {
    const text = given.get(optionKey(asked, option.key)) ?? '';
    return text === '' ? [] : [[option.key, optionValue(option, text)]];
  });
  return Object.fromEntries(said);
}

/** What was said of lines, joined to what the answers say of them. */
export function lineAnswersIn({ answers, survey }: UnitFacts, given: Given): LineAnswer[] {
  const own = answers.lines ?? [];
  const named = nameLines(survey.lines, own);
  const asked = named.flatMap(({ id, found, answer }): LineAnswer[] => {
    const zone = given.get(`zone:${id}`);
    if (zone === undefined || zone === unassignedZone.id) return [];
    return [{ at: lineAtText(found.at), ...answer, zone }];
  });
  return [...asked, ...own.filter(({ at }) => !asked.some((line) => line.at === at))];
}
