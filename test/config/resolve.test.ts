/** What a site file and its profiles become: numbers in one unit, signals, dialects, lines of every transport. */
import { describe, expect, it } from 'vitest';
import { canonicalUnit, conversionFactor } from '../../config/physical-units.js';
import type { PointConfig, RegisterSource, SiteConfig } from '../../config/site.js';
import { classOfRole, type PointRole } from '../../config/vocabulary.js';
import { configOf, profiles, siteText } from './rig.js';

const withLine = (line: string): readonly [string, string] => ['zones:', `  - {id: net, ${line}}\nzones:`];
const withDevice = (device: string): readonly [string, string] => [
  'outputs:',
  `  - {${device}, allow_draft: true}\noutputs:`,
];
const patient = ['path: /dev/ttyS2', 'path: /dev/ttyS2, timeout_ms: 250'] as const;

function probe(options: string, more = ''): SiteConfig {
  return configOf(
    siteText(patient, withDevice(`id: p, profile: own-probe, line: west, unit: 9, options: ${options}${more}`)),
  );
}

function point(config: SiteConfig, id: string): PointConfig {
  const found = config.points.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no point ${id}`);
  return found;
}

function register(config: SiteConfig, id: string): RegisterSource {
  const { source } = point(config, id);
  if (source.kind !== 'register') throw new Error(`${id} is no register`);
  return source;
}

describe('a number', () => {
  it('is told in the unit of its role, whatever the label says, with all its limits', () => {
    const config = probe('{range: 80, unit: kPa}');
    expect(point(config, 'p/value')).toMatchObject({
      role: 'water.pressure',
      physicalUnit: 'MPa',
      class: 'supervisory',
    });
    expect(register(config, 'p/value')).toEqual({
      kind: 'register',
      device: 'p',
      table: 'holding',
      address: 4,
      type: 's16',
      order: 'ABCD',
      bits: null,
      scan: 'normal',
      forceBreak: false,
      states: null,
      scale: 0.001,
      offset: 0,
      scaleFrom: { point: 'p/decimals', sign: 1, bias: 3 },
      unitFrom: null,
      invalid: [0x7fff],
      // The lower end of the model, the upper end of the label.
      validRange: [-0.001, 0.12],
      faultBelow: null,
      faultAbove: null,
      maxStep: 0.05,
      validIf: { point: 'p/code', mask: 15, equals: 1 },
      agreesWith: { point: 'p/full', label: 80, factor: 2 },
      warmUpMs: 30_000,
    });
  });

  it('takes role and unit from the options, and the second variant where the device says so', () => {
    const config = probe('{range: 5, unit: cm, medium: level}', ', variant: v2');
    expect(point(config, 'p/value')).toMatchObject({ role: 'water.level', physicalUnit: 'm' });
    expect(register(config, 'p/value')).toMatchObject({ address: 40, scale: 0.001 });
    expect(register(probe('{range: 5, unit: m, medium: level}'), 'p/value')).toMatchObject({ address: 4, scale: 1 });
  });

  it('whose unit the device tells knows the factor of each code; a code that does not convert is left out', () => {
    const told = register(probe('{range: 1, unit: MPa}'), 'p/told');
    expect([...(told.unitFrom?.factors ?? [])]).toEqual([
      [0, 0.001],
      [1, 0.1],
    ]);
    expect(told).toMatchObject({ scale: 0.5, validRange: [0, 2] });
  });

  it('that only tells how to read others is read once and is no alarm', () => {
    const config = probe('{range: 1, unit: MPa}');
    expect(point(config, 'p/full')).toMatchObject({ class: null, physicalUnit: 'MPa' });
    expect(register(config, 'p/full')).toMatchObject({
      scan: 'once',
      order: 'CDAB',
      scaleFrom: { point: 'p/decimals', sign: -1, bias: 0 },
    });
  });

  it('at a 4–20 mA input has one scale from raw value to physical unit, and its fault limits in that unit', () => {
    const config = configOf(
      siteText(
        withDevice('id: ai-1, profile: own-analog, line: west, unit: 8'),
        withDevice('id: s, profile: own-sensor, options: {high: 1600}, input: {device: ai-1, channel: 3}'),
      ),
    );
    const source = register(config, 's/value');
    // 4000 µA is nothing, 20000 µA is 1.6 MPa; two registers per channel.
    expect(source).toMatchObject({
      device: 'ai-1',
      table: 'input',
      address: 4,
      type: 'u32',
      scan: 'normal',
      maxStep: 0.1,
    });
    expect([source.scale, source.offset, source.faultBelow, source.faultAbove]).toEqual([0.0001, -0.4, -0.04, 1.7]);
    expect(point(config, 's/value')).toMatchObject({ role: 'water.pressure', physicalUnit: 'MPa' });
  });
});

describe('limits', () => {
  const breaker = (more = ''): SiteConfig =>
    configOf(siteText(patient, withDevice(`id: b, profile: lx47le, line: west, unit: 9${more}`)));

  it('come from the profile, with their delays; a number without has none', () => {
    expect(point(breaker(), 'b/residual')).toMatchObject({
      class: 'warning',
      limits: { low: null, high: 300, deadband: 30 },
      onDelayMs: 6000,
      offDelayMs: 0,
    });
    expect(point(breaker(), 'b/voltage')).not.toHaveProperty('limits');
  });

  it('of the site file replace those of the profile as a whole, for the points that it names', () => {
    const config = breaker(', limits: {residual: {high: 500, off_delay_s: 60}}');
    expect(point(config, 'b/residual')).toMatchObject({
      limits: { low: null, high: 500, deadband: 0 },
      onDelayMs: 0,
      offDelayMs: 60_000,
    });
    expect(point(config, 'b/temp_n').limits).toEqual(point(breaker(), 'b/temp_n').limits);
  });

  it('are written in the unit of the label and told in the one of the role', () => {
    const config = probe('{range: 80, unit: kPa}', ', limits: {value: {low: 10, high: 60, deadband: 2}}');
    expect(point(config, 'p/value').limits).toEqual({ low: 0.01, high: 0.06, deadband: 0.002 });
    const sited = configOf(
      siteText(
        withLine('path: /dev/ttyS9'),
        withDevice('id: ai-1, profile: own-analog, line: west, unit: 8'),
        withDevice(
          'id: s, profile: own-sensor, options: {high: 1600}, input: {device: ai-1, channel: 3}, limits: {value: {low: 150}}',
        ),
        withDevice('id: fp, profile: own-panel, line: net, zone: hall, limits: {level: {high: 400, deadband: 10}}'),
      ),
    );
    expect(point(sited, 's/value').limits).toEqual({ low: 0.15, high: null, deadband: 0 });
    expect(point(sited, 'fp/level').limits).toEqual({ low: null, high: 4, deadband: 0.1 });
  });

  it('make no fire: no number of any profile has a role of class fire', () => {
    const numbers = [...profiles.profiles.values()].flatMap((profile) =>
      'points' in profile ? profile.points.filter(({ states }) => states === undefined) : [],
    );
    const rolesOf = (role: (typeof numbers)[number]['role']): readonly string[] =>
      typeof role === 'string' ? [role] : Object.values(role.of ?? {});
    const fire = Object.keys(classOfRole).filter((role) => classOfRole[role as PointRole] === 'fire');
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.flatMap(({ role }) => rolesOf(role)).filter((role) => fire.includes(role))).toEqual([]);
  });
});

describe('physical units', () => {
  it.each([
    ['kPa', 'MPa', 0.001],
    ['bar', 'MPa', 0.1],
    ['psi', 'MPa', 0.006894757293168],
    ['kg/cm2', 'MPa', 0.0980665],
    ['mH₂O', 'kPa', 9.80665],
    ['cm', 'm', 0.01],
    ['A', 'mA', 1000],
    ['uA', 'mA', 0.001],
    ['℃', '°C', 1],
    ['ppm', 'ppm', 1],
    ['MPa', 'm', null],
    ['mH2O', 'm', null],
    ['constructor', 'MPa', null],
  ])('%s to %s', (from, to, factor) => {
    expect(conversionFactor(from, to)).toBe(factor);
  });

  it('a role without one of its own keeps the unit of the profile', () => {
    expect([canonicalUnit('cable_temp'), canonicalUnit('gas.level')]).toEqual(['°C', null]);
  });
});

describe('a unit', () => {
  it('brings its limits, its patience and the settings that must stand in it', () => {
    expect(probe('{range: 1, unit: MPa}').units.find(({ id }) => id === 'p')).toMatchObject({
      limits: {
        maxRead: 8,
        maxBits: 8,
        maxGap: 2,
        maxBitGap: 0,
        forbidden: [{ table: 'holding', from: 80, to: 90 }],
      },
      responseTimeoutMs: 250,
      interRequestMs: 20,
      afterWriteMs: 20,
      exceptionStyle: 'byte80',
      setup: [{ table: 'holding', address: 9, want: 1, why: { zh: '否则不对', en: 'wrong otherwise' } }],
    });
  });

  it('that refuses blocks is read one value at a time, and points with states are read first of all', () => {
    const config = configOf(siteText());
    expect(config.units[0]?.limits).toMatchObject({ maxRead: 1, maxBits: 1, maxGap: 0 });
    expect(register(config, 'smoke-1/smoke').scan).toBe('fast');
    expect(register(config, 'call-1/contact').scan).toBe('fast');
  });
});

describe('a line', () => {
  it('of each transport has what it is reached by', () => {
    const lines = [
      'transport: tcp, host: 10.0.0.9',
      'transport: tcp, host: "fe80::1", port: 5020, in_flight: 4, baud: 19200, parity: even',
      'transport: rtu_over_tcp, host: box.village, port: 26, fire_deadline_ms: 3000',
      'path: /dev/ttyS7, rs485: {mode: kernel, delay_after_ms: 1}',
    ].map((line) => configOf(siteText(withLine(line))).lines[2]);
    const network = { host: '10.0.0.9', port: 502, format: null, inFlight: 1, fireDeadlineMs: 2000 };
    const format = { baud: 19200, parity: 'even', dataBits: 8, stopBits: 1 };
    expect(lines[0]).toMatchObject({ transport: 'tcp', ...network });
    expect(lines[1]).toMatchObject({ host: 'fe80::1', port: 5020, inFlight: 4, format });
    expect(lines[2]).toMatchObject({ port: 26, inFlight: 1, format: { baud: 9600 }, fireDeadlineMs: 3000 });
    expect(lines[3]).toMatchObject({
      rs485: { mode: 'kernel', rtsOnSend: 'high', delayBeforeMs: 0, delayAfterMs: 1, receivesOwn: false },
    });
  });

  it.each([
    ['tcp', 0],
    ['tcp', 255],
    ['tcp', 9],
  ])('over %s may have a unit %i', (transport, unit) => {
    const config = configOf(
      siteText(
        withLine(`transport: ${transport}, host: box, timeout_ms: 300`),
        withDevice(`id: p, profile: own-probe, line: net, unit: ${unit}, options: {range: 1, unit: MPa}`),
      ),
    );
    expect(config.units.find(({ id }) => id === 'p')?.address).toBe(unit);
  });

  it('over Modbus TCP with serial settings is a gateway: units that speak only RTU live behind it', () => {
    const device = withDevice('id: io-2, profile: own-analog, line: net, unit: 9');
    const config = configOf(siteText(withLine('transport: tcp, host: box, baud: 9600'), device));
    expect(config.units.at(-1)?.line).toBe('net');
  });

  it('and its units have points of their own that tell how well it does', () => {
    const { points } = configOf(siteText());
    const own = points.filter(({ source }) => source.kind === 'diagnostic');
    expect(own.map(({ id, role, physicalUnit }) => `${id} ${role} ${physicalUnit}`)).toEqual([
      'smoke-1/bus_quality bus.quality %',
      'io-1/bus_quality bus.quality %',
      'relay-1/bus_quality bus.quality %',
      'line-east/load line.load %',
      'line-east/scan_age line.scan_age ms',
      'line-west/load line.load %',
      'line-west/scan_age line.scan_age ms',
    ]);
    expect(own.every((each) => each.class === null)).toBe(true);
    expect(own[3]?.source).toEqual({ kind: 'diagnostic', of: { line: 'east' }, what: 'load' });
  });

  it('without a fire point has no age of a look at one', () => {
    const ids = configOf(siteText(withLine('path: /dev/ttyS9'))).points.map(({ id }) => String(id));
    expect(ids.filter((id) => id.startsWith('line-net/'))).toEqual(['line-net/load']);
  });
});

describe('a panel', () => {
  const config = configOf(
    siteText(
      withLine('path: /dev/ttyS9'),
      withDevice(
        'id: fp, profile: own-panel, line: net, zone: hall, place: 值班室, options: {loops: true}, objects: [{address: 1-1, id: d1}, {address: 1-2, id: d2, name: 厨房, place: 后院}]',
      ),
    ),
  );

  it('is a stream with the meaning of each code, and makes its line one', () => {
    expect(config.units.some(({ id }) => id === 'fp')).toBe(false);
    expect(config.lines.map(({ protocol }) => protocol)).toEqual(['modbus', 'modbus', 'stream']);
    expect(config.streams).toMatchObject([
      {
        id: 'fp',
        line: 'net',
        address: null,
        codec: 'own',
        codecOptions: { loops: true, fixed: 3 },
        silenceMs: 60_000,
      },
    ]);
    expect([...(config.streams[0]?.events ?? [])]).toEqual([
      ['80', { kind: 'state', signal: 'fire', state: 'alarm' }],
      ['81', { kind: 'value', signal: 'level' }],
      ['82', { kind: 'rest', signals: 'all' }],
      ['83', { kind: 'rest', signals: ['fire'] }],
      ['84', { kind: 'alive' }],
    ]);
  });

  it('knows what a code without a meaning does', () => {
    expect(config.streams[0]?.unknown).toEqual({ kind: 'state', signal: 'odd', state: 'seen' });
  });

  it.each([
    ['{alarm_means: fire}', '255-5', 'fire'],
    ['{alarm_means: electrical}', '2-0', 'warning'],
    ['{alarm_means: fire, channels: true}', '31-255-7', 'fire'],
    ['{alarm_means: electrical, channels: true}', '0-5-0', 'warning'],
  ])(
    'with the options %s takes the detector %s and lets it follow what its alarm moves',
    (options, address, signal) => {
      const objects = `[{address: ${address}, id: d}]`;
      const host = `id: h, profile: fusaier-host, line: net, unit: 1, zone: hall, options: ${options}, objects: ${objects}`;
      const found = point(configOf(siteText(withLine('path: /dev/ttyS9'), withDevice(host))), 'h/d');
      expect(found).toMatchObject({ class: signal, source: { signal, object: address } });
    },
  );

  it('has its own points and one for each listed object, in the place that is known best', () => {
    expect(point(config, 'fp/fire')).toMatchObject({
      class: 'fire',
      source: { kind: 'stream', device: 'fp', signal: 'fire', object: null, rest: 'normal' },
      severities: { normal: 'normal', alarm: 'fire' },
    });
    expect(point(config, 'fp/d1')).toMatchObject({
      name: { en: 'fire panel fp fire 1-1' },
      zone: 'hall',
      place: { zh: '值班室' },
      source: { signal: 'fire', object: '1-1', rest: 'normal' },
    });
    expect(point(config, 'fp/d2')).toMatchObject({ name: { zh: '厨房' }, place: { zh: '后院' }, class: 'fire' });
    expect(point(config, 'fp/level')).toMatchObject({
      physicalUnit: 'm',
      source: { rest: null, scale: 0.02, validRange: [0, 5] },
    });
  });
});

describe('two contacts that exclude each other', () => {
  const high = withDevice(
    'id: high-1, profile: dry-contact-float-high, input: {gpio: 7}, excludes: float-1, zone: pool',
  );

  it('are a pair of their active states', () => {
    const pair = { points: ['high-1/contact', 'float-1/contact'], states: ['high', 'low'] };
    expect(configOf(siteText(high)).pairs).toEqual([pair]);
  });

  it('are one pair however often it is written', () => {
    const { pairs } = configOf(siteText(high, ['{gpio: 4}', '{gpio: 4}, excludes: high-1']));
    expect(pairs).toEqual([{ points: ['float-1/contact', 'high-1/contact'], states: ['low', 'high'] }]);
  });
});
