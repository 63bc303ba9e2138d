/**
 * Gives one unit another address or another baud rate by its profile's recipe, and ends with what is true then: whoever stands on a ladder
 * must know where the unit is now, also when it went wrong half-way.
 *
 *   look: is it there, is the new place free ──▶ ask the person ──▶ steps ──▶ look at both places ──▶ save ──▶ look again
 */
import type { ChangeAddressYaml, ChangeBaudYaml, RecipeWriteYaml } from '../../config/recipe-schema.js';
import type { Table } from '../../config/vocabulary.js';
import { type Clock, pause } from '../../drivers/clock.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { Answer, LineUnit } from '../../drivers/modbus/exchange.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import type { RetunedLine } from './retuned-line.js';

/** After the last step, before anybody looks: a unit writes its memory and changes over, ms. Longer than any paper names. */
const settleMs = 500;
/** One answer may be lost on the way; three in a row are not. */
const looksMax = 3;

/** Where a unit is. `baud`: bit/s; null: the line's own. */
export interface UnitPlace {
  readonly address: number;
  readonly baud: number | null;
}

export interface MovePlan {
  readonly recipe: ChangeAddressYaml | ChangeBaudYaml;
  /** What is written for the new address or rate. */
  readonly code: number;
  readonly from: UnitPlace;
  readonly to: UnitPlace;
  /** What the model needs between two requests, and how it refuses. */
  readonly unit: Omit<LineUnit, 'address'>;
  /** What it answers to for sure: a register of its profile. */
  readonly probe: { readonly table: Table; readonly address: number; readonly count: number };
}

export type Whereabouts = 'old' | 'new' | 'both' | 'neither';

export type MoveOutcome =
  /** It answers at the new place, and keeps it. */
  | 'moved'
  /** It keeps the new place, and takes it when its supply was off. */
  | 'needs-power-cycle'
  /** It answers at the new place, but has not confirmed that it keeps it. */
  | 'unsaved'
  /** It is where it was. */
  | 'not-moved'
  /** Two answer, or none does. */
  | 'unclear'
  /** Nothing was written: nobody answers at the old place. */
  | 'not-there'
  /** Nothing was written: somebody answers at the new place already. */
  | 'taken'
  /** Nothing was written: the answers break, as they do when several units give one. */
  | 'several'
  /** Nothing was written: the person did not want to. */
  | 'given-up'
  /** Nothing was written: the line can not be opened. */
  | 'no-line';

export interface Moved {
  readonly outcome: MoveOutcome;
  /** Where a unit answers now. */
  readonly where: Whereabouts;
  /** Why it went wrong, as far as the line knows. */
  readonly error: DriverError | null;
}

export interface MoveParts {
  readonly line: RetunedLine;
  readonly clock: Clock;
  /** Asked when all that can be looked at was looked at; false: nothing is written. */
  readonly confirm: () => Promise<boolean>;
}

type Look = 'answers' | 'silent' | 'broken';

/** Never rejects. The line is left open. */
export async function moveUnit(plan: MovePlan, parts: MoveParts): Promise<Moved> {
  const { recipe, from, to } = plan;
  const opened = await parts.line.at(from.baud);
  if (opened instanceof DriverError) return { outcome: 'no-line', where: 'neither', error: opened };
  const there = await look(plan, from, parts);
  const taken = await look(plan, to, parts);
  const before = whereabouts(there, taken);
  if (there === 'broken') return { outcome: 'several', where: before, error: null };
  if (there === 'silent') return { outcome: 'not-there', where: before, error: null };
  if (taken !== 'silent') return { outcome: 'taken', where: before, error: null };
  if (!(await parts.confirm())) return { outcome: 'given-up', where: before, error: null };
  const error = await follow(plan, parts);
  await pause(parts.clock, settleMs);
  const where = await findNow(plan, parts);
  if (where === 'new') return recipe.save === undefined ? done('moved', where) : save(plan, recipe.save, parts);
  if (where !== 'old') return { outcome: 'unclear', where, error };
  const isKept = recipe.power_cycle !== 'no' && (await keeps(plan, error, parts));
  return { outcome: isKept ? 'needs-power-cycle' : 'not-moved', where, error: isKept ? null : error };
}

/** Each step once: whoever repeats a write that moved the unit writes to nobody, or to somebody else. */
async function follow({ recipe, from, unit, code }: MovePlan, parts: MoveParts): Promise<DriverError | null> {
  let failed: DriverError | null = null;
  for (const step of recipe.steps) {
    if ('wait_ms' in step) {
      await pause(parts.clock, step.wait_ms);
      continue;
    }
    const answer = await order({ ...unit, address: from.address }, from.baud, step.write, code, parts);
    if (answer.ok) continue;
    // A unit that answers the moving write as it will be is not heard here; where it is then, a look tells.
    failed = answer.error;
    if (step.write.value !== 'new' || failed.code === 'BUS-002') break;
  }
  return failed;
}

async function save(
  { unit, to, from, recipe, ...plan }: MovePlan,
  write: RecipeWriteYaml,
  parts: MoveParts,
): Promise<Moved> {
  let answer: Answer;
  let tries = 0;
  do {
    answer = await order({ ...unit, address: to.address }, to.baud, write, 0, parts);
    tries++;
  } while (!answer.ok && answer.error.code !== 'BUS-002' && tries < looksMax);
  await pause(parts.clock, settleMs);
  const where = await findNow({ ...plan, unit, to, from, recipe }, parts);
  if (where !== 'new') return { outcome: where === 'old' ? 'not-moved' : 'unclear', where, error: errorOf(answer) };
  return answer.ok ? done('moved', where) : { outcome: 'unsaved', where, error: answer.error };
}

/** Does the unit, still where it was, show the new value? One that can not be asked is believed when it confirmed the write. */
async function keeps(plan: MovePlan, error: DriverError | null, parts: MoveParts): Promise<boolean> {
  const { recipe, from, unit, code } = plan;
  const moving = recipe.steps.find((step) => 'write' in step && step.write.value === 'new');
  const line = await parts.line.at(from.baud);
  if (moving === undefined || !('write' in moving) || line instanceof DriverError) return false;
  const { table, addr } = moving.write;
  const request = { kind: 'read', table, address: addr, count: 1 } as const;
  const answer = await line.request({ ...unit, address: from.address }, priorities.operator, request);
  return answer.ok ? answer.values[0] === code : error === null;
}

async function findNow(plan: MovePlan, parts: MoveParts): Promise<Whereabouts> {
  const atNew = await look(plan, plan.to, parts);
  const atOld = await look(plan, plan.from, parts);
  return whereabouts(atOld, atNew);
}

/** A refusal is an answer: somebody is there. */
async function look({ unit, probe }: MovePlan, place: UnitPlace, parts: MoveParts): Promise<Look> {
  const line = await parts.line.at(place.baud);
  if (line instanceof DriverError) return 'silent';
  let broken = 0;
  for (let tries = 0; tries < looksMax; tries++) {
    const asked = { ...unit, address: place.address };
    const answer = await line.request(asked, priorities.operator, { kind: 'read', ...probe });
    if (answer.ok || answer.error.code === 'BUS-002') return 'answers';
    if (answer.error.code === 'BUS-006') broken++;
  }
  return broken > 0 ? 'broken' : 'silent';
}

async function order(
  unit: LineUnit,
  baud: number | null,
  { table, addr: address, value, fc }: RecipeWriteYaml,
  code: number,
  parts: MoveParts,
): Promise<Answer> {
  const line = await parts.line.at(baud);
  if (line instanceof DriverError) return { ok: false, error: line };
  return line.request(unit, priorities.operator, {
    ...{ kind: 'write', table, address, asMany: fc === 16 },
    value: value === 'new' ? code : value,
  });
}

function whereabouts(atOld: Look, atNew: Look): Whereabouts {
  if (atOld !== 'silent') return atNew === 'silent' ? 'old' : 'both';
  return atNew === 'silent' ? 'neither' : 'new';
}

function done(outcome: MoveOutcome, where: Whereabouts): Moved {
  return { outcome, where, error: null };
}

function errorOf(answer: Answer): DriverError | null {
  return answer.ok ? null : answer.error;
}
