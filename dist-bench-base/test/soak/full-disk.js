/**
 * A real disk of 64 MB (tmpfs; needs root) that somebody else fills to the last byte: what is at hand still becomes durable by the
 * ballast, the rest waits in memory, and all of it is written by itself once there is room again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause, SystemClock } from '../../drivers/clock.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
const fires = 4_000;
const draft = {
    ...{ kind: 'alarm.raised', class: 'fire', subject: 'point:smoke-1/smoke', alarm: null, zone: null, origin: null },
    ...{ words: { zh: '火警'.repeat(100), en: 'fire '.repeat(100) }, detail: {} },
};
/** True when every promise holds; null when nothing can be mounted here. */
export async function fullDisk() {
    const folder = mkdtempSync(join(tmpdir(), 'gengfu-full-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]).status !== 0) {
        rmSync(folder, { recursive: true });
        return null;
    }
    try {
        return await run(folder);
    }
    finally {
        spawnSync('umount', ['-l', folder]);
        rmSync(folder, { recursive: true, force: true });
    }
}
async function run(folder) {
    const clock = new SystemClock();
    const durable = [];
    const states = [];
    const core = new JournalCore({
        store: new SqliteStore({ path: join(folder, 'journal.db'), clock }),
        ...{ clock, random: Math.random },
        keeping: { holders: [], maxBytes: 1e9, keepMs: 1e12, telemetryKeepMs: 1e12 },
        events: {
            onDurable: (entries) => void durable.push(...entries),
            onState: (error) => void states.push(error?.code ?? null),
            onLate() { },
            onRestored() { },
            onLost() { },
        },
    });
    await core.start();
    await pause(clock, 3_000);
    const hadBallast = existsSync(join(folder, 'journal.ballast'));
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=4096', 'count=20000'], { stdio: 'ignore' });
    const before = durable.length;
    for (let n = 0; n < fires; n++) {
        core.append({ drafts: [draft], facets: [] });
        if (n % 20 === 0)
            await pause(clock, 1);
    }
    await pause(clock, 5_000);
    const whileFull = durable.length - before;
    const isTold = states.includes('STORE-003');
    rmSync(join(folder, 'filler'));
    for (let n = 0; n < 60 && durable.length - before < fires; n++)
        await pause(clock, 1_000);
    const isWhole = durable.every(({ sequence }, index) => sequence === index + 1) && durable.length - before >= fires;
    await core.stop();
    const figures = { hadBallast, fires, whileFull, isTold, isWhole, states: states.join(' ') };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return hadBallast && whileFull > 0 && isTold && isWhole && states.at(-1) === null;
}
