/** `gengfu support`: one file for the help desk, without secrets and people; what is inside is shown before it is written. */
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type Clock, SystemClock } from '../../../drivers/clock.js';
import { commandTime } from '../../../sync/command-result.js';
import type { StoredEntry } from '../../../sync/journal/entry.js';
import { JournalReader } from '../../../sync/journal/reader/journal-reader.js';
import { ReaderThread } from '../../../sync/journal/reader/reader-thread.js';
import { anyEntry } from '../../../sync/journal/reader/reading.js';
import { SystemView } from '../../box/box-view.js';
import { machineFacts } from '../../box/check-machine.js';
import { systemOutside } from '../../box/outside.js';
import { collectSupport, packSupport, type SupportFile } from '../../box/support/collect.js';
import { readVersion } from '../../version.js';
import { ask } from '../ask-gateway.js';
import type { RunOptions } from '../exercise-orders.js';
import { failureWords } from '../failure-words.js';
import { examineBox } from './doctor.js';
import { end } from './end.js';
import { random } from './random.js';
import { measureBox } from './selftest.js';

const exitInvalid = 2;
const entriesUsual = 2000;
const entriesMost = 20_000;
/** A journal that does not read holds nobody up, ms. */
const entriesMaxMs = 20_000;

export interface SupportOptions extends RunOptions {
  readonly out?: string;
  readonly list?: boolean;
  readonly entries?: number;
}

/** 0 written (or listed); 2 it can not be written there. */
export async function support(options: SupportOptions): Promise<void> {
  const { lang, json } = options;
  const clock = new SystemClock();
  const { findings, config, facts, patience } = await examineBox(options.config, clock);
  const view = new SystemView(patience);
  const quiet = { mayWrite: false, mayPins: false, onProgress: () => undefined };
  const figures = await measureBox({ config: facts === null ? null : config, facts, patience, clock }, quiet);
  const files = await collectSupport({
    ...{ view, config, outside: systemOutside(clock, patience), siteFile: resolve(options.config) },
    ...{ doctor: { findings, facts }, selftest: { figures }, askers: askers() },
    status: config === null ? null : await ask(config.dataDir, { ask: 'status' }).catch(() => null),
    versions: { version: await readVersion(), running: facts?.version ?? null, machine: await machineFacts({ view }) },
    entries:
      config === null
        ? []
        : await newestEntries(join(config.dataDir, 'journal.db'), clock, options.entries ?? entriesUsual),
  });
  const stamp = commandTime(clock.wall()).replaceAll(/[-:]/g, '').slice(0, 13);
  const name = `gengfu-support-${config?.site.id ?? 'box'}-${stamp}`;
  const path = options.out ?? `${name}.tar.gz`;
  const inside = files.map(({ name: file, text }) => ({ file, bytes: Buffer.byteLength(text) }));
  if (json !== true) process.stderr.write(`${describeInside(files, lang)}\n`);
  try {
    if (options.list !== true)
      await writeFile(path, packSupport(files, name, clock.wall()), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    process.stderr.write(`${failureWords(error)[lang]}\n`);
    return end('', exitInvalid, patience);
  }
  const written = options.list === true ? null : path;
  if (json === true) return end(`${JSON.stringify({ ok: true, written, inside })}\n`, 0, patience);
  const told =
    lang === 'zh' ? `已写入 ${path}；发出前可以打开看` : `written to ${path}; look into it before you send it`;
  await end(written === null ? '' : `${told}\n`, 0, patience);
}

function describeInside(files: readonly SupportFile[], lang: 'zh' | 'en'): string {
  const head =
    lang === 'zh'
      ? '内含（已去掉密码、密钥、令牌、用户、人名、电话、备注和重点住户）：'
      : 'inside (without passwords, keys, tokens, users, names, phone numbers, notes, households):';
  return [head, ...files.map(({ name, text }) => `  ${name}  ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB`)].join(
    '\n',
  );
}

async function newestEntries(path: string, clock: Clock, most: number): Promise<readonly StoredEntry[]> {
  const reader = new ReaderThread({ path, clock, random });
  const ending = new AbortController();
  const cancel = clock.after(entriesMaxMs, () => ending.abort());
  const found: StoredEntry[] = [];
  try {
    for await (const { entries } of new JournalReader(reader, clock).pieces(anyEntry, ending.signal)) {
      found.push(...entries.slice(0, Math.min(most, entriesMost) - found.length));
      if (found.length >= Math.min(most, entriesMost)) break;
    }
  } catch {
    // What was read until then is taken along.
  } finally {
    cancel();
    reader.stop();
  }
  return found;
}

/** Whoever asks, and whoever is behind sudo. */
function askers(): readonly string[] {
  const behind = [process.env['SUDO_USER'], process.env['LOGNAME']].filter((name) => name !== undefined);
  try {
    return [...behind, userInfo().username];
  } catch {
    return behind;
  }
}
