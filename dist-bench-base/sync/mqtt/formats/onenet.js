import { deviceOf } from '../external-codes.js';
import { fitting, inPieces, jsonMessage } from './message-format.js';
import { timedSamples, toldTime } from './platform-facts.js';
const idDigits = 13;
export function onenetFormat(options) {
    const { uplink, username, clientId } = options;
    const root = `$sys/${username ?? ''}/${clientId}/thing`;
    const post = (what, id, params) => jsonMessage(`${root}/${what}/post`, { id: messageId(id), version: '1.0', params });
    return {
        report(report, roomFor) {
            const { entry } = report;
            const event = atTime(toldTime(entry.wall, entry.clock), eventFields(options, report));
            const id = report.durable ? report.entry.sequence : entry.wall;
            return [fitting(uplink, post('event', id, { [entry.class ?? 'operation']: event }), roomFor)];
        },
        telemetry(report, roomFor) {
            const make = (samples) => post('property', report.pack.sequence, Object.fromEntries(samples.map(property)));
            return rounds(timedSamples(options, report)).flatMap((round) => inPieces(uplink, round, make, roomFor));
        },
        status: () => [],
        will: () => null,
    };
}
/** As the thing model may call it: `smoke-3/temp` is `smoke_3__temp`. */
export function identifierOf(point) {
    return point.replace('/', '__').replaceAll(/[^A-Za-z0-9_]/g, '_');
}
function messageId(count) {
    return String(Math.floor(count)).slice(-idDigits);
}
function atTime(time, value) {
    return time === null ? { value } : { value, time };
}
function eventFields({ codes }, report) {
    const { entry } = report;
    const about = deviceOf(entry.subject);
    const code = about === null ? null : (codes?.ofDevice(about.device, about.key) ?? null);
    return {
        id: entry.id,
        kind: entry.kind,
        subject: entry.subject,
        words: entry.words.zh,
        ...(about === null ? {} : { device: code ?? about.device }),
        ...(entry.zone === null ? {} : { zone: entry.zone }),
        ...(entry.alarm === null ? {} : { alarm: entry.alarm }),
    };
}
function property({ point, value, ts }) {
    return [identifierOf(point), atTime(ts, value)];
}
/** A message has one value of each property: the first of each point, then the second, and so on. A bad point has none; its fault is an
 * event. */
function rounds(samples) {
    const seen = new Map();
    const list = [];
    for (const sample of samples) {
        if (sample.value === null)
            continue;
        const round = seen.get(sample.point) ?? 0;
        seen.set(sample.point, round + 1);
        const samplesOfRound = list[round] ?? [];
        list[round] = samplesOfRound;
        samplesOfRound.push(sample);
    }
    return list;
}
