import { lineFormat } from '../line-format.js';
import { toldIn } from '../problem.js';
import { isModbus, isStream } from '../profile-kind.js';
/** Every device must be able to live on its line: transport, dialect, serial settings, patience. */
export const checkLines = function* (site) {
    const users = lineUsers(site);
    for (const line of site.draft.lines) {
        const own = users.get(line.value.id) ?? [];
        const [first] = own;
        if (line.value.data_bits === 7 && (first === undefined || isModbus(first.profile))) {
            const path = ['lines', line.index, 'data_bits'];
            yield {
                code: 'CONF-031',
                path,
                where: `line ${line.value.id}`,
                expected: { zh: 'Modbus RTU 要 8', en: '8 for Modbus RTU' },
                got: '7',
            };
        }
        for (const { device, profile } of own) {
            const dialect = dialectOf(profile);
            const ruling = first === undefined ? dialect : dialectOf(first.profile);
            if (dialect !== ruling && first !== undefined)
                yield strangers(line, first, { device, profile });
            else if (first !== undefined && first.device !== device && (isAlone(first.profile) || isAlone(profile))) {
                const [id, user] = [line.value.id, first.device.value.id];
                const got = {
                    zh: `整条 ${id}，已由 device ${user} 使用`,
                    en: `${id} as a whole, already used by device ${user}`,
                };
                yield { ...cannotLive(device, '', got), code: 'CONF-021', expected: null, hint: aloneHint };
            }
            else
                yield* suits(line, device, profile);
        }
    }
};
const aloneHint = {
    zh: '没有地址的主机独占一条线路；在 lines 里再加一条线路给它',
    en: 'a device without an address needs a line of its own: add one under lines',
};
/** Two dialects on one line: both are named, because either may be the one that stands there wrongly. */
function strangers(line, first, other) {
    const named = ({ device, profile }) => `${device.value.id} (${profile.id}, ${dialectOf(profile)})`;
    const [a, b, id] = [first.device.value.id, other.device.value.id, line.value.id];
    return {
        ...cannotLive(other.device, { zh: `与 ${named(first)} 同类的设备`, en: `devices like ${named(first)}` }, named(other)),
        hint: {
            zh: `${a} 和 ${b} 不能同在线路 ${id} 上；给其中一台另一条线路`,
            en: `${a} and ${b} can not share line ${id}; give one of them another line`,
        },
    };
}
/** Without addresses nobody can tell who of two spoke. */
function isAlone(profile) {
    return isStream(profile) && profile.address_range === undefined;
}
function lineUsers({ draft, profiles }) {
    const users = new Map();
    for (const device of draft.devices) {
        const profile = profiles.get(device.value.profile);
        const { line } = device.value;
        if (line === undefined || profile === undefined || !(isModbus(profile) || isStream(profile)))
            continue;
        const own = users.get(line) ?? [];
        own.push({ device, profile });
        users.set(line, own);
    }
    return users;
}
/** One line carries one dialect: a device that speaks by itself would talk into the others' answers. */
function dialectOf(profile) {
    return isStream(profile) ? `dialect ${profile.link.codec}` : 'Modbus';
}
function* suits(line, device, profile) {
    const { value } = line;
    const fits = isModbus(profile)
        ? framingsOf(value).some((framing) => profile.link.transports.includes(framing))
        : value.transport !== 'tcp';
    if (!fits) {
        const spoken = isModbus(profile) ? profile.link.transports.map(lineKind).join(', ') : 'serial, rtu_over_tcp';
        const finding = cannotLive(device, { zh: `${profile.id} 用 transport ${spoken}`, en: `transport ${spoken} for ${profile.id}` }, `transport ${value.transport}`);
        const hasNoBaud = value.transport === 'tcp' && value.baud === undefined;
        const isRtu = isModbus(profile) && profile.link.transports.includes('rtu');
        yield hasNoBaud && isRtu ? { ...finding, hint: gatewayHint } : finding;
        return;
    }
    yield* serialFits(line, device, profile);
    if (!isModbus(profile))
        return;
    // A reply that comes after time-out and quarantine would be taken for the answer to the next request.
    const patienceMs = value.timeout_ms + value.quarantine_ms;
    if (patienceMs < profile.timing.response_timeout_ms) {
        const { response_timeout_ms: neededMs } = profile.timing;
        const expected = {
            zh: `timeout_ms + quarantine_ms 至少 ${neededMs}`,
            en: `timeout_ms + quarantine_ms of at least ${neededMs}`,
        };
        yield lineFinding(line, device, 'timeout_ms', expected, String(patienceMs));
    }
}
const gatewayHint = {
    zh: '若是后面带 RTU 设备的 Modbus TCP 网关，在线路上写它的波特率：baud: 9600',
    en: 'if it is a gateway with RTU units behind it, write its rate at the line: baud: 9600',
};
function* serialFits(line, device, profile) {
    if (isStream(profile)) {
        yield* streamFits(line, device, profile);
        return;
    }
    const format = lineFormat(line.value);
    if (format === null)
        return;
    const { serial } = profile;
    if (serial.bauds !== undefined && !serial.bauds.includes(format.baud)) {
        yield lineFinding(line, device, 'baud', serial.bauds.join(', '), String(format.baud));
    }
    if (serial.parities !== undefined && !serial.parities.includes(format.parity)) {
        yield lineFinding(line, device, 'parity', serial.parities.join(', '), format.parity);
    }
}
/** Nobody asks a device that speaks by itself, so that settings which do not suit it would look like a quiet day. */
function* streamFits(line, device, { serial }) {
    const format = lineFormat(line.value);
    if (format === null)
        return;
    const settings = [
        ['baud', serial.bauds ?? [serial.baud], format.baud],
        ['parity', [serial.parity], format.parity],
        ['data_bits', [serial.data_bits], format.dataBits],
        ['stop_bits', [serial.stop_bits], format.stopBits],
    ];
    for (const [key, allowed, got] of settings) {
        if (allowed.some((each) => each === got))
            continue;
        // What the file leaves out is told at the line, together with what is then meant.
        yield lineFinding(line, device, key, allowed.join(', '), String(got));
    }
}
/** Framings that units of the line hear. Behind Modbus TCP with serial settings stands a gateway with an RTU line. */
function framingsOf({ transport, baud }) {
    if (transport === 'serial')
        return ['rtu'];
    return transport === 'tcp' && baud !== undefined ? ['tcp', 'rtu'] : [transport];
}
function lineKind(framing) {
    return framing === 'rtu' ? 'serial' : framing;
}
function cannotLive({ index, value }, expected, got) {
    return { code: 'CONF-045', path: ['devices', index, 'line'], where: `device ${value.id}`, expected, got };
}
function lineFinding(line, device, key, expected, got) {
    const { id } = device.value;
    return {
        code: 'CONF-031',
        path: ['lines', line.index, key],
        where: `line ${line.value.id}`,
        expected: { zh: `${toldIn(expected, 'zh')}（设备 ${id}）`, en: `${toldIn(expected, 'en')} for device ${id}` },
        got,
    };
}
