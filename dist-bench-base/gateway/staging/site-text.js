/** The text of a site file, by its sum; and how it travels in parts. */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { fileMaxBytes } from '../../config/read-text.js';
/** Of base64 in one part: with its envelope a command stays below 64 kB. */
export const partMaxChars = 48 * 1024;
/** A packed site file of a thousand devices has about 10 kB; this is as much as the largest file may become. */
export const partsMax = 32;
export function siteText(text) {
    return { text, sha256: createHash('sha256').update(text, 'utf8').digest('hex') };
}
/** Base64 of the packed text, cut into parts. */
export function packed({ text }) {
    const whole = gzipSync(Buffer.from(text, 'utf8'), { level: 9 }).toString('base64');
    const parts = Math.max(1, Math.ceil(whole.length / partMaxChars));
    return Array.from({ length: parts }, (_, i) => whole.slice(i * partMaxChars, (i + 1) * partMaxChars));
}
/** Null: it is no gzip, no UTF-8, or more than a site file may have (it is not unpacked further then). */
export function unpacked(base64) {
    try {
        const bytes = gunzipSync(Buffer.from(base64, 'base64'), { maxOutputLength: fileMaxBytes });
        return siteText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    }
    catch {
        return null;
    }
}
