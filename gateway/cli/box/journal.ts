/** `gengfu journal`: what the journal holds, of the gateway that runs or of a copied file, read only. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../config/load-config.js';
import { classWords } from '../../../config/vocabulary.js';
import { SystemClock } from '../../../drivers/clock.js';
import { localZone } from '../../../drivers/time-zone.js';
import type { StoredEntry } from '../../../sync/journal/entry.js';
import { ReaderThread } from '../../../sync/journal/reader/reader-thread.js';
import { ReaderError, readerErrors } from '../../../sync/journal/reader/reading.js';
import { printEntries } from '../../box/journal-print.js';
import { type JournalOptions, journalQuery } from '../../box/journal-query.js';
import { describeMoment } from '../../box/moment.js';
import { namelessEntry } from '../../box/nameless-entry.js';
import { exportForm } from '../../panel/server/export-text.js';
import type { RunOptions } from '../exercise-orders.js';
import { known } from '../known.js';
import { refuse } from '../refuse.js';
import { random } from './random.js';

const exitRefused = 1;
const exitInvalid = 2;
const usualMost = 100;

export interface JournalVerbOptions extends RunOptions, JournalOptions {
  readonly file?: string;
  readonly limit?: number;
  readonly all?: boolean;
  readonly follow?: boolean;
  readonly csv?: boolean;
  readonly names?: boolean;
}

/** 0 printed; 1 names are not for this user, or the journal does not read; 2 what was given is wrong. */
export async function journal(options: JournalVerbOptions): Promise<void> {
  const { lang } = options;
  const tell = (zh: string, en: string, status: number): void => {
    process.stderr.write(`${lang === 'zh' ? zh : en}\n`);
    process.exitCode = status;
  };
  const clock = new SystemClock();
  const query = journalQuery(options, clock.wall());
  if (!query.ok) return tell(query.why.zh, query.why.en, exitInvalid);
  const path = await pathOf(options);
  if (path === null) return;
  if (options.names === true && !mayNames(path)) {
    return tell(
      '人名只给记录文件的所有者和 root：用 sudo',
      'names are for the owner of the journal and for root: use sudo',
      exitRefused,
    );
  }
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort());
  // Nobody reads any more (`| head`).
  process.stdout.on('error', () => ending.abort());
  const reader = new ReaderThread({ path, clock, random });
  try {
    await print(options, reader, clock, query.filter, ending.signal);
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    const { zh, en } = readerErrors[error.code];
    tell(`${path}：${zh} [${error.code}]`, `${path}: ${en} [${error.code}]`, exitRefused);
  } finally {
    reader.stop();
  }
}

async function print(
  options: JournalVerbOptions,
  caller: ReaderThread,
  clock: SystemClock,
  filter: Parameters<typeof printEntries>[0]['filter'],
  signal: AbortSignal,
): Promise<void> {
  const { lang, csv, json, follow: isFollowed = false } = options;
  const most = options.all === true ? null : (options.limit ?? usualMost);
  const form = csv === true ? exportForm('csv', localZone(clock.wall()).name) : null;
  const rowOf = (entry: StoredEntry): string =>
    form !== null ? form.row(entry) : json === true ? JSON.stringify(entry) : describeEntry(entry, lang);
  const end = form?.between ?? '\n';
  if (form !== null) await write(form.begin, signal);
  const count = await printEntries({
    ...{ caller, clock, filter, most, isFollowed, signal },
    take: (entry) => write(`${rowOf(options.names === true ? entry : namelessEntry(entry))}${end}`, signal),
  });
  if (count > 0 || csv === true || json === true || signal.aborted) return;
  process.stderr.write(lang === 'zh' ? '没有这样的记录\n' : 'there is no such entry\n');
}

/** Resolves when it was taken, or when nobody takes anything any more. */
function write(text: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    process.stdout.write(text, () => resolve());
  });
}

export function describeEntry(
  { wall, class: alarmClass, kind, words, origin, clock }: StoredEntry,
  lang: 'zh' | 'en',
): string {
  const by = origin === null ? '' : lang === 'zh' ? `（${origin}）` : ` (${origin})`;
  const is = alarmClass === null ? '–' : classWords[alarmClass][lang];
  const trust = clock === 'trusted' ? ' ' : '?';
  // A line for each: what a person typed may have several.
  return `${describeMoment(wall)}${trust} ${is}  ${kind}  ${words[lang].replaceAll(/\s+/g, ' ')}${by}`;
}

async function pathOf(options: JournalVerbOptions): Promise<string | null> {
  if (options.file !== undefined) return options.file;
  const loaded = await loadConfig(options.config, await known());
  if (loaded.ok) return join(loaded.config.dataDir, 'journal.db');
  refuse(loaded.problems, options);
  return null;
}

function mayNames(path: string): boolean {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 || statSync(path, { throwIfNoEntry: false })?.uid === uid;
}
