/** What is broken in the world now, and since when each part has been sound: the excuse of a gateway, and its end. */
import type { DeviceId, LineId, OutputId, SpeakerId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';

/** A part of the world that can be broken. `contact`: what an output switches, behind a module or pin that works; `clock`: steps and
 * drift of the wall clock; `gateway`: it does not run; `uplink`: the way to the district; `city`: to its centre of GB/T 26875.3. */
export type Part =
  | `line:${LineId}`
  | `unit:${DeviceId}`
  | `pin:${number}`
  | `contact:${OutputId}`
  | `horn:${SpeakerId}`
  | 'disk'
  | 'uplink'
  | 'city'
  | 'clock'
  | 'box'
  | 'gateway';

export class Afflictions {
  readonly #broken = new Map<Part, number>();
  readonly #mendedMono = new Map<Part, number>();

  begin(part: Part): void {
    this.#broken.set(part, (this.#broken.get(part) ?? 0) + 1);
  }

  /** Of as many faults as there are of one part, the last to end mends it. */
  end(part: Part, atMono: number): void {
    const left = (this.#broken.get(part) ?? 0) - 1;
    if (left > 0) {
      this.#broken.set(part, left);
      return;
    }
    this.#broken.delete(part);
    this.#mendedMono.set(part, atMono);
  }

  isBroken(part: Part): boolean {
    return this.#broken.has(part);
  }

  get brokenParts(): readonly Part[] {
    return [...this.#broken.keys()];
  }

  /** Since when all of them have been sound, ms; Infinity while one is broken, -Infinity when none ever was. */
  soundSince(parts: readonly Part[]): number {
    let sinceMono = Number.NEGATIVE_INFINITY;
    for (const part of parts) {
      if (this.#broken.has(part)) return Number.POSITIVE_INFINITY;
      sinceMono = Math.max(sinceMono, this.#mendedMono.get(part) ?? sinceMono);
    }
    return sinceMono;
  }
}

/** What must be sound for a point of the site to be seen. */
export function partsOfPoint(config: SiteConfig, pointId: string): readonly Part[] {
  const source = config.points.find(({ id }) => id === pointId)?.source;
  switch (source?.kind) {
    case 'register':
    case 'stream':
      return ['gateway', ...partsOfDevice(config, source.device)];
    case 'pin':
      return ['gateway', `pin:${source.pin}`];
    default:
      return ['gateway', 'box'];
  }
}

/** What must be sound for an output to do what it is told. */
export function partsOfOutput(config: SiteConfig, outputId: OutputId): readonly Part[] {
  const target = config.outputs.find(({ id }) => id === outputId)?.target;
  if (target === undefined) return ['gateway'];
  const own: readonly Part[] = ['gateway', `contact:${outputId}`];
  if (target.kind === 'pin') return [...own, `pin:${target.pin}`];
  return [...own, ...partsOfDevice(config, target.device)];
}

export function partsOfDevice(config: SiteConfig, deviceId: DeviceId): readonly Part[] {
  const device = [...config.units, ...config.streams].find(({ id }) => id === deviceId);
  return device === undefined ? [] : [`line:${device.line}`, `unit:${deviceId}`];
}
