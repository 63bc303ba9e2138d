import { channelRow, inputRow } from '../channel-row.js';
import { isContact, isModbus, isSignal, isStream } from '../profile-kind.js';
import { missing, noSuchChannel, usedTwice } from './finding.js';
const lineOrInput = { zh: 'line 和 unit，或 input', en: 'line and unit, or input' };
const lineAndUnit = { zh: 'line 和 unit', en: 'line and unit' };
const lineAlone = { zh: '只写 line：这种设备没有地址', en: 'line alone: this device has no address' };
const channelOrPin = { zh: 'device 和 channel，或 gpio', en: 'device and channel, or gpio' };
const contactOnly = { zh: 'contact 只用于带 input 的干接点', en: 'contact only for a dry contact with input' };
const deviceAndChannel = { zh: 'device 和 channel', en: 'device and channel' };
const channelOnly = { zh: '有 channel，没有 device', en: 'channel without device' };
const noChannel = { zh: '没有 channel', en: 'no channel' };
const levelAtPin = { zh: 'closed_level 只和 gpio 一起用', en: 'closed_level only together with gpio' };
const notAtPin = { zh: 'device 和 channel：引脚不能测量', en: 'device and channel: a pin can not measure' };
const analogModule = { zh: '带模拟量输入的模块', en: 'a module with analog inputs' };
const contactModule = { zh: '带触点输入的模块', en: 'a module with inputs for contacts' };
const neither = { zh: '都没有', en: 'neither' };
const bothWritten = { zh: '都写了', en: 'both' };
const unitOnly = { zh: '有 unit，没有 line', en: 'unit without line' };
const lineOnly = { zh: '有 line，没有 unit', en: 'line without unit' };
/** Each device hangs at exactly one place, of the kind that its profile needs, and nobody else hangs there. */
export const checkWiring = function* (site) {
    yield* usedTwice('CONF-033', inputUses(site));
    for (const entry of site.draft.devices) {
        const profile = site.profiles.get(entry.value.profile);
        yield* placeOf(entry, profile);
        yield* inputKeys(entry, profile);
        if (profile !== undefined)
            yield* kindFits(entry, profile);
        yield* inputExists(site, entry, profile);
    }
};
function finding({ index, value }, path, expected, got) {
    return { code: 'CONF-029', path: ['devices', index, ...path], where: `device ${value.id}`, expected, got };
}
function* placeOf(entry, profile) {
    const { line, unit, input } = entry.value;
    // Hosts that have no addresses share no line: such a device is named by its line alone.
    const isAlone = profile !== undefined && isStream(profile) && profile.address_range === undefined;
    if (line === undefined && unit === undefined && input === undefined) {
        yield finding(entry, [], lineOrInput, neither);
    }
    else if (input !== undefined && (line !== undefined || unit !== undefined)) {
        yield finding(entry, ['input'], lineOrInput, bothWritten);
    }
    else if (isAlone && unit !== undefined) {
        yield finding(entry, ['unit'], lineAlone, `unit ${unit}`);
    }
    else if (input === undefined && !isAlone && (line === undefined || unit === undefined)) {
        yield finding(entry, [], lineAndUnit, line === undefined ? unitOnly : lineOnly);
    }
}
function* inputKeys(entry, profile) {
    const { input, contact } = entry.value;
    if (contact !== undefined && (input === undefined || (profile !== undefined && !isContact(profile)))) {
        yield finding(entry, ['contact'], contactOnly, contact);
    }
    if (input === undefined)
        return;
    const { device, channel, gpio, closed_level } = input;
    const isOnUnit = device !== undefined || channel !== undefined;
    if (isOnUnit === (gpio !== undefined)) {
        yield finding(entry, ['input'], channelOrPin, isOnUnit ? bothWritten : neither);
    }
    else if (isOnUnit && (device === undefined || channel === undefined)) {
        const got = device === undefined ? channelOnly : noChannel;
        yield finding(entry, ['input'], deviceAndChannel, got);
    }
    else if (gpio !== undefined && profile !== undefined && isSignal(profile)) {
        yield finding(entry, ['input'], notAtPin, `gpio ${gpio}`);
    }
    if (isOnUnit && closed_level !== undefined) {
        yield finding(entry, ['input', 'closed_level'], levelAtPin, closed_level);
    }
}
function* kindFits({ index, value }, profile) {
    const wantsInput = isContact(profile) || isSignal(profile);
    const isOnLine = value.line !== undefined;
    const isAtInput = value.input !== undefined;
    // Both or neither is a problem of the wiring, told already.
    if (isOnLine === isAtInput || wantsInput === isAtInput)
        return;
    const expected = wantsInput ? 'input' : lineAndUnit;
    const path = ['devices', index, 'profile'];
    yield { code: 'CONF-030', path, where: `device ${value.id}`, expected, got: value.profile };
}
function* inputExists({ draft, profiles }, { index, value }, sensor) {
    const { device, channel } = value.input ?? {};
    if (device === undefined)
        return;
    const where = `device ${value.id}`;
    const path = ['devices', index, 'input', 'device'];
    if (!draft.named.devices.has(device))
        yield missing('CONF-025', path, where, device, draft.named.devices);
    const module = draft.devices.find((entry) => entry.value.id === device);
    const profile = module === undefined ? undefined : profiles.get(module.value.profile);
    if (profile === undefined)
        return;
    const role = sensor !== undefined && isSignal(sensor) ? 'signal' : 'contact';
    const row = isModbus(profile) ? inputRow(profile.points, role) : null;
    const channels = row === null ? 0 : (channelRow(row.key)?.channels ?? 0);
    if (row === null) {
        const expected = role === 'signal' ? analogModule : contactModule;
        yield { code: 'CONF-036', path, where, expected, got: `${device} (${profile.id})` };
    }
    else if (channel !== undefined && channel > channels) {
        yield noSuchChannel(['devices', index, 'input', 'channel'], where, device, channels, channel);
    }
}
function* inputUses({ draft, profiles }) {
    for (const { index, value } of draft.devices) {
        const { device, channel } = value.input ?? {};
        if (device === undefined || channel === undefined)
            continue;
        const profile = profiles.get(value.profile);
        const kind = profile !== undefined && isSignal(profile) ? 'analog input' : 'input';
        const path = ['devices', index, 'input', 'channel'];
        yield { thing: `${device} ${kind} ${channel}`, path, user: `device ${value.id}` };
    }
}
