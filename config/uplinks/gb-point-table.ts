/**
 * The point table of one centre: which component stands for which point, and where. What the platform's engineer gets (`gengfu explain
 * gb26875`), and by which entries become objects. Pure. Numbers follow the order of the site file, so devices added at its end move none.
 */
import { conversionFactor, rounded } from '../physical-units.js';
import type { GbPlace, GbUplinkConfig, PointConfig, SiteConfig } from '../site.js';
import type { Words } from '../vocabulary.js';
import {
  type GbAnalog,
  type GbComponentRow,
  type GbUntold,
  gbAnalogOfUnit,
  gbAnalogs,
  gbBits,
  gbDeviceBits,
  gbOutputRows,
  gbRoleRows,
  ownAnalogFirst,
} from './gb-roles.js';

export interface GbPointRow {
  /** Table 4, Table 5, and four bytes as they go over the wire. */
  readonly system: number;
  readonly systemAddress: number;
  readonly component: number;
  readonly address: readonly number[];
  readonly is: 'point' | 'output';
  /** Of the point or the output. */
  readonly id: string;
  readonly name: Words;
  readonly zone: string | null;
  readonly zoneNumber: number;
  readonly number: number;
  /** What its state may say: bits of `gbBits`. */
  readonly bits: number;
  readonly analog: GbAnalogRow | null;
  /** Points of the same device that speak through this row. */
  readonly beside: readonly string[];
}

export interface GbAnalogRow {
  readonly type: number;
  /** One count, in `unit`; a value × `perUnit` = counts. */
  readonly step: number;
  readonly unit: string;
  readonly perUnit: number;
  readonly min: number;
  readonly max: number;
}

export interface GbPointTable {
  readonly rows: readonly GbPointRow[];
  /** Row and bits of everything that can be in alarm, by the id of a point. */
  readonly ofPoint: ReadonlyMap<string, { readonly row: GbPointRow; readonly bits: number }>;
  /** By the id of a device: its own rows, and those of what is wired to it. */
  readonly ofDevice: ReadonlyMap<string, readonly GbPointRow[]>;
  readonly ofOutput: ReadonlyMap<string, GbPointRow>;
  /** Bits of the transmission device's own state, by the id of a point of the box. */
  readonly ofBox: ReadonlyMap<string, number>;
  /** Points that are told nothing of, and why. */
  readonly untold: readonly { readonly id: string; readonly why: GbUntold }[];
}

/** Outputs are numbered from here on, so that no detector moves one. */
const firstOutput = 10_001;
const int16 = { min: -0x8000, max: 0x7fff } as const;
const untoldOutputs: ReadonlySet<string> = new Set(['lamp']);
const defaultSystemAddress = 1;

/** The device that a point belongs to: what stands before the slash. */
export function deviceOf(pointId: string): string {
  const slash = pointId.indexOf('/');
  return slash < 0 ? pointId : pointId.slice(0, slash);
}

type TableSite = Pick<SiteConfig, 'points' | 'outputs' | 'zones'>;
type TableUplink = Pick<GbUplinkConfig, 'roles' | 'places' | 'dialect'>;

interface Told {
  readonly point: PointConfig;
  readonly row: GbComponentRow;
  readonly analog: GbAnalogRow | null;
}

export function pointTable(site: TableSite, uplink: TableUplink): GbPointTable {
  const untold: { id: string; why: GbUntold }[] = [];
  const told = site.points.flatMap((point): Told[] => {
    const row = rowOf(point, uplink);
    if (typeof row === 'string') {
      untold.push({ id: point.id, why: row });
      return [];
    }
    return [{ point, row, analog: analogOf(point, row, uplink) }];
  });
  const numbering = new Numbering(site, uplink);
  const rows: GbPointRow[] = [];
  const ofPoint = new Map<string, { row: GbPointRow; bits: number }>();
  for (const group of grouped(told, ({ point }) => `${deviceOf(point.id)} ${objectOf(point)}`).values()) {
    // Those beside speak through the first row of their device; where it has none, the first of them is it.
    const first = group.find(({ row }) => row.as === 'own' && row.bits !== 0) ?? group[0];
    const carried = group.filter((each) => each !== first && each.row.as === 'beside' && each.analog === null);
    let head: GbPointRow | null = null;
    for (const each of group) {
      if (carried.includes(each)) continue;
      // What only measures belongs to what its device is.
      const as = each.row.as === 'own' && each.row.bits !== 0 ? each.row : (first?.row ?? each.row);
      const row = numbering.point(each, as, each === first ? carried : []);
      if (each === first) head = row;
      rows.push(row);
      ofPoint.set(each.point.id, { row, bits: each.row.bits });
    }
    for (const { point, row } of head === null ? [] : carried) {
      if (head !== null) ofPoint.set(point.id, { row: head, bits: row.bits });
    }
  }
  const outputs = site.outputs
    .filter(({ kind }) => !untoldOutputs.has(kind))
    .map((output, counted) => numbering.output(output, counted));
  return {
    rows: [...rows, ...outputs],
    ofPoint,
    ofDevice: rowsOfDevices(site, ofPoint),
    ofOutput: new Map(outputs.map((row) => [row.id, row])),
    ofBox: new Map(site.points.flatMap((point) => boxBits(point))),
    untold,
  };
}

/** A module that is lost takes what is wired to it along. */
function rowsOfDevices({ points }: TableSite, ofPoint: GbPointTable['ofPoint']): GbPointTable['ofDevice'] {
  const devices = new Map<string, Set<GbPointRow>>();
  for (const { id, source } of points) {
    const row = ofPoint.get(id)?.row;
    if (row === undefined) continue;
    const asked = source.kind === 'register' || source.kind === 'stream' ? [source.device] : [];
    for (const device of new Set<string>([deviceOf(id), ...asked])) {
      devices.set(device, (devices.get(device) ?? new Set()).add(row));
    }
  }
  return new Map([...devices].map(([device, rows]) => [device, [...rows]]));
}

function boxBits({ id, role, source, class: own }: PointConfig): [string, number][] {
  if (source.kind !== 'box' || own !== 'fault') return [];
  const power = role === 'mains.lost' ? gbDeviceBits.mains : role === 'battery.low' ? gbDeviceBits.battery : 0;
  return [[id, gbDeviceBits.fault | power]];
}

function rowOf({ role, source, physicalUnit }: PointConfig, { roles }: TableUplink): GbComponentRow | GbUntold {
  if (source.kind === 'box') return 'device';
  const builtIn = gbRoleRows[role];
  const said = roles.get(role);
  if (typeof builtIn === 'string') {
    // The site file may give a word to a role that has none.
    if (builtIn !== 'no-word' || said?.system == null || said.component === null) return builtIn;
    return { as: 'own', system: said.system, component: said.component, bits: 0, analog: said.analog };
  }
  if (builtIn.analog === 'unit' && said?.analog == null && !gbAnalogOfUnit.has(physicalUnit ?? '')) return 'no-word';
  return {
    ...builtIn,
    system: said?.system ?? builtIn.system,
    component: said?.component ?? builtIn.component,
    analog: said?.analog ?? builtIn.analog,
  };
}

/** Null: it has none, or its unit can not be counted in it. */
function analogOf(
  { role, physicalUnit }: PointConfig,
  row: GbComponentRow,
  { roles }: TableUplink,
): GbAnalogRow | null {
  if (physicalUnit === null || row.analog === null) return null;
  const type = row.analog === 'unit' ? gbAnalogOfUnit.get(physicalUnit) : row.analog;
  if (type === undefined) return null;
  const said = roles.get(role)?.step ?? (type >= ownAnalogFirst ? (row.step ?? null) : null);
  if (said !== null) return { type, step: said, unit: physicalUnit, perUnit: 1 / said, ...int16 };
  const standard: GbAnalog | undefined = gbAnalogs.get(type);
  const factor = standard === undefined ? null : conversionFactor(physicalUnit, standard.unit);
  if (standard === undefined || factor === null) return null;
  const { step, unit, min, max } = standard;
  return { type, step, unit, perUnit: rounded(factor / step), min, max };
}

/** Zones and numbers of components, and what `points:` of the uplink says instead. */
class Numbering {
  readonly #zones: ReadonlyMap<string, number>;
  readonly #places: TableUplink['places'];
  readonly #layout: TableUplink['dialect']['componentLayout'];
  /** Components so far, by zone number; the rows of each device. */
  readonly #counted = new Map<number, number>();
  readonly #ofDevice = new Map<string, number>();

  constructor({ zones }: TableSite, { places, dialect }: TableUplink) {
    this.#zones = new Map(zones.map(({ id }, at) => [id, at + 1]));
    this.#places = places;
    this.#layout = dialect.componentLayout;
  }

  point({ point, analog, row }: Told, as: GbComponentRow, carried: readonly Told[]): GbPointRow {
    const device = deviceOf(point.id);
    const own = this.#places.get(point.id);
    const shared = this.#places.get(device);
    const nth = this.#ofDevice.get(device) ?? 0;
    this.#ofDevice.set(device, nth + 1);
    const counted = this.#next(point.zone);
    // The number of a device is that of its first component; the others count on.
    const number = own?.number ?? (shared?.number == null ? counted : shared.number + nth);
    return {
      ...{ is: 'point', id: point.id, name: nameOf(point), zone: point.zone },
      ...this.#at(as, point.zone, number, own, shared),
      bits: carried.reduce((bits, each) => bits | each.row.bits, row.bits),
      analog,
      beside: carried.map((each) => each.point.id),
    };
  }

  output(output: TableSite['outputs'][number], counted: number): GbPointRow {
    const own = this.#places.get(output.id);
    const as = gbOutputRows[output.kind === 'amplifier' ? 'amplifier' : output.kind === 'strobe' ? 'strobe' : 'siren'];
    return {
      ...{ is: 'output', id: output.id, name: output.name, zone: output.zone },
      ...this.#at(as, output.zone, own?.number ?? firstOutput + counted, own, undefined),
      bits: gbBits.started | gbBits.feedback | gbBits.fault,
      analog: null,
      beside: [],
    };
  }

  #at(
    { system, component }: Pick<GbComponentRow, 'system' | 'component'>,
    zone: string | null,
    number: number,
    own: GbPlace | undefined,
    shared: GbPlace | undefined,
  ) {
    const zoneNumber = own?.zone ?? shared?.zone ?? this.#zoneNumber(zone);
    const systemAddress = own?.systemAddress ?? shared?.systemAddress ?? defaultSystemAddress;
    const words = {
      zone_point: [zoneNumber, number],
      point_zone: [number, zoneNumber],
      number: [number, number >>> 16],
    };
    const address = words[this.#layout].flatMap((word) => [word & 0xff, (word >> 8) & 0xff]);
    return { system, systemAddress, component, address, zoneNumber, number };
  }

  #zoneNumber(zone: string | null): number {
    return zone === null ? 0 : (this.#zones.get(zone) ?? 0);
  }

  /** With one number for all, zones do not keep them apart: it counts on through the whole site. */
  #next(zone: string | null): number {
    const of = this.#layout === 'number' ? -1 : this.#zoneNumber(zone);
    const next = (this.#counted.get(of) ?? 0) + 1;
    this.#counted.set(of, next);
    return next;
  }
}

function nameOf({ place, name }: PointConfig): Words {
  return place === null ? name : { zh: `${place.zh} ${name.zh}`, en: `${place.en}, ${name.en}` };
}

/** One loop and address of a panel is a component of its own. */
function objectOf({ source }: PointConfig): string {
  return source.kind === 'stream' ? (source.object ?? '') : '';
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}
