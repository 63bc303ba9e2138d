/** A commissioning of the town: what is to be tried out, what ticks itself off, and what a signature freezes. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stillUnproven } from '../../../gateway/cli/papers/commissioning-words.js';
import { checklistOf } from '../../../gateway/commissioning/checklist.js';
import { countedBudgets } from '../../../gateway/commissioning/counted-budgets.js';
import { type ItemUse, itemsNamed } from '../../../gateway/commissioning/named-item.js';
import { readRevision } from '../../../gateway/commissioning/report/revision-folder.js';
import { writeReport } from '../../../gateway/commissioning/report/write-report.js';
import { dayOf, isDay, monthsLater } from '../../../gateway/commissioning/warranty.js';
import type { CommissioningAsk } from '../../../gateway/panel/api/commissioning.js';
import { commissioningView } from '../../../gateway/panel/api/commissioning.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { device, hallSmoke, line, onlyUnits, point, townConfig } from '../village-rig.js';
import { CommissioningRig } from './commissioning-rig.js';

const sign = (sha256: string, more: Partial<Extract<CommissioningAsk, { ask: 'commissioning-sign' }>> = {}) =>
  ({
    ...{ ask: 'commissioning-sign', sha256, role: 'installer', name: '李工', organisation: null, mark: 'M1 2L30 40' },
    ...more,
  }) satisfies CommissioningAsk;

it('asks for every detector, key, output, loudspeaker, line, link and centre of the town, each once, with what is counted for it', async () => {
  const town = await townConfig();
  const items = checklistOf(town, countedBudgets(town));
  const ids = items.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const fire = town.points.filter((each) => each.class === 'fire').map(({ id }) => id);
  expect(fire.filter((id) => !ids.some((each) => each.endsWith(`:${id}`)))).toEqual([]);
  const expected = [
    ...[...town.outputs.map(({ id }) => `output:${id}`), ...town.speakers.map(({ id }) => `speaker:${id}`)],
    ...['line:east', 'line:west', 'line:pool', 'line:inn', 'link:pool-gauge', 'link:panel-hall'],
    ...['call-point:call-hall/contact', 'key:key-silence/contact', 'power:mains-street/contact', 'power:box'],
    ...['clock:box', 'value:pool-level/value', `uplink:${town.uplinks[0]?.id}`],
  ];
  expect(expected.filter((id) => !ids.includes(id))).toEqual([]);
  const smoke = items.find(({ subject }) => subject === hallSmoke);
  expect(smoke).toMatchObject({ kind: 'detector', state: 'open', device: 'smoke-1', zone: 'hall' });
  expect(smoke?.countedMs).toBeGreaterThan(100);
  expect(smoke?.countedMs).toBeLessThan(2000);
});

it('an item may be called by its point, or by its device where only one of it can be meant', async () => {
  const town = await townConfig();
  const items = checklistOf(town, countedBudgets(town));
  const named = (what: string, use: ItemUse) => itemsNamed(items, what, use).map(({ id }) => id);
  const rows = [
    [named('smoke-1', 'press'), ['detector:smoke-1/smoke']],
    [named('smoke-1/smoke', 'judge'), ['detector:smoke-1/smoke']],
    [named('detector:smoke-1/smoke', 'probe'), ['detector:smoke-1/smoke']],
    [named('call-hall', 'press'), ['call-point:call-hall/contact']],
    [named('east', 'probe'), ['line:east']],
    // A link is no detector: what is pressed there is what it tells of.
    [named('pool-gauge', 'judge'), ['link:pool-gauge']],
    [named('box', 'judge'), ['power:box', 'clock:box']],
    [named('box', 'press'), ['power:box']],
    [named('siren-hall', 'press'), ['output:siren-hall']],
    [named('nobody', 'press'), []],
  ] as const;
  expect(rows.map(([got]) => got)).toEqual(rows.map(([, want]) => want));
  expect(named('panel-hall', 'press').length).toBeGreaterThan(1);
});

describe('a warranty', () => {
  it.each([
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-01-31', 24, '2028-01-31'],
    ['2026-12-01', 1, '2027-01-01'],
  ])('that begins on %s ends %i months later on %s', (from, months, to) => {
    expect(monthsLater(from, months)).toBe(to);
  });

  it('ends on a day that there is, counted where the site is', () => {
    expect([isDay('2028-02-29'), isDay('2027-02-29'), isDay('2026-04-31')]).toEqual([true, false, false]);
    expect(dayOf(Date.UTC(2026, 10, 29, 20), 'Asia/Shanghai')).toBe('2026-11-30');
  });
});

describe('while it is open', () => {
  it('takes down a detector of a walk test with the time from the press to the alarm, and a call point by its real alarm', async () => {
    const town = await CommissioningRig.make();
    const { rig } = town;
    expect(town.begin().accepted).toBe(true);
    expect(commissioningView.safeParse(town.view).error).toBeUndefined();
    rig.runtime.orders.submit({ ask: 'walk-test-begin', zone: 'hall', forMs: null }, { origin: 'panel:li', level: 3 });
    expect(town.give({ ask: 'commissioning-press', item: `detector:${hallSmoke}` }).accepted).toBe(true);
    expect(town.view).toMatchObject({ walking: ['hall'], pressed: { item: `detector:${hallSmoke}` } });
    await rig.clock.advance(700);
    rig.village.setPoint(hallSmoke, 'alarm');
    await rig.clock.until(() => town.item(`detector:${hallSmoke}`).state === 'passed', 5_000, 50);
    const item = town.item(`detector:${hallSmoke}`);
    expect(item).toMatchObject({ how: 'walk-test', by: 'panel:li', wall: rig.entriesOf('walk_test.seen')[0]?.wall });
    expect(item.detectionMs).toBeGreaterThan(700);
    expect(item.detectionMs).toBeLessThan(700 + (item.countedMs ?? 0));
    // Who walks on now would make a fire.
    expect(town.view).toMatchObject({ seen: item.id, pressed: null, stillActive: [hallSmoke] });
    rig.village.setPoint(hallSmoke, 'normal');
    await rig.clock.until(() => town.view.stillActive.length === 0, 30_000, 500);
    expect(town.item('detector:smoke-2/smoke')).toMatchObject({ state: 'open', detectionMs: null });

    rig.village.setPoint(point('call-hall/contact'), 'alarm');
    await rig.clock.until(() => town.item('call-point:call-hall/contact').state === 'passed', 5_000, 50);
    expect(town.item('call-point:call-hall/contact')).toMatchObject({ how: 'alarm', detectionMs: null });
  });

  it('believes a siren when it was proven on and off, and heard by a person', async () => {
    const town = await CommissioningRig.make();
    town.begin();
    const item = 'output:siren-hall';
    const pass = { ask: 'commissioning-judge', item, to: 'passed', reason: null } as const;
    expect(town.give(pass)).toMatchObject({ accepted: false, reason: 'not-proven' });
    expect(town.give({ ...pass, isHeard: true }).accepted).toBe(true);
    expect(town.item(item)).toMatchObject({ state: 'open', isHeard: true });
    expect(stillUnproven(town.item(item), 'en')).toContain('run gengfu test siren');
    town.rig.runtime.orders.submit({ ask: 'siren-test' }, { origin: 'panel:li', level: 2 });
    await town.rig.clock.until(() => town.item(item).state === 'passed', 60_000, 500);
    expect(town.item(item)).toMatchObject({ provenOn: true, provenOff: true, how: 'read-back' });
    expect(stillUnproven(town.item(item), 'en')).toBeNull();
    town.give({ ...pass, isHeard: false });
    expect(town.item(item).state).toBe('failed');
  });

  it('measures the lines: what was asked, answered and missed, how long answers took, and a dead unit fails its line', async () => {
    const few = onlyUnits(await townConfig(), line('east'), 'smoke-1', 'smoke-3', 'relay-1');
    const clock = new SimClock(undefined, 'trusted', { settle: 'ticks' });
    const town = await CommissioningRig.make({ config: few, clock });
    town.begin();
    await town.rig.clock.advance(70_000);
    expect(town.item('line:east')).toMatchObject({ state: 'passed', how: 'measured' });
    const [east] = town.view.lines;
    expect(east).toMatchObject({ line: 'east', settings: '/dev/gengfu-east 9600 8N1' });
    expect(east?.worstAgeMs).toBeLessThan(east?.counted?.worstMs ?? 0);
    const first = east?.units[0];
    expect(first?.answers).toBeGreaterThan(20);
    expect(first?.timeouts).toBe(0);
    expect([first?.minMs, first?.medianMs, first?.maxMs].every((ms) => ms !== null && ms !== undefined)).toBe(true);
    expect(first?.strip.reduce((sum, [answered]) => sum + answered, 0)).toBe(first?.answers);
    town.rig.village.switchUnit(device('smoke-3'), false);
    await town.rig.clock.advance(60_000);
    expect(town.item('line:east')).toMatchObject({ state: 'failed', reason: expect.stringContaining('smoke-3') });
    // Mended, and measured anew.
    town.rig.village.switchUnit(device('smoke-3'), true);
    await town.rig.clock.advance(20_000);
    town.give({ ask: 'commissioning-probe', item: 'line:east' });
    await town.rig.clock.advance(75_000);
    expect(town.item('line:east')).toMatchObject({ state: 'passed', reason: null });
    expect(town.view.lines.find(({ line }) => line === 'east')?.units[0]?.strip.length).toBeLessThan(10);
  });

  it('times a test report on its way to the centre, and hears links and a good clock by itself', async () => {
    const town = await CommissioningRig.make();
    town.begin();
    const uplink = town.rig.config.uplinks[0]?.id ?? '';
    expect(town.give({ ask: 'commissioning-probe', item: `uplink:${uplink}` }).accepted).toBe(true);
    await town.rig.clock.advance(10_000);
    expect(town.view.uplinks).toMatchObject([{ uplink, carriedMs: expect.any(Number) }]);
    expect(town.rig.uplink.reports.some(({ entry }) => entry.kind === 'commissioning.probed')).toBe(true);
    expect(town.item('link:pool-gauge')).toMatchObject({ state: 'passed', how: 'told' });
    expect(town.item('clock:box')).toMatchObject({ state: 'passed', how: 'measured' });
  });
});

describe('its end', () => {
  it('is refused while items are neither tested nor excused, and names them', async () => {
    const town = await CommissioningRig.make();
    town.begin();
    const refused = town.freeze();
    expect(refused).toMatchObject({ accepted: false, reason: 'items-open' });
    expect(refused.concerned.length).toBe(20);
    expect(town.give(sign('0'.repeat(64)))).toMatchObject({ reason: 'not-frozen' });
    const judge = { ask: 'commissioning-judge', item: 'power:box', reason: null } as const;
    expect(town.give({ ...judge, to: 'failed' })).toMatchObject({ reason: 'needs-reason' });
    expect(town.give({ ...judge, to: 'not-applicable' })).toMatchObject({ reason: 'needs-reason' });
  });

  it('freezes the content by its digest: two sign it, the district hears counts and no names, and what changes is a new revision', async () => {
    const town = await CommissioningRig.make();
    town.begin();
    town.excuseRest();
    town.give({ ask: 'commissioning-judge', item: 'power:box', to: 'passed', reason: null });
    expect(town.freeze().accepted).toBe(true);
    const { sha256, warrantyUntil } = town.view;
    expect(warrantyUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
    const judge = { ask: 'commissioning-judge', item: 'power:box', to: 'open', reason: null } as const;
    expect(town.give(judge)).toMatchObject({ reason: 'is-frozen' });
    expect(town.give(sign('b'.repeat(64)))).toMatchObject({ reason: 'other-content' });
    expect(town.give(sign(sha256 ?? '')).accepted).toBe(true);
    expect(town.give({ ask: 'commissioning-reopen' })).toMatchObject({ reason: 'is-signed' });
    expect(town.give(sign(sha256 ?? '', { role: 'owner', name: '王秀英', mark: null })).accepted).toBe(true);
    await town.rig.clock.advance(5_000);
    await town.written();

    const revision = await readRevision(town.folder, 1);
    const text = revision?.file.content ?? '';
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    expect(revision?.file.signatures.map(({ role }) => role)).toEqual(['installer', 'owner']);
    const told = town.rig.uplink.reports.filter(({ entry }) => entry.kind.startsWith('commissioning.'));
    expect(JSON.stringify(told)).not.toMatch(/李工|王秀英|云溪/);
    expect(told.at(-1)?.entry.detail).toMatchObject({
      ...{ revision: 1, sha256, role: 'owner', signatures: 2, passed: 1, failed: 0, not_applicable: 0 },
      ...{ version: '1.2.3', site_sha256: 'a'.repeat(64) },
    });
    expect(town.rig.entriesOf('commissioning.noted').some(({ detail }) => detail['name'] === '王秀英')).toBe(true);
    // The next revision begins with what was found out.
    expect(town.begin().accepted).toBe(true);
    expect(town.view).toMatchObject({ state: 'open', revision: 2, sha256: null });
    expect(town.item('power:box').state).toBe('passed');
    expect((await readRevision(town.folder, 1))?.file.content).toBe(text);
  });

  it('survives a restart in the middle, and after it was signed', async () => {
    const town = await CommissioningRig.make();
    town.begin();
    town.give({ ask: 'commissioning-judge', item: 'power:box', to: 'passed', reason: '断电 10 分钟' });
    await town.restart();
    expect(town.view).toMatchObject({ state: 'open', revision: 1, tester: '李工' });
    expect(town.item('power:box')).toMatchObject({ state: 'passed', reason: '断电 10 分钟' });
    town.excuseRest();
    town.freeze();
    town.give(sign(town.view.sha256 ?? ''));
    const { sha256 } = town.view;
    await town.restart();
    expect(town.view).toMatchObject({ state: 'signed', sha256, signatures: [{ name: '李工' }] });
    town.give({ ask: 'commissioning-abandon' });
    await town.restart();
    expect(town.view.state).toBe('none');
    expect(existsSync(join(town.folder, 'revision-1.json'))).toBe(true);
  });

  it('puts a file aside that nobody can read, and does not write over it', async () => {
    const town = await CommissioningRig.make();
    mkdirSync(town.folder, { recursive: true });
    writeFileSync(join(town.folder, 'current.json'), '{"form":1,');
    await town.restart();
    expect(town.view.state).toBe('none');
    town.begin();
    await town.written();
    expect(readFileSync(join(town.folder, 'current.json.broken'), 'utf8')).toBe('{"form":1,');
  });

  it('is of level III from every origin, and what the journal does not take has not happened', async () => {
    const town = await CommissioningRig.make();
    expect(town.give({ ask: 'commissioning-begin', tester: 'x', organisation: null }, 2)).toMatchObject({
      reason: 'level-too-low',
    });
    expect(town.rig.entriesOf('command.refused').at(-1)?.detail).toMatchObject({ command: 'commissioning-begin' });
    town.rig.runtime.record = () => {
      throw new Error('no journal');
    };
    expect(town.begin()).toMatchObject({ reason: 'not-recorded' });
    expect(town.view.state).toBe('none');
  });
});

describe('its report', () => {
  it('names every device of the town, loads nothing from outside, runs nothing, and takes hostile names as text', async () => {
    const town = await CommissioningRig.make();
    const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'';
    town.give({ ask: 'commissioning-begin', tester: evil, organisation: null });
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 1, 2, 3]);
    const photo = `${createHash('sha256').update(bytes).digest('hex')}.jpg`;
    mkdirSync(join(town.folder, 'photos'), { recursive: true });
    writeFileSync(join(town.folder, 'photos', photo), bytes);
    town.give({ ask: 'commissioning-photo', item: 'power:box', photo, to: 'add' });
    town.give({ ask: 'commissioning-photo', item: 'clock:box', photo: `${'9'.repeat(64)}.jpg`, to: 'add' });
    await town.rig.clock.advance(65_000);
    town.excuseRest(evil);
    town.freeze();
    town.give(sign(town.view.sha256 ?? '', { name: evil }));
    await town.written();
    const revision = await readRevision(town.folder, 1);
    if (revision === null) throw new Error('it was signed');
    for (const lang of ['zh', 'en'] as const) {
      let text = '';
      await writeReport(town.folder, revision, lang, async (piece) => {
        text += piece;
      });
      const { units, streams, points } = town.rig.config;
      const contacts = points.filter(({ class: own }) => own === 'fire');
      for (const { id } of [...units, ...streams, ...contacts]) expect(text).toContain(id);
      expect(text).not.toMatch(/<script|<img src=x|javascript:|https?:|<link|<iframe|@import|url\(/i);
      expect(text.match(/<(?:img|svg|a|form|object)\b[^>]*(?:src|href|on\w+)="(?!data:)/gi)).toBeNull();
      expect(text).toContain('&lt;script&gt;alert(1)');
      expect(text).toContain(`src="data:image/jpeg;base64,${bytes.toString('base64')}"`);
      expect(text).toContain('<path d="M1 2L30 40"/>');
      expect(text).toContain('GB 4717-2024 5.4.1.1');
      expect(text).not.toContain('\u0001');
      expect(text).toMatch(lang === 'zh' ? /对照检查的条款/ : /checked against/);
    }
  });
});
