/** What the journal file looks like, version 4. Plain columns, so that a fire officer's laptop can read it with any SQLite. */
/** Marks a SQLite file as a Gengfu journal (bytes 68–71 of the file): the letters GFUJ. */
export const applicationId = 0x4746_554a;
export const schemaVersion = 4;
/** `identity`: what the file says of itself (journal-identity.ts), and how far a damaged one has been salvaged into it. */
const packsAndCommands = `
CREATE TABLE telemetry (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  epoch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  boot TEXT NOT NULL,
  mono REAL NOT NULL,
  wall INTEGER NOT NULL,
  clock TEXT NOT NULL,
  samples INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE TABLE identity (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE commands (
  id TEXT PRIMARY KEY,
  key_id TEXT NOT NULL,
  expires_wall INTEGER NOT NULL,
  state TEXT NOT NULL,
  answer TEXT NOT NULL
) WITHOUT ROWID;
`;
/** `position` is AUTOINCREMENT: a place that was used once is never given out again, even after rows are removed. */
export const createSchema = `
CREATE TABLE entries (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  epoch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  class TEXT,
  subject TEXT NOT NULL,
  alarm TEXT,
  zone TEXT,
  mono REAL NOT NULL,
  wall INTEGER NOT NULL,
  clock TEXT NOT NULL,
  boot TEXT NOT NULL,
  origin TEXT,
  words TEXT NOT NULL,
  detail TEXT NOT NULL
);
CREATE INDEX entries_by_lane ON entries(lane);
CREATE TABLE facets (
  subject TEXT PRIMARY KEY,
  class TEXT NOT NULL,
  zone TEXT,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  condition TEXT NOT NULL,
  alarm TEXT,
  raised_wall INTEGER,
  acknowledged_by TEXT,
  acknowledged_wall INTEGER,
  sounder TEXT NOT NULL,
  service TEXT NOT NULL,
  service_until_wall INTEGER,
  service_by TEXT,
  acknowledged_after_ms REAL,
  frames TEXT NOT NULL DEFAULT '',
  confirmed TEXT,
  silenced_wall INTEGER,
  untold TEXT
) WITHOUT ROWID;
CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  wall INTEGER NOT NULL,
  detail TEXT NOT NULL
) WITHOUT ROWID;
${packsAndCommands}CREATE TABLE positions (
  uplink TEXT NOT NULL,
  lane TEXT NOT NULL,
  position INTEGER NOT NULL,
  kept INTEGER NOT NULL DEFAULT 0,
  told_epoch TEXT,
  told_sequence INTEGER,
  wall INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (uplink, lane)
) WITHOUT ROWID;
CREATE TABLE epochs (
  ordinal INTEGER PRIMARY KEY,
  epoch TEXT NOT NULL UNIQUE,
  previous TEXT,
  last_sequence INTEGER NOT NULL,
  last_pack INTEGER NOT NULL DEFAULT 0
);
`;
/** What brings a file of the version before to the next one, by the version it starts from. One transaction each. */
export const migrations = {
    1: `
ALTER TABLE facets ADD COLUMN acknowledged_after_ms REAL;
ALTER TABLE facets ADD COLUMN frames TEXT NOT NULL DEFAULT '';
ALTER TABLE facets ADD COLUMN confirmed TEXT;
`,
    2: `
ALTER TABLE facets ADD COLUMN silenced_wall INTEGER;
ALTER TABLE facets ADD COLUMN untold TEXT;
CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  wall INTEGER NOT NULL,
  detail TEXT NOT NULL
) WITHOUT ROWID;
`,
    3: `
ALTER TABLE positions ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE positions ADD COLUMN told_epoch TEXT;
ALTER TABLE positions ADD COLUMN told_sequence INTEGER;
ALTER TABLE positions ADD COLUMN wall INTEGER NOT NULL DEFAULT 0;
ALTER TABLE epochs ADD COLUMN last_pack INTEGER NOT NULL DEFAULT 0;
${packsAndCommands}`,
};
/** How many columns of the newest version a file of an older one has: they were added at the end. A table with none is not
 * there yet. */
export const columnsBefore = {
    1: { facets: 14, marks: 0, telemetry: 0, commands: 0, identity: 0, positions: 3, epochs: 4 },
    2: { facets: 17, marks: 0, telemetry: 0, commands: 0, identity: 0, positions: 3, epochs: 4 },
    3: { telemetry: 0, commands: 0, identity: 0, positions: 3, epochs: 4 },
};
/** The columns each table must have before a file is believed to be ours. */
export const schemaColumns = {
    entries: 'position epoch sequence id lane kind class subject alarm zone mono wall clock boot origin words detail'.split(' '),
    facets: [
        ...'subject class zone name_zh name_en condition alarm raised_wall acknowledged_by acknowledged_wall'.split(' '),
        ...'sounder service service_until_wall service_by acknowledged_after_ms frames confirmed'.split(' '),
        ...'silenced_wall untold'.split(' '),
    ],
    marks: ['name', 'wall', 'detail'],
    telemetry: 'position epoch sequence boot mono wall clock samples body'.split(' '),
    identity: ['name', 'value'],
    commands: 'id key_id expires_wall state answer'.split(' '),
    positions: 'uplink lane position kept told_epoch told_sequence wall'.split(' '),
    epochs: 'ordinal epoch previous last_sequence last_pack'.split(' '),
};
export const statements = {
    insertEntry: `INSERT INTO entries
    (epoch, sequence, id, lane, kind, class, subject, alarm, zone, mono, wall, clock, boot, origin, words, detail)
    VALUES (@epoch, @sequence, @id, @lane, @kind, @class, @subject, @alarm, @zone, @mono, @wall, @clock, @boot, @origin,
      @words, @detail)
    ON CONFLICT(id) DO NOTHING`,
    placeOfId: 'SELECT position, sequence FROM entries WHERE id = ?',
    readAfter: 'SELECT * FROM entries WHERE lane = ? AND position > ? ORDER BY position LIMIT ?',
    newestEntry: 'SELECT position, boot FROM entries ORDER BY position DESC LIMIT 1',
    newestEpoch: 'SELECT epoch FROM epochs ORDER BY ordinal DESC LIMIT 1',
    lastSequence: 'SELECT last_sequence FROM epochs WHERE epoch = ?',
    beginEpoch: `INSERT INTO epochs (epoch, previous, last_sequence)
    VALUES (?, (SELECT epoch FROM epochs ORDER BY ordinal DESC LIMIT 1), 0)`,
    saveSequence: 'UPDATE epochs SET last_sequence = ? WHERE epoch = ?',
    saveFacet: `INSERT OR REPLACE INTO facets (subject, class, zone, name_zh, name_en, condition, alarm, raised_wall,
    acknowledged_by, acknowledged_wall, sounder, service, service_until_wall, service_by,
    acknowledged_after_ms, frames, confirmed, silenced_wall, untold)
    VALUES (@subject, @class, @zone, @name_zh, @name_en, @condition, @alarm, @raised_wall,
      @acknowledged_by, @acknowledged_wall, @sounder, @service, @service_until_wall, @service_by,
      @acknowledged_after_ms, @frames, @confirmed, @silenced_wall, @untold)`,
    forgetFacet: 'DELETE FROM facets WHERE subject = ?',
    facets: 'SELECT * FROM facets ORDER BY subject',
    marks: 'SELECT name, wall, detail FROM marks ORDER BY name',
    saveMark: 'INSERT OR REPLACE INTO marks (name, wall, detail) VALUES (@name, @wall, @detail)',
    positions: 'SELECT * FROM positions ORDER BY uplink, lane',
    savePosition: `INSERT OR REPLACE INTO positions (uplink, lane, position, kept, told_epoch, told_sequence, wall)
    VALUES (@uplink, @lane, @position, @kept, @told_epoch, @told_sequence, @wall)`,
    insertPack: `INSERT INTO telemetry (epoch, sequence, boot, mono, wall, clock, samples, body)
    VALUES (@epoch, @sequence, @boot, @mono, @wall, @clock, @samples, @body)`,
    lastPack: 'SELECT last_pack FROM epochs WHERE epoch = ?',
    savePack: 'UPDATE epochs SET last_pack = ? WHERE epoch = ?',
    readPacksAfter: 'SELECT * FROM telemetry WHERE position > ? ORDER BY position LIMIT ?',
    packBacklog: `SELECT (SELECT COUNT(*) FROM telemetry WHERE position > @after) AS rows,
    (SELECT wall FROM telemetry WHERE position > @after ORDER BY position LIMIT 1) AS oldestWall`,
    packAt: 'SELECT epoch, sequence FROM telemetry WHERE position = ?',
    backlog: `SELECT (SELECT COUNT(*) FROM entries WHERE lane = @lane AND position > @after) AS rows,
    (SELECT wall FROM entries WHERE lane = @lane AND position > @after ORDER BY position LIMIT 1) AS oldestWall`,
    entryAt: 'SELECT epoch, sequence FROM entries WHERE position = ? AND lane = ?',
    saveCommand: `INSERT OR REPLACE INTO commands (id, key_id, expires_wall, state, answer)
    VALUES (@id, @keyId, @expiresWall, @state, @answer)`,
    identity: 'SELECT name, value FROM identity',
    saveIdentity: 'INSERT OR REPLACE INTO identity (name, value) VALUES (?, ?)',
    takeOverEntry: `INSERT OR IGNORE INTO entries (position, epoch, sequence, id, lane, kind, class, subject, alarm, zone, mono, wall,
    clock, boot, origin, words, detail)
    VALUES (@position, @epoch, @sequence, @id, @lane, @kind, @class, @subject, @alarm, @zone, @mono, @wall, @clock, @boot,
      @origin, @words, @detail)`,
    takeOverPack: `INSERT OR IGNORE INTO telemetry (position, epoch, sequence, boot, mono, wall, clock, samples, body)
    VALUES (@position, @epoch, @sequence, @boot, @mono, @wall, @clock, @samples, @body)`,
    raiseLast: 'UPDATE sqlite_sequence SET seq = @last WHERE name = @table AND seq < @last',
    hasLast: 'SELECT seq FROM sqlite_sequence WHERE name = ?',
    beginLast: 'INSERT INTO sqlite_sequence (name, seq) VALUES (@table, @last)',
    forgetIdentity: 'DELETE FROM identity WHERE name = ?',
    lastPositions: `SELECT name, seq FROM sqlite_sequence WHERE name IN ('entries', 'telemetry')`,
    commands: 'SELECT id, key_id AS keyId, expires_wall AS expiresWall, state, answer FROM commands ORDER BY id',
};
