/** Every unit of the survey with what answers and tables say of it; what they say of no unit is a problem. Pure. */
import type { Problem } from '../../config/problem.js';
import { isModbus } from '../../config/profile-kind.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { SurveyUnit } from '../survey/survey.js';
import type { FoundUnit } from './found-unit.js';
import type { PlaceRow } from './places-table.js';
import { type DeviceRules, type PlannedUnit, planDevices } from './plan-devices.js';
import { findLine, type NamedLine } from './plan-lines.js';
import { answersPlace, type SetupFacts } from './setup-facts.js';
import { setupProblem } from './setup-problems.js';
import { canBe, type Profiles } from './weigh-unit.js';

/** Every unit of the survey with what the answers and the table of places say of it; what they say of no unit is a problem. */
export function matchUnits(
  facts: SetupFacts,
  rules: DeviceRules,
  lines: readonly NamedLine[],
  problems: Problem[],
): readonly FoundUnit[] {
  const { answers, profiles } = facts;
  const units = answers.units ?? [];
  const usedAnswers = new Set<number>();
  const usedPlaces = new Set<PlaceRow>();
  const found = lines.flatMap((line) =>
    line.found.units.map((unit): FoundUnit => {
      const index = units.findIndex(
        ({ at, address, baud }, each) =>
          !usedAnswers.has(each) &&
          address === unit.address &&
          findLine(at, lines) === line &&
          (baud === undefined || baud === unit.format?.baud),
      );
      const answer = units[index] ?? null;
      if (index >= 0) usedAnswers.add(index);
      const said = answer?.profile === undefined ? null : saidProfile(answer.profile, unit, line, profiles);
      if (said !== null && typeof said === 'string') {
        const path = ['units', index, 'profile'];
        problems.push(
          setupProblem(said, answersPlace(facts, path), `units[${index}].profile`, null, answer?.profile ?? null),
        );
      }
      const place = facts.places.find((row) => !usedPlaces.has(row) && isAbout(row, unit, line, lines)) ?? null;
      if (place !== null) usedPlaces.add(place);
      return { line, unit, answer, place, said: typeof said === 'string' ? null : said };
    }),
  );
  for (const [index, { at, address }] of units.entries()) {
    if (usedAnswers.has(index)) continue;
    problems.push(
      setupProblem('SETUP-014', answersPlace(facts, ['units', index]), `units[${index}]`, null, `${at} ${address}`),
    );
  }
  return placedById(facts, rules, found, usedPlaces, problems);
}

/** Rows that name a device can only be found once all have their ids; ids do not hang on places. */
function placedById(
  facts: SetupFacts,
  rules: DeviceRules,
  found: readonly FoundUnit[],
  used: ReadonlySet<PlaceRow>,
  problems: Problem[],
): readonly FoundUnit[] {
  const rest = facts.places.filter((row) => !used.has(row));
  const planned = rest.length === 0 ? [] : planDevices(found, rules);
  const idOf = ({ device, leftOut }: PlannedUnit): string | null => device?.id ?? leftOut?.device?.id ?? null;
  const placed = found.map((each, index): FoundUnit => {
    const unit = planned[index];
    const id = unit === undefined ? null : idOf(unit);
    const row = rest.find(({ unit: of }) => 'device' in of && of.device === id) ?? null;
    return each.place !== null || row === null ? each : { ...each, place: row };
  });
  const taken = new Set(placed.map(({ place }) => place));
  for (const row of rest) if (!taken.has(row)) problems.push(lostRow(row, facts.places));
  return placed;
}

function lostRow(row: PlaceRow, all: readonly PlaceRow[]): Problem {
  const { unit, at, cell } = row;
  const got = 'device' in unit ? unit.device : [unit.line, unit.address].filter((part) => part !== null).join(' ');
  const isSame = (other: PlaceRow): boolean => JSON.stringify(other.unit) === JSON.stringify(unit);
  const first = all.find(isSame);
  if (first !== undefined && first !== row)
    return setupProblem('SETUP-016', at, cell, null, `${got} (${first.at.line}:${first.at.column})`);
  return setupProblem('SETUP-014', at, cell, null, got);
}

/** An address alone is enough where there is one line. */
function isAbout({ unit: of }: PlaceRow, unit: SurveyUnit, line: NamedLine, lines: readonly NamedLine[]): boolean {
  if ('device' in of || of.address !== unit.address) return false;
  return of.line === null ? lines.length === 1 : findLine(of.line, lines) === line || nameOf(line) === of.line;
}

function nameOf({ answer }: NamedLine): string | null {
  const name = answer?.name;
  return name === undefined ? null : typeof name === 'string' ? name : name.zh;
}

/** The code of the problem where it is none, or can not be. */
function saidProfile(
  id: string,
  unit: SurveyUnit,
  line: NamedLine,
  profiles: Profiles,
): ModbusProfile | 'SETUP-021' | 'SETUP-022' {
  const profile = profiles.get(id);
  if (profile === undefined) return 'SETUP-021';
  return isModbus(profile) && canBe(profile, unit, line.found.at) ? profile : 'SETUP-022';
}
