/** Options of `gengfu command make` → the order that they mean. Pure. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { orderSchema } from '../../sync/messages/command.js';
/** As orderSchema allows in one part. */
const partMax = 48 * 1024;
export const orderNames = orderSchema.options.map(({ shape }) => shape.order.value);
/** One order; for a site file as many as it has parts. `now`: RFC 3339. */
export function makeOrders(name, options, now, file) {
    const order = name.replaceAll('-', '_');
    if (order === 'broadcast' && (options.text === undefined) === (options.message === undefined)) {
        return { ok: false, problems: ['--text / --message: expected one of both'] };
    }
    if (order === 'config_stage' && file !== null)
        return parsed(stageParts(file));
    const seconds = (ms) => ms === undefined ? undefined : Math.round(ms / 1000);
    const given = {
        ...{ order, upTo: options.upTo, zones: options.zone, words: options.words },
        ...{ text: options.text, message: options.message, repeat: options.repeat },
        ...{
            withinS: seconds(options.within),
            points: options.point,
            subjects: options.subject,
            forS: seconds(options.for),
        },
        ...{ part: options.part, sha256: options.sha256, ...(order === 'time' ? { now } : {}) },
    };
    return parsed([Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))]);
}
function parsed(given) {
    const results = given.map((each) => orderSchema.safeParse(each));
    const problems = results.flatMap(({ error }) => (error?.issues ?? []).map(({ path, message }) => `${path.join('.') || 'order'}: ${message}`));
    if (problems.length > 0)
        return { ok: false, problems };
    return { ok: true, orders: results.flatMap(({ data }) => (data === undefined ? [] : [data])) };
}
function stageParts(file) {
    const sha256 = createHash('sha256').update(file).digest('hex');
    const text = gzipSync(file, { level: 9 }).toString('base64');
    const parts = Math.ceil(text.length / partMax);
    return Array.from({ length: parts }, (_, at) => ({
        ...{ order: 'config_stage', sha256, part: at + 1, parts },
        gzip: text.slice(at * partMax, (at + 1) * partMax),
    }));
}
