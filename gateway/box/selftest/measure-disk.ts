/** How soon the disk of the data folder has kept what it was given: small appends, each followed by fsync. Bounded writes, removed afterwards. */
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../drivers/clock.js';
import { words } from '../finding.js';
import { developed, promised } from './developed.js';
import { type Figure, figure, percentile } from './figure.js';

export const appends = 50;
const appendBytes = 4096;
/** A dying card is not measured for longer than this, ms. */
const measureMaxMs = 15_000;

/** `commit`: writes one row durably, or ends the trial (sync/journal/sqlite-trial.ts); null: nobody can. Rejects when the folder can not be written. */
export async function measureDisk(
  folder: string,
  clock: Clock,
  trial: ((folder: string, count: number, mono: () => number, maxMs: number) => readonly number[]) | null,
): Promise<readonly Figure[]> {
  const fsyncs = await fsyncTimes(join(folder, `.selftest-${process.pid}`), clock);
  const commits = trial === null ? [] : trial(folder, appends, () => clock.mono(), measureMaxMs);
  const of = (values: readonly number[], percent: number): number | null => percentile(values, percent);
  const note = (count: number) =>
    words(
      `${count} 次，每次 ${appendBytes / 1024} KiB，随后删除`,
      `${count} times ${appendBytes / 1024} KiB, removed afterwards`,
    );
  const budget = promised.durableMs;
  return [
    figure('fsync-p50', words('落盘（fsync）p50', 'fsync p50'), 'ms', of(fsyncs, 50), {
      budget,
      developed: developed.fsyncP50Ms,
      note: note(fsyncs.length),
    }),
    figure('fsync-p99', words('落盘（fsync）p99', 'fsync p99'), 'ms', of(fsyncs, 99), {
      budget,
      developed: developed.fsyncP99Ms,
    }),
    figure('commit-p50', words('SQLite 提交 p50', 'SQLite commit p50'), 'ms', of(commits, 50), {
      budget,
      developed: developed.commitP50Ms,
    }),
    figure('commit-p99', words('SQLite 提交 p99', 'SQLite commit p99'), 'ms', of(commits, 99), {
      budget,
      developed: developed.commitP99Ms,
    }),
  ];
}

async function fsyncTimes(path: string, clock: Clock): Promise<readonly number[]> {
  const file = await open(path, 'wx', 0o600);
  const endMono = clock.mono() + measureMaxMs;
  const times: number[] = [];
  try {
    const piece = Buffer.alloc(appendBytes, 0x67);
    while (times.length < appends && clock.mono() < endMono) {
      await file.write(piece);
      const beganMono = clock.mono();
      await file.datasync();
      times.push(clock.mono() - beganMono);
    }
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
  return times;
}
