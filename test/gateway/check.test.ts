import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfigText } from '../../config/load-config.js';
import { loadProfileLibrary, parseProfile } from '../../config/profile-library.js';
import type { SiteConfig } from '../../config/site.js';
import { slowestMs } from '../../drivers/modbus/line-budget.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { checkSite, checkSiteFile } from '../../gateway/check.js';
import { checkAsJson, describeCheck } from '../../gateway/cli/check-table.js';

const codecs = await loadCodecs();
const knownCodecs = [...codecs.keys()];
const known = {
  knownUplinks: ['mqtt', 'gb26875', 'http', 'sms'],
  knownPinDrivers: ['sysfs', 'simulated'],
  knownCodecs,
  codecs,
};
const profiles = await loadProfileLibrary();
const program = path.resolve('dist/gateway/cli/gengfu.js');
const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  readonly units?: number;
  readonly baud?: number;
  readonly more?: string;
}

/** Smoke units on one line; each is asked for one register and then left alone for 100 ms. */
function siteText({ units = 12, baud = 9600, more = '' }: Row): string {
  const devices = Array.from(
    { length: units },
    (_, i) =>
      `  - {id: s-${i + 1}, profile: generic-smoke-0010, line: east, unit: ${i + 1}, zone: hall, allow_draft: true}`,
  );
  return [
    'version: 1',
    'site: {id: slow, district: test, name: 慢线}',
    'lines:',
    `  - {id: east, name: {zh: 东线, en: east line}, path: /dev/ttyS1, baud: ${baud}${more}}`,
    'zones: [{id: hall}]',
    'devices:',
    ...devices,
    'outputs: [{id: siren, kind: siren, gpio: {pin: 17}, on_control_lost: keep_sounding}]',
    'plans: [{id: fire, when: {class: fire, zones: [hall]}, sound: [siren]}]',
    'gpio: {driver: sysfs}',
    '',
  ].join('\n');
}

function siteOf(row: Row): SiteConfig {
  const loaded = loadConfigText('/site/gateway.yaml', siteText(row), { ...known, profiles });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

function fileOf(row: Row): string {
  const file = path.join(folder, `site-${JSON.stringify(row).replace(/\W/g, '')}.yaml`);
  writeFileSync(file, siteText(row));
  return file;
}

describe('a line that can not see its fire points in time', () => {
  test('is refused, with the place in the file, the figures and choices that are counted', async () => {
    const checked = await checkSiteFile(fileOf({ units: 60 }), known);
    expect(checked.ok).toBe(false);
    const [problem] = checked.ok ? [] : checked.problems;
    expect(problem).toMatchObject({ code: 'BUDG-001', where: 'line east', at: { line: 4 }, expected: '≤ 2.00 s' });
    expect(problem?.got).toMatch(/^\d\.\d\d s$/);
    expect(problem?.what.zh).toContain('60/60');
    expect(problem?.hint?.en).toMatch(/baud: (19200|38400|57600|115200)/);
    expect(problem?.hint?.en).toMatch(/move \d+ units? to a second line/);
    expect(problem?.hint?.en).toMatch(/fire_deadline_ms: \d+/);
    expect(problem?.hint?.zh).toContain('第二条线路');
  });

  test.each([
    ['the rate that the advice names', (en: string) => ({ units: 60, baud: Number(/baud: (\d+)/.exec(en)?.[1]) })],
    ['the deadline that it names', (en: string) => ({ units: 60, more: `, ${/fire_deadline_ms: \d+/.exec(en)?.[0]}` })],
    ['as many units less as it names', (en: string) => ({ units: 60 - Number(/move (\d+)/.exec(en)?.[1]) })],
  ])('passes with %s', (_name, change) => {
    const { problems } = checkSite(siteOf({ units: 60 }));
    const en = problems[0]?.hint?.en ?? '';
    expect(checkSite(siteOf(change(en))).problems).toEqual([]);
  });

  test('one unit fewer than the advice moves away is still too many', () => {
    const en = checkSite(siteOf({ units: 60 })).problems[0]?.hint?.en ?? '';
    const count = Number(/move (\d+)/.exec(en)?.[1]);
    expect(checkSite(siteOf({ units: 60 - count + 1 })).problems).toHaveLength(1);
  });

  test('a dead unit is counted with, where there is more than one unit', () => {
    const config = siteOf({ units: 30 });
    const [budget] = checkSite(config).budgets;
    if (budget === undefined) throw new Error('the line has a budget');
    const between = Math.round((slowestMs(budget, 0) + slowestMs(budget, 1)) / 2);
    const strict = { ...config, lines: config.lines.map((line) => ({ ...line, fireDeadlineMs: between })) };
    expect(checkSite(strict).problems).toHaveLength(1);
    const alone = siteOf({ units: 1 });
    const [own] = checkSite(alone).budgets;
    if (own === undefined) throw new Error('the line has a budget');
    const justEnough = { ...alone, lines: alone.lines.map((line) => ({ ...line, fireDeadlineMs: slowestMs(own, 0) })) };
    expect(checkSite(justEnough).problems).toEqual([]);
  });
});

describe('the advice for a slow line with other units beside the smoke detectors', () => {
  const tank =
    '{id: tank, profile: transmitter-7reg, options: {label_range: 5, label_unit: m, medium: level}, line: east';
  const rcbo = '{id: rcbo, profile: lx47le, line: east';
  const afd = '{id: afd, profile: xiyu-afd, line: east';

  /** What is wrong with the line, and the advice about it. */
  function adviceFor(units: number, line: string, others: readonly string[]): string {
    const devices = others.map((other, at) => `  - ${other}, unit: ${200 - at}}`).join('\n');
    const text = siteText({ units, more: line }).replace('outputs:', `${devices}\noutputs:`);
    const loaded = loadConfigText('/site/gateway.yaml', text, { ...known, profiles });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return checkSite(loaded.config).problems[0]?.hint?.en ?? '';
  }

  test.each<readonly [string, number, string, readonly string[], RegExp]>([
    [
      'the unit that costs the time',
      20,
      ', timeout_ms: 400, quarantine_ms: 200',
      [tank],
      /tank costs the most time: move/,
    ],
    ['and so a breaker', 30, ', timeout_ms: 300, quarantine_ms: 100', [rcbo], /rcbo costs the most time: move/],
    [
      'the caveat of a rate that no paper knows',
      45,
      '',
      [],
      /baud: \d+ on the whole line \(\d\.\d\d s, where all units can\)/,
    ],
  ])('names %s', (_what, units, line, others, wanted) => {
    expect(adviceFor(units, line, others)).toMatch(wanted);
  });

  test('never a rate that one of its models does not have', () => {
    expect(adviceFor(45, '', [])).toContain('baud:');
    expect(adviceFor(45, '', [afd])).not.toContain('baud:');
  });

  test.each([10, 14, 18, 22, 26, 30])('with %i detectors: never less patience than the slowest unit needs', (units) => {
    for (const others of [[tank], [rcbo], [tank, rcbo]]) {
      const en = adviceFor(units, ', timeout_ms: 400, quarantine_ms: 200', others);
      const sum = Number(/^.*together (\d+) \(the slowest/.exec(en)?.[1] ?? Number.POSITIVE_INFINITY);
      expect(sum).toBeGreaterThanOrEqual(others.includes(tank) ? 500 : 300);
    }
  });

  test('less patience is advised where it is enough and the papers allow it', () => {
    const line = ', timeout_ms: 500, quarantine_ms: 400';
    const sum = Number(/together (\d+) \(the slowest unit needs 300\)/.exec(adviceFor(20, line, [rcbo]))?.[1]);
    expect(sum).toBeGreaterThanOrEqual(300);
    expect(
      adviceFor(20, `, timeout_ms: ${Math.ceil((sum * 5) / 9)}, quarantine_ms: ${Math.floor((sum * 4) / 9)}`, [rcbo]),
    ).toBe('');
  });
});

test.each(['smallest-site', 'ancient-town', 'district-uplink', 'micro-station', 'district-station'])(
  'the example %s passes',
  async (name) => {
    const checked = await checkSiteFile(`config/examples/${name}.yaml`, known);
    expect(checked.ok ? [] : checked.problems).toEqual([]);
    for (const budget of checked.budgets) expect(budget.loadPercent).toBeLessThan(100);
  },
);

test('a site file with other mistakes is told those, without any budget', async () => {
  const file = path.join(folder, 'broken.yaml');
  writeFileSync(file, siteText({}).replace('line: east', 'line: nowhere'));
  const checked = await checkSiteFile(file, known);
  expect(checked).toMatchObject({ ok: false, budgets: [], problems: [{ code: 'CONF-022' }] });
});

test('a dialect that can not work with the options of a profile is told at its device, and nothing is run', async () => {
  const { profile } = parseProfile(
    'jbf-193k.yaml',
    readFileSync('config/profiles/jbf-193k.yaml', 'utf8').replace(
      '{isolated_code: {option: isolated_code}}',
      '{isolated: 1}',
    ),
  );
  if (profile === null) throw new Error('the profile keeps the rules');
  const file = path.join(folder, 'panel.yaml');
  const panel = '  - {id: panel, profile: jbf-193k, line: own, zone: hall}';
  const text = siteText({ more: '}\n  - {id: own, path: /dev/ttyS2' }).replace('outputs:', `${panel}\noutputs:`);
  writeFileSync(file, text);
  const wrong = { ...profiles, profiles: new Map([...profiles.profiles, ['jbf-193k', profile]]) };
  expect((await checkSiteFile(file, { ...known, profiles })).ok).toBe(true);
  expect(await checkSiteFile(file, { ...known, profiles: wrong })).toMatchObject({
    ok: false,
    problems: [{ code: 'STRM-002', where: 'device panel codec_options.isolated', at: { line: 20 }, got: '1' }],
  });
});

test('what is printed names load, worst cases, limit and the slowest points, in Chinese or English', () => {
  const config = siteOf({ units: 12 });
  const { budgets } = checkSite(config);
  const zh = describeCheck(config, budgets, 'zh');
  expect(zh).toMatch(/负载 \d+ %/);
  expect(zh).toMatch(
    /失联设备不超过 0\/1\/2\/4 台）：\d\.\d\d s \/ \d\.\d\d s \/ \d\.\d\d s \/ \d\.\d\d s，限 2\.00 s/,
  );
  expect(zh).toContain('15 ms');
  expect(describeCheck(config, budgets, 'en')).toMatch(/s-1\/smoke \d\.\d\d s, .* … \(12\)/);
});

test('more dead units are never told to be quicker, one thing is one, and a name that is only the id stands there once', () => {
  const config = siteOf({ units: 22, more: ', timeout_ms: 350' });
  const en = describeCheck(config, checkSite(config).budgets, 'en');
  const figures = (/units dead\): ([^,]*),/.exec(en)?.[1] ?? '').split(' / ').map(Number.parseFloat);
  expect(figures).toHaveLength(4);
  expect([...figures].sort((a, b) => a - b)).toEqual(figures);
  const alone = siteOf({ units: 1 });
  const [line] = alone.lines;
  if (line === undefined) throw new Error('there is a line');
  const unnamed = { ...alone, lines: [{ ...line, name: { zh: 'east', en: 'east' } }] };
  const text = describeCheck(unnamed, checkSite(unnamed).budgets, 'en');
  expect(text).toMatch(/good: 1 line, 1 unit, \d+ points\nline east {2}\/dev\/ttyS1 .*\n {2}1 unit, load/);
});

test('for machines the whole budget is told: every request and every fire point', () => {
  const config = siteOf({ units: 12 });
  const told = JSON.parse(checkAsJson(config, checkSite(config).budgets)) as {
    ok: boolean;
    units: number;
    budgets: { requests: unknown[]; fire: { worstMs: Record<string, number> }[] }[];
  };
  expect(told).toMatchObject({ ok: true, units: 12 });
  expect(told.budgets[0]?.requests).toHaveLength(12);
  expect(told.budgets[0]?.fire).toHaveLength(12);
  const worst = Object.entries(told.budgets[0]?.fire[0]?.worstMs ?? {});
  expect(worst.map(([dead]) => dead)).toEqual(['0', '1', '2', '4']);
  for (const [, ms] of worst) expect(String(ms)).toMatch(/^\d+(?:\.\d\d?)?$/);
});

describe('the program', () => {
  test('check and run refuse a slow line with status 2 and say why; a quick one is checked with status 0', () => {
    const slow = fileOf({ units: 60 });
    for (const command of ['check', 'run']) {
      const ended = spawnSync(process.execPath, [program, command, '--config', slow], { encoding: 'utf8' });
      expect(ended.status).toBe(2);
      expect(ended.stderr).toContain('[BUDG-001]');
      expect(ended.stderr).toContain('第二条线路');
    }
    const quick = spawnSync(process.execPath, [program, 'check', '--json', '--config', fileOf({})], {
      encoding: 'utf8',
    });
    expect(quick.status).toBe(0);
    expect(JSON.parse(quick.stdout)).toMatchObject({ ok: true, lines: 1 });
  });
});
