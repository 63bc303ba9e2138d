/**
 * In the virtual machine: says what an earlier power cut left of a journal on /data, then appends and says what is durable until the
 * plug is pulled. `powercut-guest.mjs DIST [verify]`
 */
import { existsSync, writeSync } from 'node:fs';

const [dist, role] = process.argv.slice(2);
const { SqliteFile } = await import(`${dist}/sync/journal/sqlite-file.js`);
const { openDb } = await import(`${dist}/sync/journal/sqlite-open.js`);
const path = '/data/journal.db';
const say = (word, what) => writeSync(1, `${word} ${typeof what === 'string' ? what : JSON.stringify(what)}\n`);

const owner = { box: 'vm', site: 'district/village' };
const existed = existsSync(path);
const start = `e${process.hrtime.bigint().toString(36)}`;
const file = new SqliteFile(path, owner);
const opened = file.open(start);
say('VERIFY', verify());
if (role !== 'verify') await append();
file.close();

function verify() {
  const db = openDb(path, { isReadOnly: true });
  const ask = (text) => db.prepare(text).pluck().get();
  const { last, rows } = db
    .prepare('SELECT max(sequence) AS last, count(*) AS rows FROM entries WHERE epoch = ?')
    .get(opened.epoch);
  const found = {
    ...{ existed, check: ask('PRAGMA quick_check'), last: last ?? 0, holes: (last ?? 0) - rows },
    ...{ begun: opened.begun?.why ?? null, facets: opened.facets.length, packs: ask('SELECT count(*) FROM telemetry') },
  };
  db.close();
  return found;
}

/** Groups of one to five entries, a saved alarm with each, sometimes a pack, a position or a little tidying. */
async function append() {
  const boot = start;
  for (let n = 0; ; n++) {
    const entries = Array.from({ length: 1 + (n % 5) }, (_, index) => entry(`${boot}-${n}-${index}`, boot));
    const pack = { epoch: opened.epoch, boot, mono: 1, wall: 1, clock: 'trusted', samples: 1, body: new Uint8Array(500) };
    const stored = file.append({
      entries,
      facets: [{ subject: 'point:a', row: facet(entries[0].id) }],
      ...(n % 7 === 0 ? { telemetry: [pack] } : {}),
    });
    say('ACK', String(stored.at(-1).sequence));
    const row = { uplink: 'district', lane: 'fire', position: stored.at(-1).position, kept: 0, told: null, wall: 1 };
    if (n % 20 === 0) file.savePositions([row]);
    if (n % 50 === 0) file.tidy({ holders: [], wall: null, maxBytes: 64e6, keepMs: 1e12, telemetryKeepMs: 1e12 }, true);
    if (n % 50 === 49) await new Promise((done) => setImmediate(done));
  }
}

function entry(id, boot) {
  return {
    ...{ id, epoch: opened.epoch, boot, kind: 'alarm.raised', class: 'fire', lane: 'fire', subject: 'point:a', alarm: id },
    ...{ zone: null, words: { zh: '火警', en: 'fire' }, origin: null, detail: {}, mono: 1, wall: 1, clock: 'trusted' },
  };
}

function facet(alarm) {
  return {
    ...{ subject: 'point:a', class: 'fire', zone: null, name: { zh: '烟感', en: 'smoke' }, condition: 'active', alarm },
    ...{ raisedWall: 1, acknowledgedBy: null, acknowledgedWall: null, acknowledgedAfterMs: null, sounder: 'sounding' },
    ...{ silencedWall: null, service: 'in-service', serviceUntilWall: null, serviceBy: null, frames: '' },
    ...{ confirmed: null, untold: null },
  };
}
