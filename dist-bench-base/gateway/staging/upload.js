/** A site file that comes in parts, in any order: one at a time, in memory, for ten minutes. */
import { partMaxChars, partsMax, unpacked } from './site-text.js';
const uploadMaxMs = 10 * 60_000;
export class Uploads {
    #now = null;
    /** A part of another file takes the place of what was under way: whoever may stage means the newest. */
    take({ sha256, part, parts, gzip }, nowMono) {
        const isWhole = [part, parts].every(Number.isInteger) && part >= 1 && part <= parts && parts <= partsMax;
        if (!isWhole || gzip.length === 0 || gzip.length > partMaxChars || !/^[0-9a-f]{64}$/.test(sha256)) {
            return { kind: 'bad-part' };
        }
        const before = this.#now;
        const goesOn = before?.sha256 === sha256 && before.parts === parts && nowMono - before.beganMono <= uploadMaxMs ? before : null;
        const upload = goesOn ?? { sha256, parts, beganMono: nowMono, got: new Map() };
        this.#now = upload;
        upload.got.set(part, gzip);
        if (upload.got.size < parts)
            return { kind: 'waiting', have: upload.got.size };
        this.#now = null;
        const whole = Array.from({ length: parts }, (_, i) => upload.got.get(i + 1) ?? '').join('');
        const site = unpacked(whole);
        return site === null || site.sha256 !== sha256 ? { kind: 'bad-file' } : { kind: 'whole', site };
    }
}
