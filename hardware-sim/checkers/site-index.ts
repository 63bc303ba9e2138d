import type { DeviceId, OutputId, SpeakerId, ZoneId } from '../../config/ids.js';
import type { OutputConfig, PlanConfig, PointConfig, SiteConfig } from '../../config/site.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import { type Part, partsOfDevice, partsOfOutput, partsOfPoint } from './afflictions.js';

/** The site by id, worked out once: a judge looks around every virtual second. */
export class SiteIndex {
  readonly points: ReadonlyMap<string, PointConfig>;
  readonly outputs: ReadonlyMap<string, OutputConfig>;
  readonly #partsOfPoint: ReadonlyMap<string, readonly Part[]>;
  readonly #partsOfOutput: ReadonlyMap<string, readonly Part[]>;
  readonly #pointsOfDevice = new Map<DeviceId, PointConfig[]>();
  readonly #neighbours = new Map<string, readonly Part[]>();

  constructor(readonly config: SiteConfig) {
    this.points = new Map(config.points.map((point) => [point.id, point]));
    this.outputs = new Map(config.outputs.map((output) => [output.id, output]));
    this.#partsOfPoint = new Map(config.points.map(({ id }) => [id, partsOfPoint(config, id)]));
    this.#partsOfOutput = new Map(config.outputs.map(({ id }) => [id, partsOfOutput(config, id)]));
    for (const point of config.points) {
      const device = deviceOf(point);
      if (device !== null) this.#pointsOfDevice.set(device, [...this.pointsOfDevice(device), point]);
    }
    for (const { id } of config.lines) {
      const devices = [...config.units, ...config.streams].filter(({ line }) => line === id);
      const parts = [...new Set(devices.flatMap((device) => partsOfDevice(config, device.id)))];
      for (const device of devices) this.#neighbours.set(device.id, parts);
    }
  }

  partsOfPoint(point: string): readonly Part[] {
    return this.#partsOfPoint.get(point) ?? [];
  }

  partsOfOutput(output: string): readonly Part[] {
    return this.#partsOfOutput.get(output) ?? [];
  }

  pointsOfDevice(device: DeviceId): readonly PointConfig[] {
    return this.#pointsOfDevice.get(device) ?? [];
  }

  /** Everything on the device's line: trouble with one of them costs the others time. */
  neighboursOf(device: DeviceId | null): readonly Part[] {
    return (device === null ? undefined : this.#neighbours.get(device)) ?? [];
  }

  /** Sirens and strobes that an alarm like this sounds at once. */
  atOnce(alarmClass: AlarmClass, zone: ZoneId | null): readonly OutputId[] {
    const steps = this.plansFor(alarmClass, zone).flatMap((plan) => plan.steps);
    const named = steps.flatMap(({ start, sound }) => (start.some(({ kind }) => kind === 'at-once') ? sound : []));
    return [...new Set(named)].filter((id) => isSounder(this.outputs.get(id)));
  }

  /** May an alarm like this ever switch the output? */
  isNamed(output: OutputId, alarmClass: AlarmClass, zone: ZoneId | null): boolean {
    return this.plansFor(alarmClass, zone).some(({ steps }) => steps.some(({ sound }) => sound.includes(output)));
  }

  /** May an alarm like this ever speak there? */
  isSaidOn(speaker: SpeakerId, alarmClass: AlarmClass, zone: ZoneId | null): boolean {
    return this.plansFor(alarmClass, zone).some(({ steps }) =>
      steps.some(({ say = [] }) => say.some(({ speakers }) => speakers.includes(speaker))),
    );
  }

  plansFor(alarmClass: AlarmClass, zone: ZoneId | null): readonly PlanConfig[] {
    return this.config.plans.filter(
      ({ when }) => when.class === alarmClass && (when.zones === 'all' || (zone !== null && when.zones.includes(zone))),
    );
  }
}

export function isSounder(output: OutputConfig | undefined): boolean {
  return output?.kind === 'siren' || output?.kind === 'strobe';
}

/** The device that must answer for a point to be seen; null: none. */
export function deviceOf({ source }: PointConfig): DeviceId | null {
  return source.kind === 'register' || source.kind === 'stream' ? source.device : null;
}

/** The device that switches an output; null: a pin does. */
export function deviceOfOutput({ target }: OutputConfig): DeviceId | null {
  return target.kind === 'unit' ? target.device : null;
}

/** How a point counts that the world has moved there; null: numbers, and states that it does not have. */
export function severityOf({ severities }: PointConfig, to: string | number): string | null {
  return typeof to === 'string' ? (severities[to] ?? null) : null;
}
