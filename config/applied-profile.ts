/** A profile as it stands for one device: its variant chosen, its options filled in. */
import {
  chosen,
  chosenNumber,
  chosenRole,
  chosenText,
  type OptionValue,
  type OptionValues,
  optionFaults,
  optionValues,
} from './device-options.js';
import { isModbus, isSignal, isStream } from './profile-kind.js';
import type { PointYaml } from './profile-point-schema.js';
import type { ContactProfile, DeviceProfile, ModbusProfile, SignalProfile } from './profile-schema.js';
import type { StreamPointYaml, StreamProfile } from './stream-profile-schema.js';
import type { PointRole } from './vocabulary.js';

/** The keys that an option may decide, decided. */
interface Decided {
  readonly role: PointRole;
  readonly scale: number;
  readonly offset: number;
  /** As the profile writes it, not yet the role's own unit. */
  readonly unit: string | null;
}

type Undecided = keyof Decided;
/** A point of a unit as it stands for one device. */
export type AppliedPoint = Omit<PointYaml, Undecided> & Decided;
/** A point of a stream as it stands for one device. */
export type AppliedStreamPoint = Omit<StreamPointYaml, Undecided> & Decided;

/** A sensor's signal with its range as written on the label. */
export interface AppliedSignal extends Omit<SignalProfile['signal'], 'role' | 'unit' | 'to'> {
  readonly role: PointRole;
  readonly unit: string;
  readonly to: readonly [number, number];
}

/** A unit with registers. */
export interface AppliedModbus {
  readonly kind: 'modbus';
  readonly profile: ModbusProfile;
  readonly points: readonly AppliedPoint[];
  readonly options: OptionValues;
}

/** A dry contact. */
export interface AppliedContact {
  readonly kind: 'contact';
  readonly profile: ContactProfile;
}

/** A sensor at an analog input. */
export interface AppliedSignalProfile {
  readonly kind: 'signal';
  readonly profile: SignalProfile;
  readonly signal: AppliedSignal;
}

/** A device with a dialect of its own. */
export interface AppliedStream {
  readonly kind: 'stream';
  readonly profile: StreamProfile;
  readonly points: readonly AppliedStreamPoint[];
  readonly codecOptions: Readonly<Record<string, OptionValue>>;
  /** How an object is written, and which point a listed one gets; null where none can be listed. */
  readonly objects: { readonly pattern: string; readonly example: string; readonly point: string } | null;
}

/** Any of the four kinds. */
export type AppliedProfile = AppliedModbus | AppliedContact | AppliedSignalProfile | AppliedStream;

/** What a device of a site file says about its model. */
export interface DeviceChoices {
  readonly variant?: string | undefined;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** Null when the variant or an option is wrong: a check tells that. */
export function applyProfile(profile: DeviceProfile, { variant, options }: DeviceChoices): AppliedProfile | null {
  if (optionFaults(profile.options, options).length > 0) return null;
  const values = optionValues(profile.options, options);
  if (isModbus(profile)) {
    const points = variantPoints(profile, variant);
    if (points === null) return null;
    return { kind: 'modbus', profile, points: points.map((point) => decided(point, values)), options: values };
  }
  if (variant !== undefined) return null;
  if (isSignal(profile)) return { kind: 'signal', profile, signal: appliedSignal(profile, values) };
  if (isStream(profile)) {
    const points = profile.points.map((point) => decided(point, values));
    const codecOptions = Object.fromEntries(
      Object.entries(profile.codec_options).map(([key, value]) => [key, chosen(value, values)]),
    );
    return { kind: 'stream', profile, points, codecOptions, objects: chosenObjects(profile, values) };
  }
  return { kind: 'contact', profile };
}

/** The points of a variant, of the first one when none is named; null when there is no such variant. */
export function variantPoints(profile: ModbusProfile, id: string | undefined): readonly PointYaml[] | null {
  const variant = id === undefined ? profile.variants[0] : profile.variants.find((each) => each.id === id);
  if (variant === undefined) return id === undefined ? profile.points : null;
  return profile.points.map((point): PointYaml => {
    const patch = Object.hasOwn(variant.points, point.key) ? variant.points[point.key] : undefined;
    return Object.assign({}, point, patch);
  });
}

function decided<P extends Pick<PointYaml, 'role' | 'scale' | 'offset' | 'unit'>>(
  point: P,
  values: OptionValues,
): Omit<P, Undecided> & Decided {
  return {
    ...point,
    role: chosenRole(point.role, values),
    scale: chosenNumber(point.scale, values),
    offset: chosenNumber(point.offset, values),
    unit: point.unit === undefined ? null : chosenText(point.unit, values),
  };
}

function chosenObjects({ objects }: StreamProfile, values: OptionValues): AppliedStream['objects'] {
  if (objects === undefined) return null;
  return {
    pattern: chosenText(objects.pattern, values),
    example: chosenText(objects.example, values),
    point: chosenText(objects.point, values),
  };
}

function appliedSignal({ signal }: SignalProfile, values: OptionValues): AppliedSignal {
  const [low, high] = signal.to;
  return {
    ...signal,
    role: chosenRole(signal.role, values),
    unit: chosenText(signal.unit, values),
    to: [chosenNumber(low, values), chosenNumber(high, values)],
  };
}
