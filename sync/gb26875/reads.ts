/** What a read of the centre (types 61 to 68, 81 to 88) is answered, from how the site stands now. Pure. */
import type { GbAdu, GbComponent, GbSystem, GbTime } from './frame-types.js';

/** A row of the point table as it stands now. */
export interface GbComponentNow extends GbComponent {
  readonly text: string;
  /** Table 5.3 of the standard; null: not known yet, so nothing is said. */
  readonly state: number | null;
  readonly time: GbTime | null;
  readonly analogs: readonly { readonly analog: number; readonly value: number; readonly time: GbTime | null }[];
}

export interface GbSystemNow extends GbSystem {
  readonly state: number;
  readonly text: string;
}

export interface GbOperationNow {
  readonly operation: number;
  readonly operator: number;
  /** Null: of the box itself. */
  readonly of: GbSystem | null;
  readonly time: GbTime | null;
  readonly wall: number;
}

/** How the site stands, in the words of this language. Each call is a snapshot of that moment; cheap enough to be asked ten times a second. */
export interface GbSite {
  /** False: what an earlier start had saved is not read yet, so that a state would be told as normal that nobody knows. */
  isKnown(): boolean;
  components(): readonly GbComponentNow[];
  systems(): readonly GbSystemNow[];
  device(): { readonly state: number; readonly major: number; readonly minor: number; readonly text: string };
  /** The newest ones that are remembered, oldest first. */
  operations(): readonly GbOperationNow[];
}

export interface ReadMoment {
  readonly time: GbTime | null;
  /** Of a time on the wire. */
  readonly wallOf: (time: GbTime) => number;
}

/** A text of a data unit has its length in one byte, and a component may have several analog values: objects of an answer. */
const analogsMax = 63;
/** Objects of types 4 and 24; a centre may ask for 255, and gets the first ones. */
const componentOperationsMax = 102;
const deviceOperationsMax = 127;

/** What is answered by how things stand, and so only once that is known. */
export function asksStates({ type }: GbAdu): boolean {
  return type === 61 || type === 62 || type === 81;
}

/** Null: nothing of it is there. An answer holds what is there, and leaves out the rest. */
export function answerRead(asked: GbAdu, site: GbSite, now: ReadMoment): GbAdu | null {
  switch (asked.type) {
    case 61:
      return some(
        1,
        of(asked.objects, site.systems()).map((each) => ({ ...systemOf(each), state: each.state, time: now.time })),
      );
    case 62:
      return some(
        2,
        components(asked.objects, site).flatMap(({ state, text, time, ...each }) =>
          state === null ? [] : [{ ...componentOf(each), state, text, time: time ?? now.time }],
        ),
      );
    case 63:
      return some(
        3,
        components(asked.objects, site)
          .flatMap(({ analogs, ...each }) => analogs.map((analog) => ({ ...componentOf(each), ...analog })))
          .slice(0, analogsMax),
      );
    case 64: {
      const [object] = asked.objects;
      if (object === undefined) return null;
      const rows = site.operations().filter((each) => each.of !== null && isSystem(each.of, object));
      return some(
        4,
        since(rows, object, now, componentOperationsMax).map((each) => ({ ...systemOf(object), ...operationOf(each) })),
      );
    }
    case 65: {
      const { major, minor } = site.device();
      return some(
        5,
        of(asked.objects, site.systems()).map((each) => ({ ...systemOf(each), major, minor })),
      );
    }
    case 66:
      return some(
        6,
        of(asked.objects, site.systems()).map((each) => ({ ...systemOf(each), text: each.text })),
      );
    case 67:
      return some(
        7,
        components(asked.objects, site).map((each) => ({ ...componentOf(each), text: each.text })),
      );
    case 68:
      return some(
        8,
        of(asked.objects, site.systems()).map((each) => ({ ...systemOf(each), time: now.time })),
      );
    case 81:
      return { type: 21, objects: [{ state: site.device().state, time: now.time }] };
    case 84: {
      const [object] = asked.objects;
      if (object === undefined) return null;
      const rows = site.operations().filter((each) => each.of === null);
      return some(24, since(rows, object, now, deviceOperationsMax).map(operationOf));
    }
    case 85: {
      const { major, minor } = site.device();
      return { type: 25, objects: [{ major, minor }] };
    }
    case 86:
      return { type: 26, objects: [{ text: site.device().text }] };
    case 88:
      return { type: 28, objects: [{ time: now.time }] };
    default:
      return null;
  }
}

/** The empty answer to a read that matches nothing, where the platform wants one. */
export function emptyAnswer(asked: GbAdu): GbAdu | null {
  const types: Readonly<Record<number, GbAdu>> = {
    61: { type: 1, objects: [] },
    62: { type: 2, objects: [] },
    63: { type: 3, objects: [] },
    64: { type: 4, objects: [] },
    65: { type: 5, objects: [] },
    66: { type: 6, objects: [] },
    67: { type: 7, objects: [] },
    68: { type: 8, objects: [] },
    84: { type: 24, objects: [] },
  };
  return asked.type === 'other' ? null : (types[asked.type] ?? null);
}

function some<T extends GbAdu['type']>(type: T, objects: readonly object[]): GbAdu | null {
  return objects.length === 0 ? null : ({ type, objects } as unknown as GbAdu);
}

function of<T extends GbSystem>(asked: readonly GbSystem[], systems: readonly T[]): readonly T[] {
  return asked.flatMap((each) => systems.filter((system) => isSystem(system, each)).slice(0, 1));
}

function components(
  asked: readonly (GbSystem & { readonly address: readonly number[] })[],
  site: GbSite,
): readonly GbComponentNow[] {
  const all = site.components();
  const isSame = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((byte, at) => byte === other[at]);
  return asked.flatMap((each) =>
    all.filter((row) => isSystem(row, each) && isSame(row.address, each.address)).slice(0, 1),
  );
}

function since(
  rows: readonly GbOperationNow[],
  { records, time }: { readonly records: number; readonly time: GbTime | null },
  { wallOf }: ReadMoment,
  max: number,
): readonly GbOperationNow[] {
  const fromWall = time === null ? Number.NEGATIVE_INFINITY : wallOf(time);
  return rows.filter(({ wall }) => wall >= fromWall).slice(0, Math.min(records, max));
}

function isSystem(one: GbSystem, other: GbSystem): boolean {
  return one.system === other.system && one.systemAddress === other.systemAddress;
}

function systemOf({ system, systemAddress }: GbSystem): GbSystem {
  return { system, systemAddress };
}

function componentOf({ system, systemAddress, component, address }: GbComponent): GbComponent {
  return { system, systemAddress, component, address };
}

function operationOf({ operation, operator, time }: GbOperationNow) {
  return { operation, operator, time };
}
