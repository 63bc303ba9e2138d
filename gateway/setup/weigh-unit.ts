/** Which model a unit is: what a person said, what the search is sure of, or a question. Nothing is guessed. Pure. */
import { isModbus } from '../../config/profile-kind.js';
import type { DeviceProfile, ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { SurveyCandidate, SurveyFormat, SurveyLine, SurveyUnit } from '../survey/survey.js';

export type Profiles = ReadonlyMap<string, DeviceProfile>;

export interface Candidate {
  readonly profile: ModbusProfile;
  readonly because: Words | null;
}

export type Weighed =
  | {
      readonly kind: 'taken';
      readonly candidate: Candidate;
      /** `said`: by a person; `model`: the only one of what was bought. */
      readonly how: 'said' | 'model' | 'strong';
    }
  /** For a person, likeliest first; at least one. */
  | { readonly kind: 'ask'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'unknown' };

export interface Knowledge {
  /** The profile that a person named for this unit. */
  readonly said: ModbusProfile | null;
  /** What was bought; empty: nobody said. */
  readonly models: readonly string[];
  readonly profiles: Profiles;
}

export function weighUnit(unit: SurveyUnit, at: SurveyLine['at'], { said, models, profiles }: Knowledge): Weighed {
  if (said !== null) return { kind: 'taken', candidate: { profile: said, because: null }, how: 'said' };
  const known = unit.candidates.flatMap((each) => {
    const profile = profiles.get(each.profile);
    if (profile === undefined || !isModbus(profile) || !canBe(profile, unit, at)) return [];
    return [{ ...each, profile }];
  });
  const strong = known.filter(({ strength }) => strength === 'strong');
  const likeliest = strong.length > 0 ? strong : known;
  const bought = likeliest.filter(({ profile }) => models.includes(profile.id));
  const [only, ...more] = bought.length > 0 ? bought : strong;
  if (only !== undefined && more.length === 0) {
    return { kind: 'taken', candidate: candidateOf(only), how: only.strength === 'strong' ? 'strong' : 'model' };
  }
  if (likeliest.length === 0) return { kind: 'unknown' };
  return { kind: 'ask', candidates: (bought.length > 0 ? bought : likeliest).map(candidateOf) };
}

function candidateOf({ profile, because }: { profile: ModbusProfile; because: Words }): Candidate {
  return { profile, because };
}

/** Would `check` take it at this address, at this speed, on such a line? */
export function canBe(
  profile: ModbusProfile,
  { address, format }: Pick<SurveyUnit, 'address' | 'format'>,
  at: SurveyLine['at'],
): boolean {
  const [lowest, highest] = profile.address_range;
  const isServer = at.kind === 'tcp' && at.transport === 'tcp' && (address === 0 || address > 247);
  if (!isServer && (address < lowest || address > highest)) return false;
  return speaksOn(profile, at) && (format === null || hasFormat(profile, format));
}

function speaksOn({ link: { transports } }: ModbusProfile, at: SurveyLine['at']): boolean {
  if (at.kind === 'serial') return transports.includes('rtu');
  // Behind a server of Modbus TCP there may be a pair.
  return transports.includes(at.transport) || (at.transport === 'tcp' && transports.includes('rtu'));
}

function hasFormat({ serial }: ModbusProfile, format: SurveyFormat): boolean {
  const { bauds, parities } = serial;
  return bauds?.includes(format.baud) !== false && parities?.includes(format.parity) !== false;
}

/** What the search said of a unit that nobody knows, or of which there are several. */
export function namedCandidates(candidates: readonly SurveyCandidate[]): string {
  return candidates.map(({ profile }) => profile).join(', ');
}
