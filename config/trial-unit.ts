/** A profile as it reads one unit that stands in no site file: for trying it on the wire. Rows of channels are points like any other here. */
import { applyProfile } from './applied-profile.js';
import { channelAddress, channelRow } from './channel-row.js';
import { type OptionValue, optionFaults } from './device-options.js';
import { brandId, type PointId } from './ids.js';
import type { Told } from './problem.js';
import type { DeviceProfile } from './profile-schema.js';
import { physicalScaleOf, registerSource } from './resolve-register.js';
import { resolveUnit } from './resolve-unit.js';
import type { LineConfig, RegisterSource, UnitConfig } from './site.js';
import { deviceSchema } from './site-schema.js';
import { type AlarmClass, classOfRole, type PointRole, type Severity, type Words } from './vocabulary.js';

/** One value that the profile reads. */
export interface TrialPoint {
  readonly id: PointId;
  /** As the profile calls it; of a row `di3`. */
  readonly key: string;
  readonly names: Words;
  readonly role: PointRole;
  readonly class: AlarmClass | null;
  /** The number in the paper; null where the profile does not tell it. */
  readonly docAddress: string | null;
  readonly source: RegisterSource;
  /** Of a number, in which it is told. */
  readonly unit: string | null;
  readonly severities: Readonly<Record<string, Severity>>;
  readonly stateNames: Readonly<Record<string, Words>>;
}

export interface TrialUnit {
  readonly unit: UnitConfig;
  readonly points: readonly TrialPoint[];
}

export interface TrialChoices {
  readonly address: number;
  readonly variant?: string | undefined;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** Why it can not be tried. */
export type TrialFault =
  | { readonly kind: 'no-registers' }
  | { readonly kind: 'variant'; readonly known: readonly string[] }
  | { readonly kind: 'option'; readonly key: string; readonly expected: Told; readonly got: Told };

export type TrialUnitOutcome =
  | { readonly ok: true; readonly trial: TrialUnit }
  | { readonly ok: false; readonly fault: TrialFault };

/** `line`: the one it is asked on. */
export function trialUnit(
  profile: DeviceProfile,
  line: LineConfig,
  { address, variant, options }: TrialChoices,
): TrialUnitOutcome {
  const [fault] = optionFaults(profile.options, options);
  if (fault !== undefined) {
    const { key, expected, got } = fault;
    return { ok: false, fault: { kind: 'option', key, expected, got } };
  }
  const applied = applyProfile(profile, { variant, options });
  if (applied === null) {
    const known = 'variants' in profile ? profile.variants.map(({ id }) => id) : [];
    return { ok: false, fault: { kind: 'variant', known } };
  }
  if (applied.kind !== 'modbus') return { ok: false, fault: { kind: 'no-registers' } };
  const chosen = { options, ...(variant === undefined ? {} : { variant }) };
  const device = deviceSchema.parse({ id: 'unit', profile: profile.id, line: line.id, unit: address, ...chosen });
  const of = { device, applied };
  const points = applied.points.flatMap((point): TrialPoint[] => {
    const row = channelRow(point.key);
    const channels = row === null ? [null] : Array.from({ length: row.channels }, (_, i) => i + 1);
    const states = point.states ?? [];
    return channels.map((channel) => {
      const key = channel === null ? point.key : `${row?.name}${channel}`;
      const at = channel === null ? point.addr : channelAddress(point, channel);
      return {
        id: brandId<PointId>(`unit/${key}`),
        key,
        names:
          channel === null ? point.names : { zh: `${point.names.zh} ${channel}`, en: `${point.names.en} ${channel}` },
        role: point.role,
        class: classOfRole[point.role],
        docAddress: channel === null ? (point.doc_addr ?? null) : null,
        source: registerSource(of, point, at),
        unit: physicalScaleOf(point).unit,
        severities: Object.fromEntries(states.map((state) => [state.key, state.severity])),
        stateNames: Object.fromEntries(states.map((state) => [state.key, state.names])),
      };
    });
  });
  return { ok: true, trial: { unit: resolveUnit(device, applied.profile, [line]), points } };
}
