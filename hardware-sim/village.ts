/**
 * A village that does not exist, built from a site: every line a wire or a network, every unit a module, every pin on one
 * board, and the devices that speak by themselves. The verbs are what people and weather do: smoke enters, a wire breaks,
 * somebody pulls a fuse.
 */
import type { DeviceId, LineId, OutputId, PointId } from '../config/ids.js';
import type { PointConfig, SiteConfig, StreamConfig, StreamSource, UnitConfig } from '../config/site.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { OpenByteLink } from '../drivers/driver.js';
import type { ByteWire } from './byte-wire.js';
import { SimPinBoard } from './gpio-board.js';
import { makeModel } from './modbus/models.js';
import { MovableUnit } from './modbus/movable-unit.js';
import { SimUnit } from './modbus/sim-unit.js';
import { unitMoves } from './modbus/unit-moves.js';
import type { SimNetwork } from './net/sim-network.js';
import { findSwitch } from './output-switch.js';
import { SimBox } from './sim-box.js';
import { SimHorns } from './sim-horns.js';
import { makeLine, type SimLine } from './sim-line.js';
import type { Speech } from './speech.js';
import { makeStream, type SimStream } from './stream/sim-stream.js';
import { fitLabel, setUnitValue } from './unit-values.js';
import { voiceOn } from './wire-voice.js';

export interface VillageOptions {
  /** How bytes reach the master (byte-wire.ts). Default `whole`. */
  readonly chunkBytes?: number | 'whole';
  /** Of every unit. Default 10. */
  readonly turnaroundMs?: number;
  /** False: modules as they leave the factory, e.g. inputs that switch outputs by themselves. Default true: set up. */
  readonly isCommissioned?: boolean;
  /** How single units speak, where they do not as their line does. */
  readonly speechOf?: (unit: UnitConfig) => Speech | null;
  /** True: units that stand in unit-moves.ts can be given another address or speed, and answer there afterwards. Default false. */
  readonly isMovable?: boolean;
  /** A board that outlived an earlier village. */
  readonly board?: SimPinBoard;
}

export type OutputListener = (outputId: OutputId, on: boolean, atMono: number) => void;

export interface Village {
  readonly config: SiteConfig;
  /** The pairs of the serial lines. */
  readonly wires: ReadonlyMap<LineId, ByteWire>;
  /** The same wires by tty path, as mock-serial.ts wants them. */
  readonly wiresByPath: ReadonlyMap<string, ByteWire>;
  /** The networks of the others; `lines` has the pairs behind their servers. */
  readonly networks: ReadonlyMap<LineId, SimNetwork>;
  readonly lines: ReadonlyMap<LineId, SimLine>;
  /** How each line is opened without ttys and sockets, on the village's own clock. */
  readonly opens: ReadonlyMap<LineId, OpenByteLink>;
  readonly units: ReadonlyMap<DeviceId, SimUnit>;
  readonly streams: ReadonlyMap<DeviceId, SimStream>;
  readonly board: SimPinBoard;
  /** The box that the gateway runs on. */
  readonly box: SimBox;
  readonly horns: SimHorns;
  /** Brings a point into a state (a key of the site), or to a number in its physical unit. Throws RangeError for a point
   * or state that the site does not have, and for a number that its registers can not hold. */
  setPoint(pointId: PointId, state: string | number): void;
  cutLine(lineId: LineId, isCut: boolean): void;
  switchUnit(deviceId: DeviceId, on: boolean): void;
  /** What the siren hears: the relay's contact or the pin's level, not what anybody believes. */
  outputIsOn(outputId: OutputId): boolean;
  onOutputChange(listener: OutputListener): Cancel;
  /** Ends what speaks by itself. */
  stop(): void;
}

/** Throws RangeError when the site names a profile, relay or id that the simulator does not have. */
export function buildVillage(config: SiteConfig, clock: Clock, options: VillageOptions = {}): Village {
  const board = options.board ?? new SimPinBoard(clock);
  const box = new SimBox();
  const lines = new Map(config.lines.map((line) => [line.id, makeLine(line, clock, options.chunkBytes ?? 'whole')]));
  const units = buildUnits(config, clock, options, lines);
  const streams = buildStreams(config, clock, lines);
  const outputs = new Map(
    config.outputs.map((output) => [output.id, findSwitch(output, (device) => known(units, device, 'device'), board)]),
  );
  restPins(config, options.board === undefined ? board : null);
  restUnits(config, units);
  const wires = serialWires(config, lines);
  return {
    config,
    wires,
    wiresByPath: new Map([...wires.values()].map((wire) => [wire.path, wire])),
    networks: new Map([...lines].flatMap(([id, { network }]) => (network === null ? [] : [[id, network]]))),
    lines,
    opens: new Map([...lines].map(([id, { open }]) => [id, open])),
    units,
    streams,
    board,
    box,
    horns: new SimHorns(config.speakers, clock, (id) => known(outputs, id, 'output').isOn()),
    setPoint(pointId, state) {
      const point = config.points.find((each) => each.id === pointId);
      if (point === undefined) throw new RangeError(`the site has no point ${pointId}`);
      const { source } = point;
      switch (source.kind) {
        case 'pin':
          return board.drive(source.pin, levelFor(point, state));
        case 'register':
          return setUnitValue(known(units, source.device, 'device'), point, config.points, state);
        case 'stream':
          return known(streams, source.device, 'device').setSignal(
            source.signal,
            source.object,
            checkedSignal(point, source, state),
          );
        case 'box':
          return box.set(source.what, state);
        case 'diagnostic':
        case 'uplink':
          throw new RangeError(`point ${pointId} is measured by the gateway itself`);
      }
    },
    cutLine: (lineId, isCut) => known(lines, lineId, 'line').setCut(isCut),
    switchUnit: (deviceId, on) => {
      const stream = streams.get(deviceId);
      if (stream !== undefined) stream.setPower(on);
      else known(units, deviceId, 'device').on = on;
    },
    outputIsOn: (outputId) => known(outputs, outputId, 'output').isOn(),
    onOutputChange(listener) {
      const cancels = [...outputs].map(([id, each]) => each.onChange((on, atMono) => listener(id, on, atMono)));
      return () => {
        for (const cancel of cancels) cancel();
      };
    },
    stop: () => {
      for (const stream of streams.values()) stream.stop();
    },
  };
}

function serialWires(config: SiteConfig, lines: ReadonlyMap<LineId, SimLine>): Map<LineId, ByteWire> {
  const wires = new Map<LineId, ByteWire>();
  for (const { id, transport } of config.lines) {
    const wire = known(lines, id, 'line').wire;
    if (transport === 'serial' && wire !== null) wires.set(id, wire);
  }
  return wires;
}

function buildUnits(
  config: SiteConfig,
  clock: Clock,
  options: VillageOptions,
  lines: ReadonlyMap<LineId, SimLine>,
): Map<DeviceId, SimUnit> {
  const units = new Map<DeviceId, SimUnit>();
  for (const each of config.units) {
    const { id, profileId, address, line } = each;
    const speech = options.speechOf?.(each) ?? null;
    const model = makeModel(profileId, clock);
    if (options.isCommissioned ?? true) model.commission();
    const common = {
      address,
      model,
      ...(options.turnaroundMs === undefined ? {} : { turnaroundMs: options.turnaroundMs }),
    };
    const { wire } = known(lines, line, 'line');
    const moves = options.isMovable === true && wire !== null ? unitMoves[profileId] : undefined;
    const unit =
      moves === undefined || wire === null
        ? new SimUnit({ ...common, ...(speech === null ? {} : { speech }) })
        : new MovableUnit({ ...common, ...(speech ?? wire.speech), moves, wireBaud: () => wire.masterBaud });
    known(lines, line, 'line').attach(unit);
    units.set(id, unit);
  }
  return units;
}

/** They speak from now on. */
function buildStreams(config: SiteConfig, clock: Clock, lines: ReadonlyMap<LineId, SimLine>): Map<DeviceId, SimStream> {
  const streams = new Map<DeviceId, SimStream>();
  for (const device of config.streams) {
    const { wire } = known(lines, device.line, 'line');
    if (wire === null) throw new RangeError(`${device.id} needs a line with serial settings`);
    const stream = makeStream(device.profileId, streamOptions(device, config.points), clock);
    wire.attachTalker(stream);
    stream.start(voiceOn(wire, clock), clock);
    streams.set(device.id, stream);
  }
  return streams;
}

/** What was set in the device and how it was mounted: a number with an offset is measured downwards from there. */
function streamOptions(
  { id, codecOptions, address }: StreamConfig,
  points: readonly PointConfig[],
): Readonly<Record<string, string | number | boolean>> {
  const heights = points.flatMap(({ source }) =>
    source.kind === 'stream' && source.device === id && source.offset !== 0 ? [source.offset] : [],
  );
  return {
    ...codecOptions,
    ...(address === null ? {} : { address }),
    ...(heights[0] === undefined ? {} : { mounting_height: heights[0] }),
  };
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
    if (source.kind !== 'register') continue;
    const unit = known(units, source.device, 'device');
    fitLabel(unit, source, config.points);
    const normal = normalState(point);
    const isRelay = unit.model.relayAt(source.table, source.address) !== null;
    if (normal !== null && !isRelay) setUnitValue(unit, point, config.points, normal);
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

/** The first state that counts as normal; null for a number. */
export function normalState({ severities }: Pick<PointConfig, 'severities'>): string | null {
  return Object.entries(severities).find(([, severity]) => severity === 'normal')?.[0] ?? null;
}

function levelFor(point: PointConfig, state: string | number): boolean {
  const { source } = point;
  if (source.kind === 'pin' && (state === source.low || state === source.high)) return state === source.high;
  throw new RangeError(`point ${point.id} has no state ${state}`);
}

/** A state that the point has, or a number in its physical unit. */
function checkedSignal(point: PointConfig, source: StreamSource, state: string | number): string | number {
  if (source.rest === null) {
    if (typeof state === 'number' && !Number.isNaN(state)) return state;
    throw new RangeError(`point ${point.id} is a number, not ${state}`);
  }
  if (typeof state === 'string' && state in point.severities) return state;
  throw new RangeError(`point ${point.id} has no state ${state}; it has: ${Object.keys(point.severities).join(', ')}`);
}

function known<K extends string, V>(map: ReadonlyMap<K, V>, id: K, kind: string): V {
  const value = map.get(id);
  if (value === undefined) throw new RangeError(`the site has no ${kind} ${id}`);
  return value;
}
