/** What of a site can break. */
import type { DeviceId, LineId } from '../../../config/ids.js';
import type { LineConfig, PointConfig, SiteConfig, StreamConfig, UnitConfig } from '../../../config/site.js';
import { type Part, partsOfPoint } from '../../checkers/afflictions.js';
import type { SimUnit } from '../../modbus/sim-unit.js';
import type { SimNetwork } from '../../net/sim-network.js';
import type { SimLine } from '../../sim-line.js';
import type { World } from '../world.js';

export function unitOf(world: World, id: DeviceId): SimUnit {
  return known(world.village.units.get(id), id);
}

export function lineOf(world: World, id: LineId): SimLine {
  return known(world.village.lines.get(id), id);
}

export function networkOf(world: World, id: LineId): SimNetwork {
  return known(lineOf(world, id).network ?? undefined, id);
}

function known<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new RangeError(`the village has no ${id}`);
  return found;
}

/** Units that hang on a pair of wires, and so speak RTU. */
export function wiredUnits({ units, lines }: SiteConfig): readonly UnitConfig[] {
  const onWire = new Set(lines.filter(hasWire).map(({ id }) => id));
  return units.filter(({ line }) => onWire.has(line));
}

export function hasWire(line: LineConfig): boolean {
  return line.transport !== 'tcp' || line.format !== null;
}

export function wiredLines({ lines }: SiteConfig): readonly LineConfig[] {
  return lines.filter(hasWire);
}

/** Pairs with units on them; a device that speaks by itself has a pair of its own. */
export function unitLines({ lines, units }: SiteConfig): readonly LineConfig[] {
  return lines.filter((line) => hasWire(line) && units.some((unit) => unit.line === line.id));
}

export function serialLines({ lines }: SiteConfig): readonly LineConfig[] {
  return lines.filter(({ transport }) => transport === 'serial');
}

export function networkLines({ lines }: SiteConfig): readonly LineConfig[] {
  return lines.filter(({ transport }) => transport !== 'serial');
}

export function devicesOf({ units, streams }: SiteConfig): readonly (UnitConfig | StreamConfig)[] {
  return [...units, ...streams];
}

/** Pins that the gateway reads. */
export function inputPins({ points }: SiteConfig): readonly number[] {
  return [...new Set(points.flatMap(({ source }) => (source.kind === 'pin' ? [source.pin] : [])))];
}

/** Pins that switch something. */
export function outputPins({ outputs }: SiteConfig): readonly number[] {
  return outputs.flatMap(({ target }) => (target.kind === 'pin' ? [target.pin] : []));
}

export function pinsOf(config: SiteConfig): readonly number[] {
  return [...inputPins(config), ...outputPins(config)];
}

/** Points of class fire that stand in a register, with the state that is a fire. */
export interface FirePoint {
  readonly point: PointConfig;
  readonly alarm: string;
  readonly normal: string;
}

export function firePoints({ points }: SiteConfig): readonly FirePoint[] {
  return points.flatMap((point) => {
    if (point.class !== 'fire' || point.source.kind === 'stream') return [];
    const states = Object.entries(point.severities);
    const alarm = states.find(([, severity]) => severity === 'fire')?.[0];
    const normal = states.find(([, severity]) => severity === 'normal')?.[0];
    return alarm === undefined || normal === undefined ? [] : [{ point, alarm, normal }];
  });
}

/** Fire points on wires of their own, with the line and the unit. */
export interface WiredFirePoint extends FirePoint {
  readonly line: LineId;
  readonly device: DeviceId;
}

export function wiredFirePoints(config: SiteConfig): readonly WiredFirePoint[] {
  return firePoints(config).flatMap((fire) => {
    const { source } = fire.point;
    if (source.kind !== 'register') return [];
    const unit = wiredUnits(config).find(({ id }) => id === source.device);
    return unit === undefined ? [] : [{ ...fire, line: unit.line, device: unit.id }];
  });
}

/** The parts of a world that must be sound for the point to be seen, but for the gateway itself. */
export function placeOf(config: SiteConfig, { point }: FirePoint): readonly Part[] {
  return partsOfPoint(config, point.id).filter((part) => part !== 'gateway');
}

/** A horn whose amplifier hangs on something broken can not be heard either. */
export function withHorns(config: SiteConfig, parts: readonly Part[]): readonly Part[] {
  const horns = config.speakers.flatMap(({ id, amplifier }): readonly Part[] => {
    const target = config.outputs.find((output) => output.id === amplifier)?.target;
    if (target === undefined) return [];
    const line = target.kind === 'pin' ? null : config.units.find((unit) => unit.id === target.device)?.line;
    const own: readonly Part[] =
      target.kind === 'pin'
        ? [`pin:${target.pin}`]
        : [`unit:${target.device}`, ...(line == null ? [] : [`line:${line}` as const])];
    return own.some((part) => parts.includes(part)) ? [`horn:${id}`] : [];
  });
  return [...new Set([...parts, ...horns])];
}
