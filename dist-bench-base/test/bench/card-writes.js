/**
 * What the journal of a site of 500 points writes to its card in a day: the model village by the real sampler and packer, the real journal file
 * in a real folder, one commit for everything that would have one: packs every five minutes or 4 kB, entries with their facets, positions
 * of one uplink after each, data used once an hour. Bytes as the kernel counts them; an fsync each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { brandId } from '../../config/ids.js';
import { resolveJournal } from '../../config/resolve-keeping.js';
import { readDiskWrites } from '../../drivers/box/disk-writes.js';
import { SqliteFile } from '../../sync/journal/sqlite-file.js';
import { entry, facet } from '../sync/rig.js';
import { sampledDays } from './data-month.js';
/** One and a half model villages: a little more than 500 points, those of the own lines included. */
const villages = 1.5;
const dayMs = 86_400_000;
/** Alarms, faults that come and go, operations, outputs: a bad day. */
const entriesPerDay = 400;
const marksPerDay = 24;
/** Positions are saved 10 s after a commit that was carried: not shared with the next one. */
const positionLanes = ['fire', 'journal', 'telemetry'];
const epoch = brandId('k3v9x2ma');
export async function cardWrites({ say }) {
    // Beside the sources: /tmp is in memory on many boxes, and nothing is written there.
    const folder = mkdtempSync(path.join(process.cwd(), '.bench-card-'));
    try {
        const { commits: packCommits, samples, points, packs } = sampledDays(1, villages);
        say(`${points} points, ${samples} samples in ${packs.length} packs`);
        const day = dayOf(packCommits);
        const file = new SqliteFile(path.join(folder, 'journal.db'));
        file.open(epoch);
        const before = await readDiskWrites(folder);
        const beganMono = performance.now();
        for (const commit of day)
            commit.run(file);
        file.close();
        const tookMs = performance.now() - beganMono;
        const after = await readDiskWrites(folder);
        const bytes = (after.processBytes ?? 0) - (before.processBytes ?? 0);
        const device = after.deviceBytes === null || before.deviceBytes === null ? null : after.deviceBytes - before.deviceBytes;
        const budget = resolveJournal(undefined).cardBytesPerDay / 1e6;
        return [
            {
                part: 'card',
                what: `written in a day of ${points} points`,
                value: bytes / 1e6,
                limit: { atMost: budget },
                unit: ' MB',
                detail: {
                    'at the block device, everybody': device === null ? 'not told here' : `${(device / 1e6).toFixed(1)} MB`,
                    'samples/day': samples,
                    'B/commit': Math.round(bytes / day.length),
                },
            },
            {
                part: 'card',
                what: 'commits (an fsync each) in a day',
                value: day.length,
                limit: null,
                unit: '',
                detail: {
                    telemetry: packCommits.length,
                    entries: entriesPerDay,
                    'ms each here': (tookMs / day.length).toFixed(2),
                },
            },
        ];
    }
    finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
function facetOf(subject) {
    return { subject, row: facet(subject) };
}
/** Everything that is written, in its order. */
function dayOf(packCommits) {
    const stamp = { epoch, boot: brandId('p7q1z8wd') };
    const appended = (mono, batch) => ({
        mono,
        run: (file) => void file.append({ entries: [], facets: [], ...batch }),
    });
    const telemetry = packCommits.map((packs) => appended(packs.at(-1)?.mono ?? 0, { telemetry: packs.map((pack) => ({ ...pack, ...stamp })) }));
    const entries = Array.from({ length: entriesPerDay }, (_, at) => {
        const mono = ((at + 0.5) / entriesPerDay) * dayMs;
        return appended(mono, {
            entries: [entry(epoch, at, { detail: { reason: 'silent', error_zh: '没有应答', error_en: 'does not answer' } })],
            facets: [facetOf(`fault:unit:smoke-${at % 40}`)],
        });
    });
    const marks = Array.from({ length: marksPerDay }, (_, at) => appended((at / marksPerDay) * dayMs, { marks: [{ name: 'data:district', wall: 0, detail: `2026-11 ${at}` }] }));
    const positions = [...telemetry, ...entries].map(({ mono }, at) => {
        const row = (lane) => ({
            ...{ uplink: brandId('district'), lane, position: at, kept: 0, told: { epoch, sequence: at }, wall: at },
        });
        const lane = positionLanes[at < telemetry.length ? 2 : at % 2] ?? 'journal';
        return { mono: mono + 10_000, run: (file) => file.savePositions([row(lane)]) };
    });
    return [...telemetry, ...entries, ...marks, ...positions].sort((a, b) => a.mono - b.mono);
}
