/** Each rule of a profile, shown by one change of a model that keeps all of them. */
import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../config/profile-library.js';
import { codesAndPlaces, ownModels, placeIn } from './rig.js';

type Case = readonly [promise: string, model: string, from: string, to: string, pointsAt: string];

const panelAction =
  'actions:\n  - {key: open, names: {zh: 分, en: open}, risk: power, steps: [{write: {table: holding, addr: 1, value: 0, fc: 6}}]';
const stated =
  '  - {key: lock, names: {zh: 锁, en: lock}, role: measurement, table: holding, addr: 7, type: u16, states: [{raw: 0, key: free, names: {zh: 无, en: free}, severity: normal}]}\nsetup:';

/** A recipe before the settings of the probe. */
const recipe = (more: string): string => `recipes:\n${more}\nsetup:`;
const move = '{write: {table: holding, addr: 20, value: new, fc: 6}}';

const cases: readonly Case[] = [
  // Options and variants.
  ['an option is asked for once', 'own-probe', 'key: unit, type', 'key: range, type', 'range, type: choice'],
  ['a choice has values', 'own-probe', ', values: [MPa, kPa, m, cm]', '', '{key: unit, type'],
  ['a number has no values', 'own-probe', 'min: 0', 'values: [a]', '{key: range'],
  ['a default is allowed', 'own-probe', 'default: pressure', 'default: heat', 'heat'],
  ['a range of an option begins with the lowest', 'own-probe', 'max: 100', 'max: -1', '-1'],
  ['an option that decides exists', 'own-probe', 'option: medium', 'option: media', 'media, of'],
  ['every value of a deciding option has an answer', 'own-probe', ', level: water.level}', '}', '{pressure: water'],
  ['a number is not decided by a word', 'own-probe', 'scale: 0.5', 'scale: {option: unit}', 'unit}#4'],
  ['a variant changes points that are there', 'own-probe', 'points: {value', 'points: {valu', '{addr: 40'],
  ['a variant has an id of its own', 'own-probe', 'id: v2', 'id: v1', 'v1#2'],
  ['a variant keeps the rules as well', 'own-probe', 'addr: 40', 'addr: 85', '85'],
  // What one point says.
  [
    'a reference names a point',
    'own-probe',
    'point: decimals, mode: pow10_minus',
    'point: x, mode: pow10_minus',
    'x, mode',
  ],
  [
    'a point is told from one that is not itself told from it',
    'own-probe',
    'valid_range: [0, 4]}',
    'scale_from: {point: full, mode: pow10_neg}}',
    'full, mode',
  ],
  [
    'decimals do not go round in a circle',
    'own-probe',
    'valid_range: [0, 4]}',
    'valid_if: {point: value, equals: 1}}',
    'decimals, names',
  ],
  ['a label is a number', 'own-probe', 'option: range}', 'option: unit}', 'unit}#4'],
  ['a believable range begins with its lower end', 'own-probe', 'high: 1.5', 'high: -1', '-1}'],
  ['no point lies in a forbidden area', 'own-probe', 'addr: 3,', 'addr: 80,', '80, type'],
  ['no long point reaches into a forbidden area', 'own-probe', 'addr: 6\n', 'addr: 79\n', '79'],
  [
    'a table is read by a function that the model knows',
    'own-probe',
    'table: holding, addr: 3',
    'table: input, addr: 3',
    'input',
  ],
  [
    'a forbidden function is not used',
    'own-probe',
    'limits: {fc: [3, 6], ',
    'limits: {fc: [3, 6], forbidden_fc: [3], ',
    '3], max',
  ],
  ['a value fits into one request', 'own-probe', 'max_read: 8', 'max_read: 1', 's32'],
  ['bits lie in the register', 'own-probe', 'addr: 5\n', 'addr: 5\n    bits: [16, 0]\n', '[16, 0]'],
  ['bits are written highest first', 'own-probe', 'addr: 5\n', 'addr: 5\n    bits: [0, 3]\n', '[0, 3]'],
  ['a unit told by the device leaves no offset', 'own-probe', 'scale: 0.5', 'offset: 1', '{point: code, units'],
  ['a code means one unit', 'own-probe', 'raw: 1, unit: bar', 'raw: 0, unit: bar', '0, unit: bar'],
  ['a unit can be told in the one of the role', 'own-probe', 'unit: MPa\n', 'unit: m\n', 'm\n'],
  ['a range begins with its lower end', 'own-probe', '[0, 2]', '[2, 0]', '[2, 0]'],
  ['a bias goes with pow10_minus', 'own-probe', 'mode: pow10_neg', 'mode: pow10_neg, bias: 1', '1}\n    unit'],
  ['the quality of the line is not a point of a model', 'own-probe', 'key: told', 'key: bus_quality', 'bus_quality'],
  ['an analog input measures mA or V', 'own-analog', 'unit: µA', 'unit: m', 'm}'],
  ['an analog input is a row', 'own-analog', '"ai[1..8]", names', 'ai, names', 'ai, names'],
  [
    'a point with states has no limits',
    'own-panel',
    'role: panel.fire\n',
    'role: panel.fire\n    limits: {low: 1}\n',
    '{low: 1}',
  ],
  ['a number that can not alarm has no limits', 'own-probe', 'addr: 2,', 'addr: 2, limits: {low: 1},', '{low: 1}'],
  [
    'limits do not hang on a label',
    'own-probe',
    '    max_step: 50\n',
    '    max_step: 50\n    limits: {high: 1}\n',
    '{high: 1}',
  ],
  ['a limit can be reached', 'own-probe', 'scale: 0.5', 'scale: 0.5\n    limits: {high: 3.5}', '3.5}'],
  [
    'a deadband leaves normal values',
    'own-panel',
    'valid_range: [0, 500]',
    'valid_range: [0, 500]\n    limits: {high: 9, deadband: 9}',
    '9}',
  ],
  // How it is moved.
  [
    'a recipe writes the new address once',
    'own-probe',
    'setup:',
    recipe(`  change_address: {steps: [${move}, ${move}], confirm_at: old}`),
    `[${move}, `,
  ],
  [
    'a recipe does not write nothing new',
    'own-probe',
    'setup:',
    recipe(`  change_address: {steps: [${move.replace('new', '7')}], confirm_at: old}`),
    `[${move.replace('new', '7')}]`,
  ],
  [
    'saving is a number of its own',
    'own-probe',
    'setup:',
    recipe(
      `  change_address: {steps: [${move}], confirm_at: old, save: {table: holding, addr: 21, value: new, fc: 6}}`,
    ),
    'new, fc: 6}}#2',
  ],
  [
    'a recipe keeps out of forbidden areas',
    'own-probe',
    'setup:',
    recipe(`  change_address: {steps: [${move.replace('20', '85')}], confirm_at: old}`),
    '85, value',
  ],
  [
    'a recipe writes with a function that the model knows',
    'own-probe',
    'setup:',
    recipe(`  change_address: {steps: [${move.replace('fc: 6', 'fc: 16')}], confirm_at: old}`),
    '16}}]',
  ],
  [
    'a recipe for the speed has speeds',
    'own-probe',
    'setup:',
    recipe(`  change_baud: {steps: [${move}], confirm_at: old, codes: {}}`),
    '{}}',
  ],
  [
    'a recipe sets speeds that the model has',
    'own-probe',
    'setup:',
    recipe(`  change_baud: {steps: [${move}], confirm_at: old, codes: {9600: 1, 1200: 2}}`),
    '2}}',
  ],
  // What is written.
  [
    'an action that switches power has requires and verify',
    'own-probe',
    'setup:',
    `${stated.replace('setup:', '')}${panelAction}, requires: {point: lock, state: free}}\nsetup:`,
    '{key: open',
  ],
  [
    'an action verifies a state that is there',
    'own-probe',
    'setup:',
    `${stated.replace('setup:', '')}${panelAction}, requires: {point: lock, state: free}, verify: {point: lock, state: gone, within_ms: 5}}\nsetup:`,
    'gone',
  ],
  [
    'an action writes with a function that the model knows',
    'own-probe',
    'setup:',
    `${panelAction.replace('power', 'none').replace('fc: 6', 'fc: 16')}}\nsetup:`,
    '16}}]',
  ],
  [
    'a coil is written by its own functions',
    'own-probe',
    'setup:',
    `${panelAction.replace('power', 'none').replace('table: holding', 'table: coil')}}\nsetup:`,
    '6}}',
  ],
  [
    'a timer counts in parts of a second',
    'own-relay',
    '  verify:',
    '  timed: {table: coil, addr: 9, step_ms: 300, max_s: 9}\n  verify:',
    '300,',
  ],
  [
    'no time of a timer switches a coil for good',
    'own-relay',
    '  verify:',
    '  timed: {table: coil, addr: 9, step_ms: 10, max_s: 653}\n  verify:',
    '653}',
  ],
  [
    'a timer is set by a function that the model knows',
    'own-relay',
    '  verify:',
    '  timed: {table: holding, addr: 9, step_ms: 100, max_s: 9}\n  verify:',
    'holding, addr: 9',
  ],
  ['a setting is readable', 'own-probe', 'addr: 9}', 'addr: 85}', '85'],
  ['a function is known or forbidden', 'own-analog', 'fc: [4]', 'fc: [4, 6], forbidden_fc: [6]', '6], max'],
  // Signals.
  ['a signal runs upwards', 'own-sensor', 'from: [4, 20]', 'from: [20, 4]', '[20, 4]'],
  ['a range of a signal runs upwards', 'own-sensor', 'to: [0, {option: high}]', 'to: [5, 5]', '[5, 5]'],
  ['a broken wire is below the signal', 'own-sensor', '3.6', '4.1', '4.1'],
  ['a short circuit is above the signal', 'own-sensor', '21', '19', '19'],
  ['a signal is never a fire', 'own-sensor', 'water.pressure', 'heat.alarm', 'heat.alarm'],
  // Streams.
  ['a number of a stream is never a fire', 'own-panel', 'role: water.level', 'role: heat.alarm', 'key: level'],
  ['an event moves a point that is there', 'own-panel', 'point: fire, state', 'point: fires, state', 'fires,'],
  ['an event brings a state that is there', 'own-panel', 'state: alarm', 'state: alarms', 'alarms'],
  ['an event without state carries a number', 'own-panel', 'point: level', 'point: fire', '{code: "81"'],
  ['a number has no state', 'own-panel', 'point: level', 'point: level, state: alarm', 'alarm}\n  - {code: "82"'],
  ['rest names points', 'own-panel', '[fire]', '[fires]', '[fires]'],
  ['an event does one thing', 'own-panel', 'rest: all', 'rest: all, point: level', 'all,'],
  ['a code means one thing', 'own-panel', '"82"', '"81"', '"81"#2'],
  ['the first state is rest', 'own-panel', 'severity: normal', 'severity: fault', 'fault}'],
  ['a panel point names the class of its role', 'own-panel', 'panel.fire', 'panel.warning', 'fire}\n#3'],
  ['a listed object has states', 'own-panel', 'point: fire}', 'point: level}', 'level}\nsuper'],
  [
    'and so it has whatever an option says',
    'own-panel',
    'point: fire}',
    'point: {option: loops, of: {"true": fire, "false": level}}}',
    'level}}',
  ],
  ['the option that decides about objects exists', 'own-panel', 'point: fire}', 'point: {option: loop}}', 'loop}}'],
  ['a pattern of objects is one', 'own-panel', '[0-9]+-[0-9]+', '[0-9', '"[0-9"'],
  [
    'each of several patterns is one',
    'own-panel',
    '"[0-9]+-[0-9]+"',
    '{option: loops, of: {"true": a, "false": "[0-9"}}',
    '"[0-9"',
  ],
  ['an example of an object is one', 'own-panel', 'example: 1-2', 'example: 1/2', '1/2'],
  ['an unknown code moves a point that is there', 'own-panel', '{point: odd', '{point: od', 'od, state'],
  ['an unknown code brings a point out of rest', 'own-panel', 'state: seen', 'state: none', 'none}#2'],
  ['what an unknown code began has an end', 'own-panel', 'rest: all', 'rest: [level]', 'odd, state'],
  [
    'a number that can be an alarm says what is believable',
    'own-panel',
    '    valid_range: [0, 500]\n',
    '',
    'key: level',
  ],
];

describe('the models that the rules are shown on', () => {
  it.each(Object.keys(ownModels))('%s keeps all of them', (id) => {
    expect(parseProfile(`${id}.yaml`, ownModels[id] ?? '').problems).toEqual([]);
  });
});

describe('rules of a profile', () => {
  it.each(cases)('%s', (_promise, model, from, to, pointsAt) => {
    const good = ownModels[model] ?? '';
    expect(good).toContain(from);
    const text = good.replace(from, to);
    const [part = '', occurrence] = pointsAt.split('#');
    const found = parseProfile(`${model}.yaml`, text);
    expect(found.profile).toBeNull();
    expect(codesAndPlaces(found.problems)).toContain(`CONF-061 ${placeIn(text, part, Number(occurrence ?? 1))}`);
  });

  it('a profile above draft has evidence and a frame', () => {
    const text = ownModels['own-host']?.replace(
      'status: draft',
      'status: community\nevidence: [{grade: A, source: paper}]',
    );
    const { problems } = parseProfile('own-host.yaml', text ?? '');
    expect(problems.map(({ expected }) => expected)).toEqual([
      { zh: '没有测试时为 draft', en: 'draft without a test' },
    ]);
  });

  it('a kind that nobody knows is told with the ones that are known', () => {
    const text = ownModels['own-host']?.replace('kind: stream', 'kind: radio');
    const { problems } = parseProfile('own-host.yaml', text ?? '');
    expect(problems).toMatchObject([{ code: 'CONF-014', got: 'radio', expected: 'modbus, contact, signal, stream' }]);
  });
});
