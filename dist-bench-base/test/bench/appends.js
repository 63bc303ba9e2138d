/** Durable appends a second by many at once, next to bare better-sqlite3 that commits each by itself: on this disk, and on one whose
 * fsync takes as long as a bad SD card's. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { median, round } from './result.js';
const appenders = 100;
const slowSyncMs = 50;
/** The disk is not always equally quick: each contender this often, in turn; the median counts. */
const turns = 5;
const program = path.join(import.meta.dirname, `appends-process${path.extname(import.meta.filename)}`);
export async function appends({ quick, say }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-appends-'));
    const shim = path.join(folder, 'slow-sync.so');
    execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', shim, path.resolve('test/bench/slow-sync.c')]);
    const slow = { LD_PRELOAD: shim, SLOW_SYNC_MS: String(slowSyncMs) };
    const results = [
        ...(await measure('this disk', {}, quick ? { own: 5_000, bare: 1_000 } : { own: 30_000, bare: 6_000 }, say)),
        ...(await measure(`an fsync of ${slowSyncMs} ms`, slow, quick ? { own: 1_000, bare: 20 } : { own: 4_000, bare: 60 }, say)),
    ];
    rmSync(folder, { recursive: true, force: true });
    return results;
}
async function measure(where, env, { own, bare }, say) {
    const all = [];
    for (let turn = 1; turn <= turns; turn++) {
        say(`appends, ${where}: ${turn} of ${turns}`);
        const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
        const args = [program, folder, appenders, own, bare].map(String);
        const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
        const measured = JSON.parse(stdout);
        rmSync(folder, { recursive: true, force: true });
        const ownPerS = (own / measured.own.tookMs) * 1000;
        const barePerS = (bare / measured.bare.tookMs) * 1000;
        all.push({ own: ownPerS, bare: barePerS, ratio: ownPerS / barePerS, syncs: measured.own.transactions / own });
    }
    const of = (key) => median(all.map((each) => each[key]));
    const ratios = all.map(({ ratio }) => ratio);
    return [
        {
            part: 'appends',
            what: `durable appends by ${appenders} at once, of single commits of better-sqlite3, ${where}`,
            value: of('ratio'),
            limit: { atLeast: 5 },
            unit: ' times',
            detail: {
                'ours/s': round(of('own')),
                'bare/s': round(of('bare')),
                'transactions per entry': round(of('syncs')),
                'least and most': `${round(Math.min(...ratios))} to ${round(Math.max(...ratios))}`,
            },
        },
    ];
}
