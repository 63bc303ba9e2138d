import path from 'node:path';
import { usedTwice } from './finding.js';
/** The keys of a line belong to its transport, and what it is reached by belongs to one line only. */
export const checkLineKeys = function* (site) {
    yield* usedTwice('CONF-032', endpoints(site));
    for (const line of site.draft.lines)
        yield* keysFit(line);
};
function* endpoints({ draft }) {
    for (const { index, value } of draft.lines) {
        const user = `line ${value.id}`;
        if (value.transport === 'serial') {
            if (value.path === undefined)
                continue;
            yield { thing: path.posix.normalize(value.path), path: ['lines', index, 'path'], user };
        }
        else if (value.host !== undefined) {
            const port = portOf(value);
            if (port === undefined)
                continue;
            yield { thing: `${value.host.toLowerCase()} port ${port}`, path: ['lines', index, 'host'], user };
        }
    }
}
function portOf({ transport, port }) {
    return port ?? (transport === 'tcp' ? 502 : undefined);
}
function* keysFit({ index, value }) {
    const { transport } = value;
    const finding = (key, expected, got) => ({
        code: 'CONF-044',
        path: ['lines', index, ...(key === null ? [] : [key])],
        where: `line ${value.id}`,
        expected,
        got,
    });
    const withTransport = (key) => ({
        zh: `transport: ${transport} 要写 ${key}`,
        en: `${key} with transport: ${transport}`,
    });
    const withoutKey = (key) => ({
        zh: `transport: ${transport} 不写 ${key}`,
        en: `no ${key} with transport: ${transport}`,
    });
    const isSerial = transport === 'serial';
    for (const key of needed[transport]) {
        if (value[key] === undefined)
            yield finding(null, withTransport(key), { zh: `没有 ${key}`, en: `no ${key}` });
    }
    for (const key of isSerial ? networkKeys : serialKeys) {
        if (value[key] !== undefined)
            yield finding(key, withoutKey(key), key);
    }
    if (value.in_flight !== undefined && transport === 'rtu_over_tcp') {
        yield finding('in_flight', oneAtATime, `in_flight ${value.in_flight}`);
    }
    if (value.rs485?.mode === 'rts' && value.rs485.receives_own) {
        const at = ['lines', index, 'rs485', 'receives_own'];
        yield { ...finding('rs485', onlyKernel, 'mode rts'), path: at };
    }
    if (transport !== 'tcp' || value.baud !== undefined)
        return;
    for (const key of ['parity', 'data_bits', 'stop_bits']) {
        if (value[key] !== undefined)
            yield finding(key, baudAsWell, key);
    }
}
const oneAtATime = {
    zh: 'transport: rtu_over_tcp 一次只能问一个',
    en: 'one request at a time with transport: rtu_over_tcp',
};
const onlyKernel = { zh: 'receives_own 只用于 mode: kernel', en: 'receives_own only with mode: kernel' };
const baudAsWell = {
    zh: '后面有串口线路时也写 baud',
    en: 'baud as well, when there is a serial line behind',
};
const needed = {
    serial: ['path'],
    rtu_over_tcp: ['host', 'port'],
    tcp: ['host'],
};
const networkKeys = ['host', 'port', 'in_flight'];
const serialKeys = ['path', 'rs485'];
