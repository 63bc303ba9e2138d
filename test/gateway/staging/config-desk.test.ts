/** Another site file on a running gateway: when it is taken, when it is confirmed, and when it is taken back. */
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SiteConfig } from '../../../config/site.js';
import type { UserTexts } from '../../../config/user-profiles.js';
import { ConfigDesk } from '../../../gateway/staging/config-desk.js';
import { SiteFiles } from '../../../gateway/staging/site-files.js';
import { packed, siteText } from '../../../gateway/staging/site-text.js';
import type { StagePart } from '../../../gateway/staging/staging-answer.js';
import { type StartedSite, startingSite } from '../../../gateway/staging/starting-site.js';
import { device, line, point, speechlessTown } from '../village-rig.js';
import { MemoryFolder } from './memory-folder.js';
import { SwapRig } from './swap-rig.js';

const smoke = point('smoke-1/smoke');
const box = { origin: 'cli:installer', isOnBox: true };
const district = 'district:key-1';
let site: SiteConfig;

beforeAll(async () => {
  site = small(await speechlessTown());
});

/** Two lines with a detector and a relay each. */
function small(town: SiteConfig): SiteConfig {
  const units = town.units.filter(({ id }) => ['smoke-1', 'relay-1', 'smoke-13', 'relay-2'].includes(id));
  const isHere = (id: string): boolean => units.some((unit) => unit.id === id);
  return {
    ...town,
    ...{ units, streams: [], pairs: [], speakers: [], programme: [], upkeep: [], gpio: null },
    lines: town.lines.filter(({ id }) => ['east', 'west'].includes(id)),
    points: town.points.filter(({ source }) => 'device' in source && isHere(source.device)),
    outputs: town.outputs.filter(({ target, kind }) => target.kind === 'unit' && kind === 'siren'),
  };
}

/** What can be staged, by its text. */
const files: Readonly<Record<string, (site: SiteConfig) => SiteConfig>> = {
  installed: (own) => own,
  renamed: (own) => ({ ...own, site: { ...own.site, name: { zh: '新名', en: 'new name' } } }),
  // Nobody has this address.
  'lost line': (own) => ({
    ...own,
    units: own.units.map((unit) => (unit.line === line('west') ? { ...unit, address: unit.address + 100 } : unit)),
  }),
  'other uplink': (own) => ({ ...own, uplinks: own.uplinks.map((each) => ({ ...each, url: 'mqtt://nowhere:1883' })) }),
  'without west': (own) => ({
    ...own,
    lines: own.lines.filter(({ id }) => id !== 'west'),
    units: own.units.filter((unit) => unit.line !== line('west')),
    points: own.points.filter(({ id }) => !id.startsWith('smoke-13')),
    outputs: own.outputs.filter(({ target }) => target.kind === 'unit' && target.device === device('relay-1')),
  }),
  'another site': (own) => ({ ...own, dataDir: '/elsewhere' }),
  'silent plan': (own) => ({
    ...own,
    plans: own.plans.map((plan) => ({ ...plan, steps: plan.steps.map((step) => ({ ...step, sound: [] })) })),
  }),
};

interface Beside {
  /** The installer's profile beside his site file, as it stands there now. */
  now: string;
}

async function watching(
  options: { readonly folder?: MemoryFolder; readonly started?: StartedSite; readonly beside?: Beside } = {},
) {
  const rig = new SwapRig(site);
  const folder = options.folder ?? new MemoryFolder();
  const { beside } = options;
  const profilesNow = (): UserTexts => (beside === undefined ? {} : { 'own-model': beside.now });
  const check = async (text: string, userProfiles: UserTexts = profilesNow()) => {
    // A profile says as much of a site as its text does.
    const made = files[userProfiles['own-model'] ?? text]?.(site);
    if (made === undefined) return { ok: false as const, problems: [], budgets: [] };
    return { ok: true as const, config: made, budgets: [], userProfiles };
  };
  const siteFiles = new SiteFiles(folder);
  const installed = { text: siteText('installed', profilesNow()), config: site };
  const started = await startingSite(siteFiles, installed, check);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  await rig.start(started.running.config);
  const desk = new ConfigDesk({ clock: rig.clock, files: siteFiles, check, runner: rig.runner, started, log });
  desk.start();
  await rig.clock.advance(3_000);
  onTestFinished(async () => {
    desk.stop();
    await rig.wait(rig.runner.stop());
  });
  const stage = (text: string) => rig.wait(desk.stageText(text, 'cli:installer'));
  const apply = (text: string, isForced = false) => rig.wait(desk.applyAs(siteText(text).sha256, box, isForced));
  /** Until the trial has ended; how many s it took. */
  const ended = async (): Promise<number> =>
    Math.round((await rig.clock.until(() => desk.status.trial === null, 400_000, 100)) / 1000);
  const runs = (): string =>
    Object.keys(files).find((text) => siteText(text).sha256 === desk.status.running.sha256) ?? '';
  const told = () =>
    rig.entries
      .filter(({ kind }) => kind.startsWith('config.'))
      .map(({ kind, detail }) => [kind, detail['reason'] ?? null]);
  return { rig, folder, desk, stage, apply, ended, runs, told };
}

test('a changed profile beside an unchanged site file is another site: staged, on trial, kept with the text, taken back with it', async () => {
  const beside = { now: 'installed' };
  const { desk, folder, rig, stage, apply, ended } = await watching({ beside });
  expect(await stage('installed')).toMatchObject({ ok: false, reason: 'runs-already' });
  beside.now = 'renamed';
  expect(await stage('installed')).toMatchObject({ ok: true, detail: { changes: { rest: { changed: 1 } } } });
  // What is staged is what was checked, whatever is written into the folder meanwhile.
  beside.now = 'no profile at all';
  expect(await apply('installed')).toMatchObject({ ok: true });
  await ended();
  expect([rig.runner.config.site.name.zh, desk.status.last?.outcome]).toEqual(['新名', 'confirmed']);
  expect(await new SiteFiles(folder).read('current')).toMatchObject({ userProfiles: { 'own-model': 'renamed' } });
  beside.now = 'lost line';
  expect(await stage('installed')).toMatchObject({ ok: true });
  await apply('installed');
  await ended();
  expect([rig.runner.config.site.name.zh, desk.status.last?.outcome]).toEqual(['新名', 'rolled-back']);
  expect(JSON.stringify(desk.status)).not.toContain('own-model');
});

describe('a trial', () => {
  test('of a sound file is confirmed within seconds; its lines were never closed', async () => {
    const { rig, desk, stage, apply, ended, runs, told } = await watching();
    const opened = rig.opened.length;
    expect(await stage('renamed')).toMatchObject({
      ok: true,
      detail: { changes: { rest: { changed: 1 } }, unchanged_lines: ['east', 'west'] },
    });
    expect(await apply('renamed')).toMatchObject({ ok: true });
    expect(await apply('renamed')).toMatchObject({ ok: false, reason: 'trial-runs' });
    expect(await ended()).toBeLessThan(10);
    expect([runs(), rig.runtime.vitals.lines.size, rig.opened.length]).toEqual(['renamed', 2, opened]);
    expect(told()).toEqual([
      ['config.staged', null],
      ['config.applied', null],
      ['config.confirmed', null],
    ]);
    // And back again, on trial as any other.
    expect(await rig.wait(desk.rollbackAs(box))).toMatchObject({ ok: true });
    await ended();
    expect(runs()).toBe('installed');
  });

  test('in which a line answers no more is rolled back after 60 s, also beside a fire that began meanwhile', async () => {
    const { rig, stage, apply, ended, runs, told } = await watching();
    await stage('lost line');
    await apply('lost line');
    await rig.clock.advance(20_000);
    rig.village.setPoint(smoke, 'alarm');
    await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${smoke}`).length > 0, 2_000);
    const tookS = 20 + (await ended());
    expect(tookS).toBeGreaterThanOrEqual(60);
    expect(tookS).toBeLessThan(66);
    expect(runs()).toBe('installed');
    expect(told().at(-1)).toEqual(['config.rolled_back', 'line']);
    await rig.clock.advance(5_000);
    expect(rig.runtime.vitals.lines.size).toBe(2);
    expect(rig.runtime.alarms.subjects.get(`point:${smoke}`)).toMatchObject({ class: 'fire', condition: 'active' });
    expect(rig.village.outputIsOn(site.outputs[0]?.id ?? ('' as never))).toBe(true);
  });

  test('in which the centre is not reached again is rolled back after 5 min; one that was not reached before is not waited for', async () => {
    const { rig, stage, apply, ended, runs, told } = await watching();
    await stage('other uplink');
    rig.isCentreThere = () => false;
    await apply('other uplink');
    const tookS = await ended();
    expect(tookS).toBeGreaterThanOrEqual(300);
    expect(tookS).toBeLessThan(306);
    expect([runs(), told().at(-1)]).toEqual(['installed', ['config.rolled_back', 'uplink']]);
    await apply('other uplink');
    expect(await ended()).toBeLessThan(10);
    expect(runs()).toBe('other uplink');
  });

  test('does not wait for a line that the new file has no more; its relays go off first', async () => {
    const { rig, stage, apply, ended, runs } = await watching();
    const street = site.outputs.find(({ target }) => target.kind === 'unit' && target.device === device('relay-2'));
    if (street === undefined) throw new Error('a siren on the west line');
    rig.village.setPoint(point('smoke-13/smoke'), 'alarm');
    await rig.clock.until(() => rig.village.outputIsOn(street.id), 3_000);
    await stage('without west');
    await apply('without west', true);
    expect(await ended()).toBeLessThan(10);
    expect([runs(), rig.village.outputIsOn(street.id)]).toEqual(['without west', false]);
    // The fire of a point that has left the site stays until a person resets it.
    expect(rig.runtime.alarms.subjects.get('point:smoke-13/smoke')?.alarm).not.toBeNull();
  });

  test('goes on at the next start of the process, and is then judged as if it had begun there', async () => {
    const first = await watching();
    await first.stage('lost line');
    await first.apply('lost line');
    await first.rig.clock.advance(5_000);
    const { ended, runs, desk } = await watching({ folder: new MemoryFolder(first.folder.files) });
    expect([runs(), desk.status.trial?.phase]).toEqual(['lost line', 'on-trial']);
    await ended();
    expect(runs()).toBe('installed');
  });
});

describe('what is refused', () => {
  test('beside a fire, unless somebody on the box insists', async () => {
    const { rig, desk, stage, apply, ended, runs } = await watching();
    await stage('renamed');
    rig.village.setPoint(smoke, 'alarm');
    await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${smoke}`).length > 0, 2_000);
    expect(await apply('renamed')).toMatchObject({ ok: false, reason: 'fire' });
    expect(await rig.wait(desk.apply(siteText('renamed').sha256, district))).toMatchObject({
      ok: false,
      reason: 'fire',
    });
    expect(await apply('renamed', true)).toMatchObject({ ok: true });
    await ended();
    expect(runs()).toBe('renamed');
  });

  test('a fire between the order and the swap leaves everything as it is', async () => {
    const { rig, stage, apply, ended, runs, told, folder } = await watching();
    await stage('renamed');
    await apply('renamed');
    rig.village.setPoint(smoke, 'alarm');
    await ended();
    expect([runs(), told().at(-1)]).toEqual(['installed', ['config.rolled_back', 'fire']]);
    expect([folder.files.has('trial.json'), folder.files.has('current.yaml')]).toEqual([false, false]);
  });

  test('what is not fit, not staged, staged otherwise, another site, or only to be changed on the box', async () => {
    const { rig, desk, stage, apply } = await watching();
    const refused = (reason: string) => expect.objectContaining({ ok: false, reason, words: expect.anything() });
    const { sha256 } = siteText('silent plan');
    expect(await apply('renamed')).toEqual(refused('nothing-staged'));
    expect(await stage('no such file')).toEqual(refused('problems'));
    expect(await stage('installed')).toEqual(refused('runs-already'));
    expect(await stage('another site')).toEqual(refused('fixed'));
    expect(await rig.wait(desk.rollbackAs(box))).toEqual(refused('nothing-before'));
    expect(await stage('silent plan')).toMatchObject({ ok: true, detail: { needs_box: ['sounders'] } });
    expect(await apply('renamed')).toEqual(refused('other-file'));
    expect(await rig.wait(desk.apply(sha256, district))).toEqual(refused('needs-box'));
    expect(rig.entriesOf('config.applied')).toEqual([]);
  });

  test('a rollback by the district of what the installer has changed of keys or sounders; on the box it goes', async () => {
    const { rig, desk, stage, apply, ended, runs } = await watching();
    await stage('silent plan');
    expect(await apply('silent plan')).toMatchObject({ ok: true });
    await rig.clock.until(() => desk.status.trial?.phase === 'on-trial', 5_000);
    expect(await rig.wait(desk.rollback(district))).toMatchObject({ ok: false, reason: 'needs-box' });
    expect(await rig.wait(desk.rollbackAs(box))).toMatchObject({ ok: true });
    await ended();
    expect(runs()).toBe('installed');
  });

  test('what the disk does not record or keep: nothing is swapped', async () => {
    const { rig, stage, apply, runs, folder, desk } = await watching();
    await stage('renamed');
    folder.changesLeft = 3;
    expect(await apply('renamed')).toMatchObject({ ok: false, reason: 'cannot-keep' });
    folder.changesLeft = Number.POSITIVE_INFINITY;
    rig.store.setMode('hangs');
    expect(await apply('renamed')).toMatchObject({ ok: false, reason: 'cannot-record' });
    rig.store.setMode('works');
    await rig.clock.advance(2_000);
    expect([runs(), desk.status.trial]).toEqual(['installed', null]);
  });
});

test('the district fetches what runs and stages another in parts', async () => {
  const { rig, desk } = await watching();
  expect(desk.fetch(1)).toEqual({
    sha256: siteText('installed').sha256,
    part: 1,
    parts: 1,
    gzip: packed(siteText('installed'))[0],
  });
  const { sha256 } = siteText('renamed');
  const part: StagePart = { sha256, part: 1, parts: 1, gzip: packed(siteText('renamed'))[0] ?? '' };
  expect(await rig.wait(desk.stage({ ...part, gzip: 'broken' }, district))).toMatchObject({
    ok: false,
    reason: 'bad-file',
  });
  expect(await rig.wait(desk.stage(part, district))).toMatchObject({ ok: true, detail: { sha256 } });
  expect(await rig.wait(desk.apply(sha256, district))).toMatchObject({ ok: true });
  expect(rig.entriesOf('config.staged')[0]).toMatchObject({ origin: district });
});
