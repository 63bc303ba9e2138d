/** Units that were found → devices of the site file, or a comment with the reason. Pure. */
import { possibleValues } from '../../config/device-options.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import { classOfRole, type PointRole } from '../../config/vocabulary.js';
import { draftNote, variantNote, weakNote, whyLeftOut } from './device-words.js';
import { type FoundUnit, missingOptions } from './found-unit.js';
import type { LeftOut, PlannedDevice } from './planned-site.js';
import type { Preset } from './preset.js';
import { presetLimits } from './preset-limits.js';
import { type Candidate, type Weighed, weighUnit } from './weigh-unit.js';

export interface DeviceRules extends Pick<Parameters<typeof weighUnit>[2], 'models' | 'profiles'> {
  readonly preset: Preset;
  /** The zone of a device that has none of its own; null: several, and nobody said. */
  readonly onlyZone: string | null;
  readonly unassigned: string;
}

export interface PlannedUnit {
  readonly found: FoundUnit;
  readonly profile: ModbusProfile | null;
  readonly device: PlannedDevice | null;
  readonly leftOut: LeftOut | null;
}

/** In the order of the survey. Ids are numbered along, also those of units that are left out: they will be written one day. */
export function planDevices(found: readonly FoundUnit[], rules: DeviceRules): readonly PlannedUnit[] {
  const names = new DeviceNames(found.flatMap(({ answer }) => answer?.id ?? []));
  return found.map((each) => planUnit(each, rules, names));
}

function planUnit(found: FoundUnit, rules: DeviceRules, names: DeviceNames): PlannedUnit {
  const { line, unit, answer, said } = found;
  const weighed = weighUnit(unit, line.found.at, { ...rules, said });
  const [candidate, how] = candidateIn(weighed);
  if (candidate === null) {
    return {
      found,
      profile: null,
      device: null,
      leftOut: leave(found, weighed.kind === 'ask' ? 'choice' : 'unknown', null, null),
    };
  }
  const { profile } = candidate;
  const device = deviceOf(found, candidate, how, rules, names);
  const kept = (kind: LeftOut['kind']): PlannedUnit => ({
    found,
    profile,
    device: null,
    leftOut: leave(found, kind, device, profile),
  });
  if (answer?.leave_out === true) return kept('said');
  if (line.others.includes(unit)) return kept('speed');
  if (line.units.some((other) => other !== unit && other.address === unit.address)) return kept('address');
  if (unit.trouble !== null && said === null) return kept('trouble');
  if (missingOptions(profile, device).length > 0) return kept('label');
  return { found, profile, device, leftOut: null };
}

/** A weak one is only taken when there is no other: whoever wants to choose was asked before, and has said it. */
function candidateIn(weighed: Weighed): readonly [Candidate | null, 'weak' | 'sure'] {
  if (weighed.kind === 'taken')
    return [weighed.candidate, weighed.how === 'strong' || weighed.how === 'said' ? 'sure' : 'weak'];
  if (weighed.kind === 'unknown' || weighed.candidates.length > 1) return [null, 'sure'];
  return [weighed.candidates[0] ?? null, 'weak'];
}

function deviceOf(
  { line, unit, answer, place }: FoundUnit,
  { profile, because }: Candidate,
  how: 'weak' | 'sure',
  rules: DeviceRules,
  names: DeviceNames,
): PlannedDevice {
  const { preset, onlyZone, unassigned } = rules;
  const options = answer?.options ?? {};
  const variant = answer?.variant ?? null;
  const { watches, tellsFire } = whatItTells(profile);
  const zone = answer?.zone ?? place?.zone ?? line.answer?.zone ?? onlyZone ?? (watches ? unassigned : null);
  const isDraft = profile.status === 'draft';
  return {
    id: answer?.id ?? names.next(prefixOf(profile)),
    profile: profile.id,
    name: answer?.name ?? null,
    line: line.id,
    unit: unit.address,
    zone,
    place: answer?.place ?? place?.place ?? (watches ? 'to-be-filled-in' : null),
    variant,
    options,
    limits: presetLimits(profile, variant, options, preset),
    allowDraft: isDraft,
    isWeak: how === 'weak',
    tellsFire,
    notes: [
      ...(how === 'weak' ? [weakNote(because)] : []),
      ...(isDraft ? [draftNote] : []),
      ...(variant === null ? variantNote(profile) : []),
    ],
  };
}

function leave(
  found: FoundUnit,
  kind: LeftOut['kind'],
  device: PlannedDevice | null,
  profile: ModbusProfile | null,
): LeftOut {
  const { line, unit } = found;
  const { why, todo } = whyLeftOut(kind, found, profile);
  return { kind, line: line.id, address: unit.address, format: unit.format, why, todo, device };
}

/** `watches`: it can be in alarm at its own place; modules of inputs and relays are wired to what does. */
function whatItTells(profile: ModbusProfile): { readonly watches: boolean; readonly tellsFire: boolean } {
  const watches = profile.category !== 'io' && profile.category !== 'relay';
  const fireRoles = Object.entries(classOfRole).flatMap(([role, of]) => (of === 'fire' ? [role as PointRole] : []));
  // Whatever its label says: doubt is on the side of fire.
  const tellsFire = profile.points.some(({ role }) =>
    possibleValues(role, profile.options).some((each) => fireRoles.some((fire) => fire === each)),
  );
  return { watches, tellsFire };
}

function prefixOf({ id, category, points }: ModbusProfile): string {
  if (category === 'io' || category === 'relay') return category === 'io' ? 'io' : 'relay';
  if (points.some(({ role }) => role === 'smoke.alarm')) return 'smoke';
  return id;
}

/** `smoke-1`, `smoke-2`; what people have named themselves is not given twice. */
class DeviceNames {
  readonly #taken: Set<string>;
  readonly #counts = new Map<string, number>();

  constructor(said: readonly string[]) {
    this.#taken = new Set(said);
  }

  next(prefix: string): string {
    let id: string;
    do {
      const number = (this.#counts.get(prefix) ?? 0) + 1;
      this.#counts.set(prefix, number);
      id = `${prefix.slice(0, 35)}-${number}`;
    } while (this.#taken.has(id));
    this.#taken.add(id);
    return id;
  }
}
