/**
 * Durable appends of our journal, and single commits of bare better-sqlite3 into a file of its own, one after the other in one process:
 * `appends-process FOLDER APPENDERS OURS BARE`. Prints one line of JSON.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { SystemClock } from '../../drivers/clock.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { SqliteStore } from '../../sync/journal/sqlite-store.js';
const [folder = '', ...sizes] = process.argv.slice(2);
const [appenders = 100, ours = 0, bare = 0] = sizes.map(Number);
/** What both do before they are measured, so that both are compiled. */
const warm = Math.min(1_000, Math.ceil(ours / 10));
const draft = {
    ...{ kind: 'alarm.raised', class: 'supervisory', subject: 'point:valve-main/contact', alarm: null, zone: null },
    words: { zh: '监管：消防泵房 总阀关闭', en: 'SUPERVISORY: pump house, main valve closed' },
    ...{ origin: null, detail: { value: 'closed', confirmed: true, frame: 4711 } },
};
async function ownAppends() {
    const clock = new SystemClock();
    const waiting = new Map();
    let transactions = 0;
    const journal = new JournalCore({
        store: new SqliteStore({ path: path.join(folder, 'journal.db'), clock }),
        ...{ clock, random: Math.random },
        events: {
            onDurable: (entries) => {
                transactions++;
                for (const { id } of entries) {
                    waiting.get(id)?.();
                    waiting.delete(id);
                }
            },
            ...{ onLate: () => undefined, onState: () => undefined, onRestored: () => undefined, onLost: () => undefined },
        },
    });
    await journal.start();
    const run = async (count) => {
        let left = count;
        /** Appends the next one when its last one is durable. */
        const appender = async () => {
            while (left-- > 0) {
                const [entry] = journal.append({ drafts: [draft], facets: [] });
                await new Promise((resolve) => waiting.set(entry?.id ?? '', resolve));
            }
        };
        await Promise.all(Array.from({ length: appenders }, appender));
    };
    await run(warm);
    transactions = 0;
    const beganMono = clock.mono();
    await run(ours);
    const tookMs = clock.mono() - beganMono;
    const measured = { tookMs, transactions };
    await journal.stop();
    return measured;
}
function bareCommits() {
    const db = new Database(path.join(folder, 'bare.db'));
    for (const pragma of ['journal_mode=WAL', 'synchronous=FULL'])
        db.exec(`PRAGMA ${pragma}`);
    db.exec('CREATE TABLE entries (id INTEGER PRIMARY KEY, wall INTEGER, kind TEXT, subject TEXT, body TEXT)');
    const insert = db.prepare('INSERT INTO entries (wall, kind, subject, body) VALUES (?, ?, ?, ?)');
    const run = (count) => {
        for (let i = 0; i < count; i++)
            insert.run(i, draft.kind, draft.subject, JSON.stringify(draft));
    };
    run(Math.min(warm, bare / 10));
    const beganMono = performance.now();
    run(bare);
    const tookMs = performance.now() - beganMono;
    db.close();
    return { tookMs };
}
const own = await ownAppends();
process.stdout.write(`${JSON.stringify({ own, bare: bareCommits() })}\n`);
process.exit(0);
