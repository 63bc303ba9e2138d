/** The only file that imports better-sqlite3. Before using it read journal/sqlite-keep.ts: on Node 24 nothing of it may become garbage. */
export { default } from 'better-sqlite3';
