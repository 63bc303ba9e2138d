/** When devices want to be looked after, how units are reset, and what proves and times an output. */
import { describe, expect, it } from 'vitest';
import { loadConfigText } from '../../config/load-config.js';
import { localDayOf, midnightOf, monthsLater } from '../../config/local-day.js';
import { parseProfile } from '../../config/profile-library.js';
import { configOf, known, library, ownModels, siteFile, siteText } from './rig.js';

const smoke = (keys: string) => siteText(['zone: hall, allow', `zone: hall, place: 正厅, ${keys}, allow`]);
const midnight = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime();

describe('upkeep', () => {
  it('is due at local midnight, so long after the device was put up as the device says', () => {
    const { upkeep } = configOf(smoke('installed: 2024-05-01, upkeep: {calibrate_months: 12, replace_years: 10}'));
    const head = { device: 'smoke-1', place: { zh: '正厅', en: '正厅' }, zone: 'hall' };
    expect(upkeep).toMatchObject([
      { ...head, what: 'calibrate', dueWall: midnight(2025, 5, 1) },
      { ...head, what: 'replace', dueWall: midnight(2034, 5, 1) },
    ]);
  });

  it('counts calibrations from the last one, and the life of the device from its first day', () => {
    const { upkeep } = configOf(
      smoke('installed: 2024-05-01, upkeep: {calibrate_months: 12, replace_years: 10, calibrated: 2025-06-01}'),
    );
    expect(upkeep.map(({ dueWall }) => dueWall)).toEqual([midnight(2026, 6, 1), midnight(2034, 5, 1)]);
  });

  it('is none where nobody says how long a device serves, or since when', () => {
    expect(configOf(smoke('installed: 2024-05-01')).upkeep).toEqual([]);
    expect(configOf(siteText()).upkeep).toEqual([]);
  });

  it('goes by the lifetime of the profile, key by key, unless the device says otherwise', () => {
    const model = (ownModels['own-sensor'] ?? '')
      .replace('id: own-sensor', 'id: own-gas')
      .replace('link:', 'lifetime: {calibrate_months: 1, replace_years: 2}\nlink:');
    const { profile } = parseProfile('own-gas.yaml', model);
    if (profile === null) throw new Error('no such profile');
    const text = siteText([
      'outputs:',
      '  - {id: ai-1, profile: own-analog, line: west, unit: 8, allow_draft: true}\n' +
        '  - {id: gas, profile: own-gas, options: {high: 9}, input: {device: ai-1, channel: 1}, installed: 2024-01-31, upkeep: {replace_years: 3}, allow_draft: true}\noutputs:',
    ]);
    const profiles = { ...library, profiles: new Map([...library.profiles, ['own-gas', profile]]) };
    const outcome = loadConfigText(siteFile, text, { ...known, profiles });
    expect(outcome.ok ? outcome.config.upkeep : outcome.problems).toMatchObject([
      { device: 'gas', what: 'calibrate', dueWall: midnight(2024, 2, 29) },
      { device: 'gas', what: 'replace', dueWall: midnight(2027, 1, 31) },
    ]);
  });

  it.each([
    ['2024-02-29', 12, [2025, 2, 28]],
    ['2024-01-31', 13, [2025, 2, 28]],
    ['2023-12-15', 1, [2024, 1, 15]],
    ['2000-02-29', 120, [2010, 2, 28]],
  ] as const)('%s and %i months later is %j', (text, months, [year, month, day]) => {
    const from = localDayOf(text);
    if (from === null) throw new Error('no such day');
    expect(monthsLater(from, months)).toEqual({ year, month, day });
    expect(midnightOf({ year, month, day })).toBe(midnight(year, month, day));
  });

  it.each(['2023-02-29', '1900-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-01-00', '2024-1-1'])(
    '%s is no day',
    (text) => {
      expect(localDayOf(text)).toBeNull();
    },
  );

  it('does not begin more than ten years ahead, by a clock that can be believed', () => {
    const load = (installed: string, todayWall?: number) => {
      const today = todayWall === undefined ? {} : { todayWall };
      const outcome = loadConfigText(siteFile, smoke(`installed: ${installed}`), {
        ...known,
        ...today,
        profiles: library,
      });
      return outcome.ok ? [] : outcome.problems.map(({ code, expected }) => [code, expected]);
    };
    const today = midnight(2026, 11, 28);
    expect(load('2036-11-27', today)).toEqual([]);
    expect(load('2042-05-01', today)).toEqual([
      ['CONF-084', { zh: '十年以内的一天', en: 'a day of the next ten years at most' }],
    ]);
    // A box that was never told the time must not refuse its site file.
    expect(load('2042-05-01', 0)).toEqual([]);
    expect(load('2042-05-01')).toEqual([]);
  });
});

describe('a number that counts wear', () => {
  it('is of class technical at its high limit', () => {
    const model = (ownModels['own-sensor'] ?? '')
      .replace('id: own-sensor', 'id: own-hours')
      .replace('role: water.pressure', 'role: counter.wear')
      .replace('unit: kPa', 'unit: h');
    const { profile, problems } = parseProfile('own-hours.yaml', model);
    if (profile === null) throw new Error(JSON.stringify(problems));
    const text = siteText([
      'outputs:',
      '  - {id: ai-1, profile: own-analog, line: west, unit: 8, allow_draft: true}\n' +
        '  - {id: hours, profile: own-hours, options: {high: 2000}, input: {device: ai-1, channel: 1}, limits: {value: {high: 1500}}, allow_draft: true}\noutputs:',
    ]);
    const profiles = { ...library, profiles: new Map([...library.profiles, ['own-hours', profile]]) };
    const outcome = loadConfigText(siteFile, text, { ...known, profiles });
    const point = outcome.ok ? outcome.config.points.find(({ id }) => id === 'hours/value') : outcome.problems;
    expect(point).toMatchObject({
      role: 'counter.wear',
      class: 'technical',
      physicalUnit: 'h',
      limits: { high: 1500 },
    });
  });
});

describe('a unit that latches its own alarm', () => {
  it('is reset by the writes of its profile, in the function that it takes', () => {
    const arc = configOf(siteText(['outputs:', '  - {id: arc, profile: xiyu-afd, line: west, unit: 5}\noutputs:']));
    const reset = arc.units.map((unit) => [unit.id, unit.reset]);
    expect(reset).toContainEqual(['arc', [{ table: 'holding', address: 0x0102, value: 0x01f7, functionCode: 16 }]]);
    expect(reset).toContainEqual(['smoke-1', undefined]);
  });

  it('is not reset by an action that moves power', () => {
    const write = '{write: {table: holding, addr: 1, value: 0, fc: 6}}';
    const lock =
      '{key: lock, names: {zh: 锁, en: lock}, role: measurement, table: holding, addr: 7, type: u16, states: [{raw: 0, key: free, names: {zh: 无, en: free}, severity: normal}]}';
    const action = `{key: reset, names: {zh: 复位, en: reset}, risk: power, steps: [${write}], requires: {point: lock, state: free}, verify: {point: lock, state: free, within_ms: 5}}`;
    const { profile, problems } = parseProfile(
      'own-probe.yaml',
      (ownModels['own-probe'] ?? '').replace('setup:', `  - ${lock}\nactions: [${action}]\nsetup:`),
    );
    expect(problems).toEqual([]);
    if (profile === null) throw new Error('no such profile');
    const text = siteText(
      ['path: /dev/ttyS2', 'path: /dev/ttyS2, timeout_ms: 300'],
      [
        'outputs:',
        '  - {id: own, profile: own-probe, options: {range: 5, unit: MPa}, line: west, unit: 9, allow_draft: true}\noutputs:',
      ],
    );
    const profiles = { ...library, profiles: new Map([...library.profiles, ['own-probe', profile]]) };
    const outcome = loadConfigText(siteFile, text, { ...known, profiles });
    expect(outcome.ok && outcome.config.units.find(({ id }) => id === 'own')).not.toHaveProperty('reset');
  });
});

describe('an output', () => {
  const own = (keys: string) => configOf(siteText(['plans:', `  - {id: own-out, ${keys}}\nplans:`])).outputs.at(-1);
  const pin = 'gpio: {pin: 5}, on_control_lost: keep_sounding';

  it('may be proven by a contact or by a number', () => {
    const byState = own(`kind: siren, ${pin}, proof: {point: call-1/contact, state: alarm}`);
    expect(byState?.proof).toEqual({ point: 'call-1/contact', on: { state: 'alarm' }, withinMs: 1000 });
    const text = siteText(
      ['path: /dev/ttyS2', 'path: /dev/ttyS2, timeout_ms: 300'],
      [
        'outputs:',
        '  - {id: own, profile: own-probe, options: {range: 5, unit: MPa}, line: west, unit: 9, allow_draft: true}\noutputs:',
      ],
      ['{pin: 17}, on', '{pin: 17}, proof: {point: own/value, at_least: 0, within_ms: 3000}, on'],
    );
    const byNumber = configOf(text).outputs[1]?.proof;
    expect(byNumber).toEqual({ point: 'own/value', on: { atLeast: 0 }, withinMs: 3000 });
    expect(own(`kind: siren, ${pin}`)).not.toHaveProperty('proof');
  });

  it('at a relay with a timer of its own may promise to go quiet, and has the value that it writes', () => {
    const written = (device: string) =>
      own(`kind: siren, relay: {device: ${device}, channel: 3, timed_s: 20}, on_control_lost: go_quiet`)?.target;
    expect(written('relay-1')).toMatchObject({
      on: { table: 'coil', address: 2, value: 1 },
      timed: { table: 'coil', address: 0x202, value: 200, forMs: 20_000 },
    });
    expect(written('io-1')).toMatchObject({
      timed: { table: 'holding', address: 3, value: 0x0614, forMs: 20_000 },
      readBack: { table: 'holding', address: 3, onRaw: 1 },
    });
    expect(
      own(`kind: siren, relay: {device: relay-1, channel: 3}, on_control_lost: keep_sounding`)?.target,
    ).not.toHaveProperty('timed');
  });
});
