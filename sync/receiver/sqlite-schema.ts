/** The file of a receiver: tables and statements. */

/** `GgfR` */
export const applicationId = 0x47676652;
export const schemaVersion = 1;

/** Damaged and foreign messages that are kept for whoever looks for their cause; the oldest go. */
export const invalidMaxRows = 1_000;

export const createSchema = `
CREATE TABLE states (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE sites (
  site INTEGER PRIMARY KEY,
  district TEXT NOT NULL,
  name TEXT NOT NULL,
  uplink TEXT,
  joined TEXT,               -- the epoch in which this receiver came in the middle; '': none; null: no row was seen yet
  UNIQUE (district, name)
);
CREATE TABLE chains (
  chain INTEGER PRIMARY KEY,
  site INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  lane TEXT NOT NULL,
  head INTEGER NOT NULL,
  position INTEGER NOT NULL,
  first INTEGER NOT NULL DEFAULT 0,
  islands TEXT NOT NULL,     -- JSON: [[after, up to, position], …]
  forgotten INTEGER NOT NULL DEFAULT 0,
  UNIQUE (site, epoch, lane)
);
CREATE TABLE rows (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  what TEXT NOT NULL,        -- event, durable, time, telemetry
  site INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  id TEXT NOT NULL,
  chain INTEGER,             -- null: told from memory
  sequence INTEGER,
  previous INTEGER,
  position INTEGER,
  boot TEXT,
  mono REAL,
  doubtful_wall INTEGER,     -- ms since 1970; null: told by a trusted clock
  corrected_wall INTEGER,
  received INTEGER NOT NULL, -- ms since 1970
  body TEXT NOT NULL
);
-- Not by epoch: what was told from memory becomes durable in another one when the journal was replaced meanwhile.
CREATE UNIQUE INDEX rows_once ON rows (site, id, what);
CREATE INDEX rows_doubtful ON rows (site, boot, mono) WHERE doubtful_wall IS NOT NULL;
CREATE TABLE corrections (
  site INTEGER NOT NULL,
  boot TEXT NOT NULL,
  until_mono REAL NOT NULL,
  correction_ms INTEGER NOT NULL,
  PRIMARY KEY (site, boot, until_mono)
) WITHOUT ROWID;
CREATE TABLE invalid (row INTEGER PRIMARY KEY, received INTEGER, topic TEXT, why TEXT, bytes BLOB);
`;

export const statements = {
  saveState: 'INSERT OR REPLACE INTO states VALUES (?, ?)',
  state: 'SELECT value FROM states WHERE name = ?',
  site: 'SELECT site, joined, uplink FROM sites WHERE district = ? AND name = ?',
  addSite: 'INSERT INTO sites (district, name) VALUES (?, ?)',
  saveJoined: 'UPDATE sites SET joined = ? WHERE site = ?',
  saveUplink: 'UPDATE sites SET uplink = ? WHERE site = ?',
  uplinks: 'SELECT district, name AS site, uplink FROM sites WHERE uplink IS NOT NULL',
  chains: 'SELECT c.*, s.district, s.name FROM chains c JOIN sites s USING (site) ORDER BY chain',
  chain: 'SELECT chain, forgotten FROM chains WHERE site = ? AND epoch = ? AND lane = ?',
  addChain: "INSERT INTO chains (site, epoch, lane, head, position, islands) VALUES (?, ?, ?, ?, 0, '[]')",
  saveChain: 'UPDATE chains SET head = ?, position = ?, first = ?, islands = ? WHERE chain = ?',
  row: 'SELECT number, sequence FROM rows WHERE site = ? AND id = ? AND what = ?',
  addRow: `INSERT INTO rows (what, site, epoch, id, chain, sequence, previous, position, boot, mono, doubtful_wall,
    corrected_wall, received, body)
    VALUES (@what, @site, @epoch, @id, @chain, @sequence, @previous, @position, @boot, @mono, @doubtfulWall,
    @correctedWall, @received, @body)`,
  correction: `SELECT correction_ms FROM corrections WHERE site = ? AND boot = ? AND until_mono >= ?
    ORDER BY until_mono LIMIT 1`,
  addCorrection: 'INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, ?)',
  addTimes: `INSERT OR IGNORE INTO rows (what, site, epoch, id, corrected_wall, received, body)
    SELECT 'time', site, epoch, id, doubtful_wall + @correctionMs, @received, '' FROM rows
    WHERE site = @site AND boot = @boot AND mono <= @untilMono AND doubtful_wall IS NOT NULL AND corrected_wall IS NULL
    ORDER BY number`,
  after: `SELECT r.*, s.district, s.name FROM rows r JOIN sites s USING (site) WHERE number > ? ORDER BY number LIMIT ?`,
  addInvalid: 'INSERT INTO invalid (received, topic, why, bytes) VALUES (?, ?, ?, ?)',
  trimInvalid: `DELETE FROM invalid WHERE row <= (SELECT max(row) FROM invalid) - ${invalidMaxRows}`,
  old: `SELECT number, chain, sequence FROM rows LEFT JOIN chains USING (chain)
    WHERE number <= @handed AND received < @before AND (sequence IS NULL OR sequence <= head) ORDER BY number LIMIT @limit`,
  forget: 'DELETE FROM rows WHERE number = ?',
  forgotten: 'UPDATE chains SET forgotten = max(forgotten, ?) WHERE chain = ?',
} as const;
