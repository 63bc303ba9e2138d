import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig, loadConfigOf, loadConfigText } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import { loadProfileLibrary, ownProfilesDir } from '../../config/profile-library.js';
import {
  codesAndPlaces,
  configOf,
  goodSite,
  known,
  placeIn,
  problemsOf,
  profiles,
  siteText,
  writeTemporary,
} from './rig.js';

describe('a good site file', () => {
  it.each(readdirSync('config/examples').filter((name) => name.endsWith('.yaml')))('example %s loads', async (name) => {
    const outcome = await loadConfig(`config/examples/${name}`, known);
    expect(outcome.ok ? [] : outcome.problems.map((problem) => describeProblem(problem, 'en'))).toEqual([]);
  });

  it('the ancient town has three zones with a siren each, and lines, units and keys', async () => {
    const outcome = await loadConfig('config/examples/ancient-town.yaml', known);
    if (!outcome.ok) throw new Error('does not load');
    const { zones, lines, units, plans, points, uplinks } = outcome.config;
    expect([zones.length, plans.length]).toEqual([3, 3]);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(units.length).toBeGreaterThanOrEqual(24);
    expect(points.find(({ id }) => id === 'smoke-kitchen/smoke')).toMatchObject({ class: 'fire', zone: 'street' });
    expect(points.filter(({ source }) => source.kind === 'pin').map(({ role }) => role)).toEqual([
      'key.acknowledge',
      'key.silence',
      'key.reset',
      'key.drill',
      'key.test',
      'key.microphone',
    ]);
    expect(uplinks[0]).toMatchObject({ kind: 'mqtt', mqttVersion: '3.1.1' });
  });

  it('a register point is read where its profile says, and knows its class and its states', () => {
    const smoke = configOf(siteText()).points.find(({ id }) => id === 'smoke-1/smoke');
    expect(smoke).toMatchObject({
      role: 'smoke.alarm',
      class: 'fire',
      zone: 'hall',
      severities: { normal: 'normal', alarm: 'fire' },
      source: { kind: 'register', device: 'smoke-1', table: 'holding', address: 0x10, type: 'u16' },
    });
    expect(smoke?.source.kind === 'register' && [...(smoke.source.states ?? [])]).toEqual([
      [0, 'normal'],
      [1, 'alarm'],
    ]);
  });

  it('a dry contact at a module is one point of its own, read from the channel it is wired to', () => {
    const { points } = configOf(siteText());
    const wired = points.filter(({ source }) => !['diagnostic', 'box', 'uplink'].includes(source.kind));
    expect(wired.map(({ id }) => id)).toEqual(['smoke-1/smoke', 'call-1/contact', 'float-1/contact']);
    expect(points[1]).toMatchObject({ class: 'fire', source: { device: 'io-1', table: 'holding', address: 0x83 } });
  });

  it.each([
    ['normally_open', 'alarm', 'normal'],
    ['normally_closed', 'normal', 'alarm'],
  ])('a %s contact means %s while closed and %s while open', (contact, closed, open) => {
    const { points } = configOf(siteText(['channel: 3}', `channel: 3}, contact: ${contact}`]));
    const source = points[1]?.source;
    expect(source?.kind === 'register' && [...(source.states ?? [])]).toEqual([
      [0, open],
      [1, closed],
    ]);
  });

  it('a contact at a pin is closed while the pin is low, unless the file says otherwise', () => {
    expect(configOf(siteText()).points[2]?.source).toEqual({ kind: 'pin', pin: 4, low: 'normal', high: 'low' });
    const turned = configOf(siteText(['{gpio: 4}', '{gpio: 4, closed_level: high}']));
    expect(turned.points[2]?.source).toEqual({ kind: 'pin', pin: 4, low: 'low', high: 'normal' });
  });

  it('a relay output is written and read back at its channel, with the values of its profile', () => {
    const config = configOf(siteText(['device: relay-1, channel: 1', 'device: io-1, channel: 8']));
    expect(config.outputs[0]?.target).toEqual({
      kind: 'unit',
      device: 'io-1',
      on: { table: 'holding', address: 8, value: 0x100 },
      off: { table: 'holding', address: 8, value: 0x200 },
      readBack: { table: 'holding', address: 8, onRaw: 1 },
    });
    expect(config.outputs[1]?.target).toEqual({ kind: 'pin', pin: 17, activeLow: false });
  });

  it('what is left out has its default, and paths count from the directory of the file', () => {
    const config = configOf(siteText(['"mqtt://127.0.0.1:1883"', '"mqtts://broker:8883", ca_file: certs/ca.pem']));
    expect(config.dataDir).toBe('/site/data');
    expect(config.lines[0]).toEqual({
      id: 'east',
      name: { zh: 'east', en: 'east' },
      protocol: 'modbus',
      transport: 'serial',
      path: '/dev/ttyS1',
      format: { baud: 9600, parity: 'none', dataBits: 8, stopBits: 1 },
      rs485: null,
      timeoutMs: 200,
      quarantineMs: 100,
      fireDeadlineMs: 2000,
    });
    expect(config.uplinks[0]).toMatchObject({ mqttVersion: '5', caFile: '/site/certs/ca.pem', username: null });
    expect(config.dailyReportAt).toBeNull();
    expect(config.site.name).toEqual({ zh: '洪崖古镇', en: '洪崖古镇' });
    expect(config.zones[1]?.name).toEqual({ zh: 'pool', en: 'pool' });
  });

  it('a unit that refuses blocks is read one register at a time', () => {
    expect(configOf(siteText()).units.map(({ limits }) => limits.maxRead)).toEqual([1, 8, 8]);
  });

  it('no pins in use means no pin driver', () => {
    const text = siteText(['{gpio: 4}', '{device: io-1, channel: 4}'], [goodSite[16] ?? '', ''], [', siren-main', '']);
    expect(configOf(text).gpio).toBeNull();
  });

  it('nothing of the result can be changed', () => {
    const config = configOf(siteText());
    const source = config.points[0]?.source;
    const states = source?.kind === 'register' ? source.states : null;
    const changes: (() => unknown)[] = [
      () => Object.assign(config, { dataDir: '/' }),
      () => Object.assign(config.site.name, { zh: '' }),
      () => (config.points as unknown[]).push(1),
      () => (states as Map<number, string>).set(1, 'normal'),
      () => (states as Map<number, string>).clear(),
    ];
    for (const change of changes) expect(change).toThrow(TypeError);
  });
});

describe('a wrong site file', () => {
  it('all problems come at once, in the order of the file, of the schema and between keys', () => {
    const text = siteText(
      ['path: /dev/ttyS2}', 'path: /dev/ttyS2, baud: 300}'],
      ['unit: 1,', 'unit: 1, colour: red,'],
      ['unit: 30', 'unit: 20'],
      ['zone: pool}', 'zone: pol}'],
      ['[siren-hall, siren-main]', '[siren-hall, siren-man]'],
      ['kind: mqtt', 'kind: fax'],
    );
    expect(codesAndPlaces(problemsOf(text))).toEqual([
      `CONF-014 ${placeIn(text, '300')}`,
      `CONF-011 ${placeIn(text, 'colour')}`,
      `CONF-021 ${placeIn(text, '20}', 2)}`,
      `CONF-023 ${placeIn(text, 'pol}')}`,
      `CONF-050 ${placeIn(text, 'siren-man]')}`,
      `CONF-014 ${placeIn(text, 'fax')}`,
    ]);
  });

  it('a mistyped key is refused and the right one is suggested', () => {
    const [problem] = problemsOf(siteText(['unit: 20', 'unti: 20']));
    expect(problem).toMatchObject({ code: 'CONF-011', where: 'devices[1].unti', got: 'unti' });
    expect(problem?.hint?.en).toBe('did you mean unit?');
    expect(problem?.hint?.zh).toBe('是不是 unit？');
  });

  it('a mistyped id is refused and the right one is suggested', () => {
    const [problem] = problemsOf(siteText(['profile: n4d8b08', 'profile: n4d8b8']));
    expect(problem).toMatchObject({ code: 'CONF-024', got: 'n4d8b8', hint: { en: 'did you mean n4d8b08?' } });
  });

  it('an entry with a wrong key does not look missing to those that name it', () => {
    expect(codesAndPlaces(problemsOf(siteText(['id: west,', 'id: west, speed: 1,'])))).toEqual(['CONF-011 5:16']);
  });

  it('each problem says what was expected and what came, in both languages', () => {
    const [problem] = problemsOf(siteText(['unit: 20', 'unit: 300']));
    if (problem === undefined) throw new Error('no problem');
    expect(describeProblem(problem, 'en')).toBe(
      '/site/gateway.yaml:11:52 devices[1].unit: this value is not allowed; expected at most 255; got number 300; write 255 or less [CONF-014]',
    );
    expect(describeProblem(problem, 'zh')).toContain('devices[1].unit：不允许的值');
  });

  it('a file with a mark of byte order at its start is read like any other', async () => {
    const file = writeTemporary('gateway.yaml', `\ufeff${siteText()}`);
    expect((await loadConfig(file, known)).ok).toBe(true);
  });

  it('only the profiles that a file names are read, and a name that is none is answered out of all of them', async () => {
    const named = await loadProfileLibrary(ownProfilesDir, siteText());
    expect(named.profiles.size).toBeLessThan(profiles.profiles.size / 3);
    expect(await loadConfigOf('/site/gateway.yaml', siteText(), known)).toEqual(
      loadConfigText('/site/gateway.yaml', siteText(), { ...known, profiles }),
    );
    const wrong = siteText(['generic-smoke-0010', 'lx47l']);
    const outcome = await loadConfigOf('/site/gateway.yaml', wrong, known);
    expect(outcome).toEqual(loadConfigText('/site/gateway.yaml', wrong, { ...known, profiles }));
    expect(outcome.ok ? [] : outcome.problems.map(({ hint }) => hint?.en)).toContainEqual(
      expect.stringMatching(/mean/),
    );
  });
});
