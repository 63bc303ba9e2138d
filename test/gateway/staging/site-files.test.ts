/** Which site file a start runs, whatever was written to its end before. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SiteConfig } from '../../../config/site.js';
import { type KeptSite, SiteFiles, type TrialRecord } from '../../../gateway/staging/site-files.js';
import { DiskFolder, type SiteFolder } from '../../../gateway/staging/site-folder.js';
import { packed, siteText } from '../../../gateway/staging/site-text.js';
import { type CheckText, startingSite } from '../../../gateway/staging/starting-site.js';
import { Uploads } from '../../../gateway/staging/upload.js';
import { townConfig } from '../village-rig.js';
import { MemoryFolder } from './memory-folder.js';

const config: SiteConfig = await townConfig();
const installer = siteText('installed');
const fits: CheckText = async (text) =>
  text === 'unfit' ? { ok: false, problems: [], budgets: [] } : { ok: true, config, budgets: [] };

function kept(text: string): KeptSite {
  return { ...siteText(text), origin: 'cli:test', wall: 1, installer: installer.sha256 };
}

function trialOf(text: string, starts = 0): TrialRecord {
  return { sha256: siteText(text).sha256, origin: 'cli:test', beganWall: 1, starts, lines: ['east'], uplink: null };
}

async function started(folder: SiteFolder, own = installer) {
  const { running, trial, drafts } = await startingSite(new SiteFiles(folder), { text: own, config }, fits);
  return { text: running.site.text, starts: trial?.starts ?? null, told: drafts.map(({ detail }) => detail['reason']) };
}

/** A folder after these, each to its end. */
async function after(...steps: readonly ((files: SiteFiles) => Promise<void>)[]): Promise<MemoryFolder> {
  const folder = new MemoryFolder();
  for (const step of steps) await step(new SiteFiles(folder));
  return folder;
}

const applied =
  (text: string, over = installer.text) =>
  (files: SiteFiles) =>
    files.begin(kept(over), kept(text), trialOf(text));
const confirmed = (files: SiteFiles): Promise<void> => files.confirm();

test.each<[string, MemoryFolder, Awaited<ReturnType<typeof started>>]>([
  ['nothing was applied', await after(), { text: 'installed', starts: null, told: [] }],
  ['the first start in a trial', await after(applied('new')), { text: 'new', starts: 1, told: [] }],
  [
    'the second start in a trial',
    await after(applied('new'), (files) => files.writeTrial(trialOf('new', 1))),
    { text: 'installed', starts: null, told: ['crashed'] },
  ],
  ['it was confirmed', await after(applied('new'), confirmed), { text: 'new', starts: null, told: [] }],
  [
    'the second crash under another one: the last good one, not the installed one',
    await after(applied('new'), confirmed, applied('newer', 'new'), (files) => files.writeTrial(trialOf('newer', 1))),
    { text: 'new', starts: null, told: ['crashed'] },
  ],
  [
    'it is not fit to run any more',
    await after(applied('unfit'), confirmed),
    { text: 'installed', starts: null, told: ['problems'] },
  ],
])('%s', async (_, folder, expected) => {
  expect(await started(folder)).toEqual(expected);
});

test('the installed file has the last word: once it was changed it runs, and the applied one is set aside', async () => {
  const folder = await after(applied('new'), confirmed);
  const changed = siteText('changed by the installer');
  expect(await started(folder, changed)).toMatchObject({ text: changed.text, told: ['installed-file'] });
  expect(folder.files.get('set-aside.yaml')).toBe('new');
  expect(await started(folder, changed)).toMatchObject({ text: changed.text, told: [] });
});

test('the installer has changed his file when he has changed a profile beside it', async () => {
  const folder = await after(applied('new'), confirmed);
  const changed = siteText(installer.text, { 'own-model': 'changed' });
  expect(await started(folder, changed)).toMatchObject({ text: installer.text, told: ['installed-file'] });
  // What was applied is checked with the profiles that were kept with it, not with those in the folder.
  const asked: unknown[] = [];
  const keptProfiles = { ...kept('new'), ...siteText('new', { 'own-model': 'kept' }) };
  const files = new SiteFiles(await after((all) => all.write('current', keptProfiles)));
  await startingSite(files, { text: installer, config }, async (...all) => {
    asked.push(all);
    return { ok: true, config, budgets: [] };
  });
  expect(asked).toEqual([['new', { 'own-model': 'kept' }]]);
});

test.each<[string, (files: SiteFiles) => Promise<void>, readonly ((files: SiteFiles) => Promise<void>)[], string?]>([
  ['a first trial', applied('new'), [], 'new'],
  ['a second trial', applied('newer', 'new'), [applied('new'), confirmed], 'newer'],
  ['a confirmation', confirmed, [applied('new'), confirmed, applied('newer', 'new')]],
  ['a way back', (files) => files.rollBack(kept('new')), [applied('new'), confirmed, applied('newer', 'new')]],
  ['a way back to the installed file', (files) => files.rollBack(kept('installed')), [applied('newer')]],
])(
  'killed after any write of %s, every later start runs a whole file, and the trial ends',
  async (_, act, before, untried) => {
    const texts = ['installed', 'new', 'newer'];
    for (let changes = 0; ; changes++) {
      const folder = await after(...before);
      folder.changesLeft = changes;
      const wasKilled = await act(new SiteFiles(folder)).then(
        () => false,
        () => true,
      );
      folder.changesLeft = Number.POSITIVE_INFINITY;
      const runs: (string | null)[] = [];
      for (let start = 0; start < 4; start++) {
        const { text, starts } = await started(folder);
        expect(texts).toContain(text);
        // What was never found sound runs on trial only.
        if (text === untried) expect(starts).not.toBeNull();
        runs.push(starts === null ? text : null);
      }
      // At the latest the third start is none of a trial, and it stays so.
      expect(runs[2]).not.toBeNull();
      expect(runs[3]).toBe(runs[2]);
      if (!wasKilled) break;
    }
  },
);

test('on a real folder a file is whole or not there; what is not ours, or too long, is not read', async () => {
  const path = mkdtempSync(join(tmpdir(), 'gengfu-site-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const files = new SiteFiles(new DiskFolder(join(path, 'site')));
  expect(await files.read('current')).toBeNull();
  await files.write('current', kept('祠堂'));
  expect(await files.read('current')).toEqual(kept('祠堂'));
  // Killed in the middle of a write: the file beside it is none.
  writeFileSync(join(path, 'site', '.current.yaml.new'), 'half');
  expect(await files.read('current')).toEqual(kept('祠堂'));
  writeFileSync(join(path, 'site', 'current.yaml'), 'another text than its note says');
  expect(await files.read('current')).toBeNull();
  writeFileSync(join(path, 'site', 'trial.json'), '{"sha256": "x"');
  expect(await files.trial()).toBeNull();
  await files.setAside();
  expect(readdirSync(join(path, 'site')).filter((name) => !name.startsWith('.'))).toEqual(['set-aside.yaml']);
});

test('on a real folder changes come one after the other: one that was given up and goes on spoils none that follows', async () => {
  const path = mkdtempSync(join(tmpdir(), 'gengfu-site-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const folder = new DiskFolder(path);
  // Long, so that each takes several turns of the disk.
  const texts = ['late', 'next', 'last'].map((word) => word.repeat(200_000));
  const changes = texts.map((text) => folder.write('.current.yaml', text));
  changes.push(folder.rename('.current.yaml', 'current.yaml'));
  await Promise.all(changes);
  expect(readdirSync(path)).toEqual(['current.yaml']);
  expect((await folder.read('current.yaml')) === texts.at(-1)).toBe(true);
});

test('a file comes in parts in any order, and nothing that is none is unpacked', async () => {
  const text = `# ${Array.from({ length: 60_000 }, (_, i) => (i * 7919) % 9973).join(' ')}`;
  const { sha256 } = siteText(text);
  const parts = packed({ text, sha256 });
  expect(parts.length).toBeGreaterThan(1);
  const part = (i: number) => ({ sha256, part: i + 1, parts: parts.length, gzip: parts[i] ?? '' });
  const uploads = new Uploads();
  for (let i = parts.length - 1; i > 0; i--) expect(uploads.take(part(i), 0).kind).toBe('waiting');
  expect(uploads.take(part(0), 1000)).toEqual({ kind: 'whole', site: { text, sha256 } });
  // Too late: what came before is forgotten.
  for (let i = 1; i < parts.length; i++) uploads.take(part(i), 0);
  expect(uploads.take(part(0), 11 * 60_000).kind).toBe('waiting');
  const bomb = packed(siteText('x'.repeat(2 * 1024 * 1024)))[0] ?? '';
  const rows: readonly (readonly [string, Partial<ReturnType<typeof part>>])[] = [
    ['bad-file', { parts: 1, gzip: bomb }],
    ['bad-file', { parts: 1, gzip: 'no gzip' }],
    ['bad-file', { parts: 1, gzip: packed(siteText('another'))[0] ?? '' }],
    ['bad-part', { part: 0 }],
    ['bad-part', { part: 2, parts: 1 }],
    ['bad-part', { parts: 33 }],
    ['bad-part', { gzip: 'x'.repeat(48 * 1024 + 1) }],
    ['bad-part', { sha256: 'X' }],
  ];
  for (const [kind, wrong] of rows) expect(uploads.take({ ...part(0), ...wrong }, 0).kind).toBe(kind);
});
