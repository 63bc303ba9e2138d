/** Output + the profile of its relay unit → OutputConfig, or HeartbeatConfig. */
import assert from 'node:assert/strict';
import { channelAddress } from './channel-row.js';
import { brandId } from './ids.js';
import { unitNamed } from './resolve-unit.js';
import { nameOf } from './resolve-words.js';
/** Null for a heartbeat. */
export function resolveOutput(output, devices, profiles) {
    const { kind, on_control_lost, shows, proof } = output;
    if (kind === 'heartbeat')
        return null;
    assert(on_control_lost !== undefined, `on_control_lost of ${output.id} was checked`);
    return {
        ...headOf(output),
        kind,
        target: targetOf(output, devices, profiles),
        onControlLost: on_control_lost === 'keep_sounding' ? 'keep-sounding' : 'go-quiet',
        ...(shows === undefined ? {} : { shows }),
        ...(proof === undefined ? {} : { proof: proofOf(proof) }),
    };
}
function proofOf({ point, state, at_least, within_ms }) {
    const shown = { point: brandId(point), withinMs: within_ms };
    if (state !== undefined)
        return { ...shown, on: { state } };
    assert(at_least !== undefined, `proof by ${point} was checked`);
    return { ...shown, on: { atLeast: at_least } };
}
/** Null for all else. */
export function resolveHeartbeat(output) {
    if (output.kind !== 'heartbeat')
        return null;
    assert(output.gpio !== undefined, `pin of ${output.id} was checked`);
    return { ...headOf(output), target: pinOf(output.gpio) };
}
function headOf({ id, name, zone }) {
    return { id: brandId(id), name: nameOf(id, name), zone: zone === undefined ? null : brandId(zone) };
}
function pinOf({ pin, active_low }) {
    return { kind: 'pin', pin, activeLow: active_low };
}
function targetOf(output, devices, profiles) {
    if (output.gpio !== undefined)
        return pinOf(output.gpio);
    assert(output.relay !== undefined, `target of ${output.id} was checked`);
    const { channel, timed_s } = output.relay;
    const { device, applied } = unitNamed(output.relay.device, devices, profiles);
    const { profile } = applied;
    const { commands } = profile;
    const row = applied.points.find(({ key }) => key === commands?.row);
    assert(commands !== undefined && row !== undefined, `commands of ${profile.id} were checked`);
    const step = ({ table, addr, value }) => ({ table, address: addr + channel - 1, value });
    return {
        kind: 'unit',
        device: brandId(device.id),
        on: step(commands.on),
        off: step(commands.off),
        readBack: { table: row.table, address: channelAddress(row, channel), onRaw: commands.verify.raw_on },
        ...(timed_s === undefined ? {} : { timed: timedOn(commands, channel, timed_s) }),
    };
}
/** The value of a coil is the word of function 05 as it travels. */
function timedOn({ timed }, channel, forS) {
    assert(timed !== undefined, 'the timer of the relay was checked');
    const { table, addr, base, step_ms } = timed;
    const forMs = forS * 1000;
    return { table, address: addr + channel - 1, value: base + forMs / step_ms, forMs };
}
