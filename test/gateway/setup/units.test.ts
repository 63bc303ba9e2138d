/** What was found becomes a device, or a comment with its reason: nothing is guessed, nothing is lost. */
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../config/problem.js';
import type { Answers } from '../../../gateway/setup/answers-schema.js';
import { householdsOf } from '../../../gateway/setup/households-table.js';
import { placesOf } from '../../../gateway/setup/places-table.js';
import type { PlannedSite } from '../../../gateway/setup/planned-site.js';
import { reportOf } from '../../../gateway/setup/setup-report.js';
import { check, line, plan, siteFile, surveyOf, townSurvey, unit, written } from './rig.js';

const relay = unit(30, 'waveshare-relay8');
const smoke = unit(1, 'generic-smoke-0010');
const oneLine = (...units: Parameters<typeof line>[1]) => surveyOf(line('/dev/ttyUSB0', units));

function site(...given: Parameters<typeof plan>): PlannedSite {
  const planned = plan(...given);
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems));
  return planned.site;
}

function problemsOf(...given: Parameters<typeof plan>): readonly string[] {
  const planned = plan(...given);
  return planned.ok ? [] : planned.problems.map((problem) => describeProblem(problem, 'en'));
}

/** `kind address`, and the devices that are taken. */
function outcome(survey: Parameters<typeof plan>[0], answers: Partial<Answers> = {}) {
  const { devices, leftOut } = site(survey, answers);
  return { taken: devices.map(({ id }) => id), left: leftOut.map(({ kind, address }) => `${kind} ${address}`) };
}

describe('units of one pair that speak differently', () => {
  const mixed = oneLine(
    smoke,
    relay,
    unit(2, 'generic-smoke-0010', {}, 19_200),
    unit(1, 'n4d8b08', {}, 19_200),
    unit(3, 'generic-smoke-0010'),
  );

  it('the line is written as most of them speak, the others as comments with what to set', async () => {
    const { text, site: planned } = await written(mixed);
    expect(planned.lines.map(({ format }) => format?.baud)).toEqual([9600]);
    expect(outcome(mixed)).toEqual({ taken: ['smoke-1', 'relay-1', 'smoke-3'], left: ['speed 2', 'speed 1'] });
    const comments = text.replaceAll(/\n *# /g, ' ');
    // How the one is set nobody knows; the other has switches for its address, and a recipe for its speed.
    expect(comments).toMatch(/Set it to 9600 8N1 \(no order does it: use its switches, .*\), or give it a line/);
    expect(comments).toMatch(
      /Address 1 is taken on this line: first give it another address \(4 is free; no order does it: set the DIP switches .*\), then set it to 9600 8N1 with gengfu baud/,
    );
    expect(text).toContain('  # - {id: smoke-2, profile: generic-smoke-0010, line: usb0, unit: 2, zone: village,');
  });

  it('taking the marks away is all that is left to do', async () => {
    const { text } = await written(mixed);
    const without = text.replace('  # - {id: smoke-2,', '  - {id: smoke-2,');
    const checked = await check(without);
    expect(checked.ok && checked.config.units.map(({ id }) => id)).toEqual([
      'smoke-1',
      'relay-1',
      'smoke-3',
      'smoke-2',
    ]);
  });

  it('of two equal halves 9600 goes first', () => {
    const { lines } = site(oneLine(unit(5, 'generic-smoke-0010', {}, 19_200), relay), {
      sounders: [{ gpio: { pin: 17 } }],
    });
    expect(lines[0]?.format?.baud).toBe(9600);
  });
});

describe('a unit of which nobody is sure', () => {
  it.each([
    ['nobody knows it', unit(7, ''), 'unknown 7'],
    ['its only candidate can not have this address', unit(70, 'n4d8b08'), 'unknown 70'],
    ['a profile that is not there', unit(7, 'no-such-profile'), 'unknown 7'],
    ['several models answer so', unit(7, 'ddsu666 sdm120'), 'choice 7'],
    ['it answers oddly', unit(7, 'n4d8b08', { trouble: { zh: '应答断了', en: 'its answer broke' } }), 'trouble 7'],
    ['its label was not read', unit(7, 'transmitter-7reg'), 'label 7'],
  ])('%s: it is a comment', async (_why, odd, left) => {
    const survey = oneLine(smoke, odd, relay);
    expect(outcome(survey)).toEqual({ taken: ['smoke-1', 'relay-1'], left: [left] });
    const { text, site: planned } = await written(survey);
    expect(text).toMatch(new RegExp(`# 地址 ${odd.address}（9600 8N1）没有写进来`));
    const [first] = reportOf(planned, siteFile, text).left;
    expect(first).toMatchObject({ what: 'unit', of: `usb0:${odd.address}` });
  });

  it('two units at one address are both comments, with the way to part them', () => {
    const survey = oneLine(smoke, unit(9, 'n4d8b08'), unit(9, 'generic-smoke-0010'), relay);
    expect(outcome(survey)).toEqual({ taken: ['smoke-1', 'relay-1'], left: ['address 9', 'address 9'] });
    expect(site(survey).leftOut[0]?.todo.en).toContain('(2 is free; no order does it: set the DIP switches');
  });

  it('what was bought decides, and what a person says goes before everything', async () => {
    const survey = oneLine(smoke, relay, unit(7, 'ddsu666 sdm120'), unit(40, 'transmitter-7reg'));
    expect(outcome(survey, { models: ['sdm120'] }).taken).toContain('sdm120-1');
    const label = { label_range: 500, label_unit: 'cm', medium: 'level' };
    const units = [
      { at: '/dev/ttyUSB0', address: 40, options: label, place: '水池' },
      { at: 'usb0', address: 7, profile: 'ddsu666', id: 'meter' },
      { at: 'usb0', address: 1, leave_out: true },
    ];
    expect(outcome(survey, { units })).toEqual({ taken: ['relay-1', 'meter', 'transmitter-7reg-1'], left: ['said 1'] });
    // Limits of the kind of place, in the unit of the label; the line waits as long as the slowest paper wants.
    const { text } = await written(survey, { units });
    expect(text).toContain('limits: {value: {low: 50, high: 400, deadband: 10, on_delay_s: 6}}');
    expect(text).toContain('timeout_ms: 350, quarantine_ms: 150');
  });

  it('a strong one is taken before weak ones', () => {
    const because = { zh: '', en: '' };
    const candidates = [
      { profile: 'ddsu666', strength: 'weak', because } as const,
      { profile: 'sdm120', strength: 'strong', because } as const,
    ];
    const { devices } = site(oneLine(unit(7, '', { candidates }), smoke, relay));
    expect(devices.map(({ profile, isWeak }) => [profile, isWeak])).toEqual([
      ['sdm120', false],
      ['generic-smoke-0010', true],
      ['waveshare-relay8', true],
    ]);
  });
});

describe('zones and places', () => {
  const zones = [{ id: 'hall', name: '祠堂' }, { id: 'street' }];

  it('who is in no zone sounds everything, and is told', async () => {
    const { text, site: planned } = await written(townSurvey(), {
      zones,
      lines: [{ at: '/dev/gengfu-east', zone: 'hall' }],
      sounders: [{ relay: { device: 'relay-1', channel: 1 }, zone: 'hall' }, { gpio: { pin: 17 } }],
    });
    expect(planned.zones.map(({ id }) => id)).toEqual(['hall', 'street', 'unassigned']);
    expect(planned.plans.at(-1)).toMatchObject({ zones: ['unassigned'], sound: ['siren-hall', 'siren-village'] });
    expect(reportOf(planned, siteFile, text).left.filter(({ what }) => what === 'zone')).toHaveLength(7);
  });

  it('tables give places and zones to units, also to those that are left out, and households', async () => {
    const text = '线路,地址,防区,位置,英文位置\neast,1,hall,正厅,main hall\n/dev/gengfu-west,7,street,泵房,\n';
    const places = [
      ...placesOf('p.csv', text, zones).rows,
      ...placesOf('p.csv', '设备,位置\nsmoke-2,东厢', zones).rows,
    ];
    const households = householdsOf(
      'h.csv',
      '门牌,类别,姓名,附近设备\n老街 12 号,独居,"王: #奶奶",smoke-1',
      zones,
    ).rows;
    const accepted = await written(townSurvey(), { zones }, { places, households });
    const checked = await check(accepted.text);
    if (!checked.ok) throw new Error('it was accepted');
    const { units, households: homes } = checked.config;
    expect(units.flatMap(({ id, zone, place }) => (place === null ? [] : [[id, zone, place.zh, place.en]]))).toEqual([
      ['smoke-1', 'hall', '正厅', 'main hall'],
      ['smoke-2', 'unassigned', '东厢', '东厢'],
      ['smoke-19', 'street', '泵房', '泵房'],
    ]);
    expect(homes).toMatchObject([{ id: 'home-1', people: '王: #奶奶', near: ['smoke-1'] }]);
  });

  it.each([
    ['地址,线路,位置\n99,east,x', 'p.csv:2:1 2: no such unit was found; got east 99; check line and address'],
    ['地址,位置\n1,x', 'p.csv:2:1 2: no such unit was found; got 1'],
    ['设备,位置\nsmoke-99,x', 'p.csv:2:1 2: no such unit was found; got smoke-99'],
    ['地址,线路,位置\n1,east,x\n1,east,y', 'p.csv:3:1 3: this stands there twice; got east 1 (2:1)'],
  ])('%j: a row of no unit is refused at its line', (text, told) => {
    expect(problemsOf(townSurvey(), {}, { places: placesOf('p.csv', text, zones).rows })).toEqual([
      expect.stringContaining(told),
    ]);
  });

  it('a household near something that is not there is refused, without saying whose', () => {
    const households = householdsOf('h.csv', '门牌,类别,附近设备\n秘密,独居,smoke-99', zones).rows;
    expect(problemsOf(townSurvey(), {}, { households })).toEqual([
      expect.stringContaining('h.csv:2:7 C2: no such unit was found; expected ids of devices'),
    ]);
  });
});

describe('what can not be a village yet', () => {
  it.each([
    ['nothing answers', surveyOf(line('/dev/ttyUSB0', [])), {}, 'SETUP-020'],
    ['fire detectors without anything that sounds', oneLine(smoke), {}, 'SETUP-019'],
    [
      'a relay that is not there',
      oneLine(smoke, relay),
      { sounders: [{ relay: { device: 'relay-1', channel: 9 } }] },
      'SETUP-018',
    ],
    ['a zone that is not there', oneLine(smoke, relay), { lines: [{ at: '/dev/ttyUSB0', zone: 'x' }] }, 'SETUP-015'],
    ['a line that is not there', oneLine(smoke, relay), { lines: [{ at: '/dev/ttyUSB9' }] }, 'SETUP-013'],
    ['a unit that is not there', oneLine(smoke, relay), { units: [{ at: 'usb0', address: 2 }] }, 'SETUP-014'],
    ['a model that is not there', oneLine(smoke, relay), { models: ['x'] }, 'SETUP-021'],
    [
      'a model that it can not be',
      oneLine(smoke, relay, unit(70, '')),
      { units: [{ at: 'usb0', address: 70, profile: 'n4d8b08' }] },
      'SETUP-022',
    ],
  ])('%s', (_what, survey, answers, code) => {
    expect(problemsOf(survey, answers)).toEqual([expect.stringContaining(`[${code}]`)]);
  });
});

it('a line that can not see its fires in 2 s gets the limit that it can keep, and says so', async () => {
  const many = Array.from({ length: 60 }, (_, at) => unit(at + 1, 'generic-smoke-0010'));
  const { text, site: planned } = await written(oneLine(...many), { sounders: [{ gpio: { pin: 17 } }] });
  const [slow] = planned.lines;
  expect(slow?.fireDeadlineMs).toBeGreaterThan(2000);
  expect(text).toContain(`fire_deadline_ms: ${slow?.fireDeadlineMs}`);
  expect(text).toContain('这条线路 2 秒内看不到每个火警');
});

it('units behind a server of Modbus TCP get a speed that is not asked for, and the file says so', async () => {
  const net = {
    at: { kind: 'tcp', host: '192.168.1.20', port: 502, transport: 'tcp' },
    adapter: null,
    troubles: [],
  } as const;
  const units = [unit(1, 'generic-smoke-0010', { format: null }), unit(30, 'waveshare-relay8', { format: null })];
  const { text } = await written(surveyOf({ ...net, units }));
  expect(text).toContain(
    'transport: tcp, host: 192.168.1.20, port: 502, baud: 9600, timeout_ms: 400, quarantine_ms: 200',
  );
  expect(text).toContain('请在服务器的设置里核对');
});

it('nothing that was found or said breaks out of its line: names, adapters and reasons are text', async () => {
  const evil = '"}]\n- {id: x}\u001b[31m # : &a *b !c';
  const words = { zh: evil, en: evil };
  const survey = surveyOf({
    ...line('/dev/ttyUSB0', [smoke, relay, unit(7, '', { trouble: words })]),
    adapter: evil,
    troubles: [words],
  });
  const { text } = await written(survey, {
    site: { name: words, id: 'x' },
    zones: [{ id: 'hall', name: words }],
    uplink: { url: 'mqtt://a:1', username: evil },
  });
  const checked = await check(text);
  expect(
    checked.ok && [checked.config.site.name.en, checked.config.zones[0]?.name.zh, checked.config.units.length],
  ).toEqual([evil, evil, 2]);
  expect(text).not.toContain('\u001b');
});
