import { SimPinBoard } from './gpio-board.js';
import { makeModel } from './modbus/models.js';
import { SimUnit } from './modbus/sim-unit.js';
import { findSwitch } from './output-switch.js';
import { SimBox } from './sim-box.js';
import { SimHorns } from './sim-horns.js';
import { makeLine } from './sim-line.js';
import { makeStream } from './stream/sim-stream.js';
import { fitLabel, setUnitValue } from './unit-values.js';
import { voiceOn } from './wire-voice.js';
/** Throws RangeError when the site names a profile, relay or id that the simulator does not have. */
export function buildVillage(config, clock, options = {}) {
    const board = options.board ?? new SimPinBoard(clock);
    const box = new SimBox();
    const lines = new Map(config.lines.map((line) => [line.id, makeLine(line, clock, options.chunkBytes ?? 'whole')]));
    const units = buildUnits(config, clock, options, lines);
    const streams = buildStreams(config, clock, lines);
    const outputs = new Map(config.outputs.map((output) => [output.id, findSwitch(output, (device) => known(units, device, 'device'), board)]));
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
            if (point === undefined)
                throw new RangeError(`the site has no point ${pointId}`);
            const { source } = point;
            switch (source.kind) {
                case 'pin':
                    return board.drive(source.pin, levelFor(point, state));
                case 'register':
                    return setUnitValue(known(units, source.device, 'device'), point, config.points, state);
                case 'stream':
                    return known(streams, source.device, 'device').setSignal(source.signal, source.object, checkedSignal(point, source, state));
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
            if (stream !== undefined)
                stream.setPower(on);
            else
                known(units, deviceId, 'device').on = on;
        },
        outputIsOn: (outputId) => known(outputs, outputId, 'output').isOn(),
        onOutputChange(listener) {
            const cancels = [...outputs].map(([id, each]) => each.onChange((on, atMono) => listener(id, on, atMono)));
            return () => {
                for (const cancel of cancels)
                    cancel();
            };
        },
        stop: () => {
            for (const stream of streams.values())
                stream.stop();
        },
    };
}
function serialWires(config, lines) {
    const wires = new Map();
    for (const { id, transport } of config.lines) {
        const wire = known(lines, id, 'line').wire;
        if (transport === 'serial' && wire !== null)
            wires.set(id, wire);
    }
    return wires;
}
function buildUnits(config, clock, options, lines) {
    const units = new Map();
    for (const { id, profileId, address, line } of config.units) {
        const model = makeModel(profileId, clock);
        if (options.isCommissioned ?? true)
            model.commission();
        const unit = new SimUnit({
            address,
            model,
            ...(options.turnaroundMs === undefined ? {} : { turnaroundMs: options.turnaroundMs }),
        });
        known(lines, line, 'line').attach(unit);
        units.set(id, unit);
    }
    return units;
}
/** They speak from now on. */
function buildStreams(config, clock, lines) {
    const streams = new Map();
    for (const device of config.streams) {
        const { wire } = known(lines, device.line, 'line');
        if (wire === null)
            throw new RangeError(`${device.id} needs a line with serial settings`);
        const stream = makeStream(device.profileId, streamOptions(device, config.points), clock);
        wire.attachTalker(stream);
        stream.start(voiceOn(wire, clock), clock);
        streams.set(device.id, stream);
    }
    return streams;
}
/** What was set in the device and how it was mounted: a number with an offset is measured downwards from there. */
function streamOptions({ id, codecOptions, address }, points) {
    const heights = points.flatMap(({ source }) => source.kind === 'stream' && source.device === id && source.offset !== 0 ? [source.offset] : []);
    return {
        ...codecOptions,
        ...(address === null ? {} : { address }),
        ...(heights[0] === undefined ? {} : { mounting_height: heights[0] }),
    };
}
/** Contacts as on a quiet day, then the supply is switched on: a closed contact is no edge to a module that starts. */
function restUnits(config, units) {
    for (const unit of units.values())
        unit.on = false;
    // An input of a module and the dry contact wired to it share a register; the contact knows what normal is.
    const bareInputsFirst = [...config.points].sort((a, b) => Number(b.role === 'contact') - Number(a.role === 'contact'));
    for (const point of bareInputsFirst) {
        const { source } = point;
        if (source.kind !== 'register')
            continue;
        const unit = known(units, source.device, 'device');
        fitLabel(unit, source, config.points);
        const normal = normalState(point);
        const isRelay = unit.model.relayAt(source.table, source.address) !== null;
        if (normal !== null && !isRelay)
            setUnitValue(unit, point, config.points, normal);
    }
    for (const unit of units.values())
        unit.on = true;
}
/** A new board's pins: inputs at their normal level, outputs off (an active-low relay board is pulled up). */
function restPins(config, board) {
    if (board === null)
        return;
    for (const { target } of config.outputs)
        if (target.kind === 'pin')
            board.drive(target.pin, target.activeLow);
    for (const point of config.points) {
        const normal = normalState(point);
        if (point.source.kind === 'pin' && normal !== null)
            board.drive(point.source.pin, levelFor(point, normal));
    }
}
function normalState(point) {
    return Object.entries(point.severities).find(([, severity]) => severity === 'normal')?.[0] ?? null;
}
function levelFor(point, state) {
    const { source } = point;
    if (source.kind === 'pin' && (state === source.low || state === source.high))
        return state === source.high;
    throw new RangeError(`point ${point.id} has no state ${state}`);
}
/** A state that the point has, or a number in its physical unit. */
function checkedSignal(point, source, state) {
    if (source.rest === null) {
        if (typeof state === 'number' && !Number.isNaN(state))
            return state;
        throw new RangeError(`point ${point.id} is a number, not ${state}`);
    }
    if (typeof state === 'string' && state in point.severities)
        return state;
    throw new RangeError(`point ${point.id} has no state ${state}; it has: ${Object.keys(point.severities).join(', ')}`);
}
function known(map, id, kind) {
    const value = map.get(id);
    if (value === undefined)
        throw new RangeError(`the site has no ${kind} ${id}`);
    return value;
}
