/**
 * A journal of millions of rows: how long it takes to open, what its full check costs meanwhile, and what reading and appending take.
 * The file is made with plain SQL, in the folder of the system for temporary files (about 400 bytes a row).
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brandId } from '../../config/ids.js';
import { SystemClock } from '../../drivers/clock.js';
import { openDb } from '../../sync/journal/sqlite-open.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
/** Promised: ready so soon after opening. */
const openMaxMs = 1_000;
const rounds = 200;
/** True when the promise holds. */
export async function bigJournal({ rows, asJson }) {
    const folder = mkdtempSync(join(tmpdir(), 'gengfu-big-'));
    try {
        const path = join(folder, 'journal.db');
        await makeEmpty(path);
        const tookS = fill(path, rows);
        process.stderr.write(`  … ${rows} rows, ${megabytes(path)} MB, made in ${tookS.toFixed(0)} s\n`);
        const figures = await measure(path, rows);
        const line = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
        process.stdout.write(asJson ? `${JSON.stringify({ rows, ...figures })}\n` : `${rows} rows: ${line.join(', ')}\n`);
        return figures.openMs <= openMaxMs;
    }
    finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
async function makeEmpty(path) {
    const store = new SqliteStore({ path, clock: new SystemClock() });
    await store.open(brandId('big'));
    await store.close();
}
function fill(path, rows) {
    const began = performance.now();
    const db = openDb(path);
    db.exec('PRAGMA synchronous=OFF');
    const portion = 500_000;
    for (let from = 0; from < rows; from += portion) {
        const upTo = Math.min(rows, from + portion);
        db.exec(`WITH RECURSIVE n(i) AS (SELECT ${from + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${upTo})
      INSERT INTO entries SELECT i, 'big', i, 'big-oldboot-' || i, CASE WHEN i % 20 = 0 THEN 'fire' ELSE 'journal' END,
        'alarm.raised', CASE WHEN i % 20 = 0 THEN 'fire' ELSE 'fault' END, 'point:smoke-' || (i % 500) || '/smoke', NULL, NULL,
        i * 10.5, 1790000000000 + i * 1000, 'trusted', 'oldboot', NULL,
        '{"zh":"一号烟感火警","en":"fire at smoke detector 1"}', '{}' FROM n`);
        process.stderr.write(`  … ${upTo} of ${rows} rows\n`);
    }
    db.exec(`UPDATE epochs SET last_sequence = ${rows}`);
    db.exec("INSERT INTO positions (uplink, lane, position) VALUES ('district', 'fire', 1000), ('district', 'journal', 1000)");
    db.close();
    return (performance.now() - began) / 1000;
}
async function measure(path, rows) {
    const store = new SqliteStore({ path, clock: new SystemClock() });
    const openMs = await timed(() => store.open(brandId('next')));
    const began = performance.now();
    let isChecked = false;
    const checked = store.untilChecked().then(() => {
        isChecked = true;
        return performance.now() - began;
    });
    const whileChecked = [];
    for (let n = 0; !isChecked && n < 100_000; n++)
        whileChecked.push(await timed(() => append(store, `c${n}`)));
    const checkMs = await checked;
    const appends = [];
    const reads = [];
    for (let n = 0; n < rounds; n++) {
        appends.push(await timed(() => append(store, `a${n}`)));
        reads.push(await timed(() => store.readAfter('fire', Math.floor((rows * n) / rounds), 100)));
    }
    const tidyMs = await timed(() => store.tidy({ holders: [], wall: null, maxBytes: 100_000_000_000, keepMs: 1e12, telemetryKeepMs: 1e12 }));
    await store.close();
    return {
        ...{
            fileMb: megabytes(path),
            openMs: round(openMs),
            checkMs: round(checkMs),
            appendsWhileChecked: whileChecked.length,
        },
        appendP50WhileCheckedMs: round(percentile(whileChecked, 0.5)),
        appendMaxWhileCheckedMs: round(percentile(whileChecked, 1)),
        ...{ appendP50Ms: round(percentile(appends, 0.5)), appendP99Ms: round(percentile(appends, 0.99)) },
        ...{
            read100P50Ms: round(percentile(reads, 0.5)),
            read100P99Ms: round(percentile(reads, 0.99)),
            tidyMs: round(tidyMs),
        },
    };
}
function append(store, name) {
    const entry = {
        ...{
            kind: 'alarm.raised',
            class: 'fire',
            subject: 'point:smoke-1/smoke',
            alarm: null,
            zone: null,
            origin: null,
            detail: {},
        },
        ...{
            words: { zh: '一号烟感火警', en: 'fire at smoke detector 1' },
            lane: 'fire',
            mono: 1,
            wall: 1.8e12,
            clock: 'trusted',
        },
        ...{ id: brandId(`big-soak-${name}`), epoch: brandId('big'), boot: brandId('soak') },
    };
    return store.append({ entries: [entry], facets: [] });
}
async function timed(run) {
    const began = performance.now();
    await run();
    return performance.now() - began;
}
function percentile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
function round(ms) {
    return Math.round(ms * 100) / 100;
}
function megabytes(path) {
    return Math.round(statSync(path).size / 1e6);
}
