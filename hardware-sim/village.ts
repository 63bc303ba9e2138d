/**
 * A village that does not exist, built from a site: every line a wire, every unit a module, every pin on one board. The
 * verbs are what people and weather do: smoke enters, a wire breaks, somebody pulls a fuse.
 */
import type { DeviceId, LineId, OutputId, PointId } from '../config/ids.js';
import type { PointConfig, RegisterSource, SiteConfig } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import { ByteWire } from './byte-wire.js';
import { SimPinBoard } from './gpio-board.js';
import { makeModel } from './modbus/models.js';
import { SimUnit } from './modbus/sim-unit.js';
import { findSwitch } from './output-switch.js';
import { bitsPerChar } from './wire-timing.js';

export interface VillageOptions {
  /** How bytes reach the master (byte-wire.ts). Default `whole`. */
  readonly chunkBytes?: number | 'whole';
  /** Of every unit. Default 10. */
  readonly turnaroundMs?: number;
  /** False: modules as they leave the factory, e.g. inputs that switch outputs by themselves. Default true: set up. */
  readonly isCommissioned?: boolean;
  /** A board that outlived an earlier village. */
  readonly board?: SimPinBoard;
}

export type OutputListener = (outputId: OutputId, on: boolean, atMono: number) => void;

export interface Village {
  readonly config: SiteConfig;
  readonly wires: ReadonlyMap<LineId, ByteWire>;
  /** The same wires by tty path, as mock-serial.ts wants them. */
  readonly wiresByPath: ReadonlyMap<string, ByteWire>;
  readonly units: ReadonlyMap<DeviceId, SimUnit>;
  readonly board: SimPinBoard;
  /** Brings a point into a state (a key of the site), or to a number in its physical unit. Throws RangeError for a point
   * or state that the site does not have. */
  setPoint(pointId: PointId, state: string | number): void;
  cutLine(lineId: LineId, isCut: boolean): void;
  switchUnit(deviceId: DeviceId, on: boolean): void;
  /** What the siren hears: the relay's contact or the pin's level, not what anybody believes. */
  outputIsOn(outputId: OutputId): boolean;
  onOutputChange(listener: OutputListener): Cancel;
}

/** Throws RangeError when the site names a profile, relay or id that the simulator does not have. */
export function buildVillage(config: SiteConfig, clock: Clock, options: VillageOptions = {}): Village {
  const board = options.board ?? new SimPinBoard(clock);
  const wires = buildWires(config, clock, options);
  const units = buildUnits(config, clock, options, wires);
  const outputs = new Map(
    config.outputs.map((output) => [output.id, findSwitch(output, (device) => known(units, device, 'device'), board)]),
  );
  restPins(config, options.board === undefined ? board : null);
  restUnits(config, units);
  return {
    config,
    wires,
    wiresByPath: new Map(config.lines.map((line) => [line.path, known(wires, line.id, 'line')])),
    units,
    board,
    setPoint(pointId, state) {
      const point = config.points.find((each) => each.id === pointId);
      if (point === undefined) throw new RangeError(`the site has no point ${pointId}`);
      if (point.source.kind === 'pin') board.drive(point.source.pin, levelFor(point, state));
      else setRegister(known(units, point.source.device, 'device'), point.source, rawFor(point, point.source, state));
    },
    cutLine: (lineId, isCut) => known(wires, lineId, 'line').setCut(isCut),
    switchUnit: (deviceId, on) => {
      known(units, deviceId, 'device').on = on;
    },
    outputIsOn: (outputId) => known(outputs, outputId, 'output').isOn(),
    onOutputChange(listener) {
      const cancels = [...outputs].map(([id, each]) => each.onChange((on, atMono) => listener(id, on, atMono)));
      return () => {
        for (const cancel of cancels) cancel();
      };
    },
  };
}

function buildWires(config: SiteConfig, clock: Clock, options: VillageOptions): Map<LineId, ByteWire> {
  return new Map(
    config.lines.map((line) => [
      line.id,
      new ByteWire({
        clock,
        baud: line.baud,
        bitsPerChar: bitsPerChar(line),
        chunkBytes: options.chunkBytes ?? 'whole',
        path: line.path,
      }),
    ]),
  );
}

function buildUnits(
  config: SiteConfig,
  clock: Clock,
  options: VillageOptions,
  wires: ReadonlyMap<LineId, ByteWire>,
): Map<DeviceId, SimUnit> {
  const units = new Map<DeviceId, SimUnit>();
  for (const { id, profileId, address, line } of config.units) {
    const model = makeModel(profileId, clock);
    if (options.isCommissioned ?? true) model.commission();
    const unit = new SimUnit({
      address,
      model,
      ...(options.turnaroundMs === undefined ? {} : { turnaroundMs: options.turnaroundMs }),
    });
    known(wires, line, 'line').attach(unit);
    units.set(id, unit);
  }
  return units;
}

/** Contacts as on a quiet day, then the supply is switched on: a closed contact is no edge to a module that starts. */
function restUnits(config: SiteConfig, units: ReadonlyMap<DeviceId, SimUnit>): void {
  for (const unit of units.values()) unit.on = false;
  // An input of a module and the dry contact wired to it share a register; the contact knows what normal is.
  const bareInputsFirst = [...config.points].sort(
    (a, b) => Number(b.role === 'contact') - Number(a.role === 'contact'),
  );
  for (const point of bareInputsFirst) {
    const { source } = point;
    const normal = normalState(point);
    if (source.kind !== 'register' || normal === null) continue;
    const unit = known(units, source.device, 'device');
    const isRelay = unit.model.relayAt(source.table, source.address) !== null;
    if (!isRelay) setRegister(unit, source, rawFor(point, source, normal));
  }
  for (const unit of units.values()) unit.on = true;
}

/** A new board's pins: inputs at their normal level, outputs off (an active-low relay board is pulled up). */
function restPins(config: SiteConfig, board: SimPinBoard | null): void {
  if (board === null) return;
  for (const { target } of config.outputs) if (target.kind === 'pin') board.drive(target.pin, target.activeLow);
  for (const point of config.points) {
    const normal = normalState(point);
    if (point.source.kind === 'pin' && normal !== null) board.drive(point.source.pin, levelFor(point, normal));
  }
}

function normalState(point: PointConfig): string | null {
  return Object.entries(point.severities).find(([, severity]) => severity === 'normal')?.[0] ?? null;
}

function levelFor(point: PointConfig, state: string | number): boolean {
  const { source } = point;
  if (source.kind === 'pin' && (state === source.low || state === source.high)) return state === source.high;
  throw new RangeError(`point ${point.id} has no state ${state}`);
}

function rawFor(point: PointConfig, source: RegisterSource, state: string | number): number {
  if (source.states === null) {
    if (typeof state === 'number') return Math.round((state - source.offset) / source.scale) & 0xffff;
    throw new RangeError(`point ${point.id} is a number, not ${state}`);
  }
  for (const [raw, key] of source.states) if (key === state) return raw & 0xffff;
  throw new RangeError(`point ${point.id} has no state ${state}; it has: ${[...source.states.values()].join(', ')}`);
}

function setRegister(unit: SimUnit, source: RegisterSource, raw: number): void {
  unit.model.setRaw(source.table, source.address, raw);
}

function known<K extends string, V>(map: ReadonlyMap<K, V>, id: K, kind: string): V {
  const value = map.get(id);
  if (value === undefined) throw new RangeError(`the site has no ${kind} ${id}`);
  return value;
}
