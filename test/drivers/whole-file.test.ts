/** A file that is whole or not there, whenever its writer is killed. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { writeWhole } from '../../drivers/whole-file.js';

/** Steps of the disk until the writer is killed: nothing of it happens any more. */
const life = vi.hoisted(() => ({ stepsLeft: Number.POSITIVE_INFINITY, steps: [] as string[] }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const step = async <Value>(name: string, run: () => Promise<Value>): Promise<Value> => {
    if (life.stepsLeft <= 0) throw new Error('killed');
    life.stepsLeft -= 1;
    life.steps.push(name);
    return run();
  };
  return {
    ...real,
    rename: (from: string, to: string) => step('rename', () => real.rename(from, to)),
    unlink: (path: string) => step('unlink', () => real.unlink(path)),
    open: async (path: string, flags: number, mode?: number) => {
      const file = await step('open', () => real.open(path, flags, mode));
      const { writeFile, sync, chmod } = file;
      return Object.assign(file, {
        chmod: (bits: number) => step('chmod', () => chmod.call(file, bits)),
        // A killed writer leaves a part of it.
        writeFile: (content: string) =>
          step('write', () => writeFile.call(file, life.stepsLeft <= 0 ? content.slice(0, 2) : content)),
        sync: () => step('sync', () => sync.call(file)),
      });
    },
  };
});

let path: string;
beforeEach(() => {
  life.stepsLeft = Number.POSITIVE_INFINITY;
  life.steps = [];
  const folder = mkdtempSync(join(tmpdir(), 'gengfu-whole-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  path = join(folder, 'file');
});

const folderOf = () => join(path, '..');

it('is brought to the disk before it takes its place, and its place after that', async () => {
  await writeWhole(path, 'new');
  expect(life.steps).toEqual(['unlink', 'open', 'chmod', 'write', 'sync', 'rename', 'open', 'sync']);
  expect(readdirSync(folderOf())).toEqual(['file']);
});

it('is the old one or the new one, whole, wherever its writer is killed, and the next writer goes on', async () => {
  const found: string[] = [];
  for (let steps = 0; steps <= 8; steps += 1) {
    life.stepsLeft = Number.POSITIVE_INFINITY;
    await writeWhole(path, 'old whole');
    life.stepsLeft = steps;
    const isDone = await writeWhole(path, 'new whole').then(
      () => true,
      () => false,
    );
    expect([steps, isDone]).toEqual([steps, steps === 8]);
    found.push(readFileSync(path, 'utf8'));
  }
  expect(found).toEqual([...Array(6).fill('old whole'), ...Array(3).fill('new whole')]);
});

it('keeps the rights of the file in its place, is its owner’s alone when new, and always with secrets', async () => {
  const modeNow = () => statSync(path).mode & 0o777;
  await writeWhole(path, '1');
  expect(modeNow()).toBe(0o600);
  chmodSync(path, 0o666);
  await writeWhole(path, '2');
  expect(modeNow()).toBe(0o666);
  await writeWhole(path, '3', { mode: 0o600 });
  expect(modeNow()).toBe(0o600);
});

it('is written through no link, neither beside it nor in its place', async () => {
  const other = join(folderOf(), 'other');
  writeFileSync(other, 'untouched');
  symlinkSync(other, `${path}.new`);
  symlinkSync(other, path);
  await writeWhole(path, 'new');
  expect(readFileSync(other, 'utf8')).toBe('untouched');
  expect([lstatSync(path).isFile(), readFileSync(path, 'utf8')]).toEqual([true, 'new']);
});

it('that could not be written leaves nothing beside the old one', async () => {
  await writeWhole(path, 'old');
  await expect(writeWhole(path, 'new', { prepare: () => Promise.reject(new Error('ENOSPC')) })).rejects.toThrow(
    'ENOSPC',
  );
  expect([readFileSync(path, 'utf8'), existsSync(`${path}.new`)]).toEqual(['old', false]);
});
