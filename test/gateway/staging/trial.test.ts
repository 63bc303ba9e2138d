/** When a site file on trial is healthy, and what of a change only the box may make: tables. */
import { describe, expect, test } from 'vitest';
import { brandId, type LineId, type UplinkId } from '../../../config/ids.js';
import type { SiteConfig } from '../../../config/site.js';
import { emptyAlarmState } from '../../../gateway/alarm/facets.js';
import { configDiff } from '../../../gateway/staging/config-diff.js';
import { needsNewProcess } from '../../../gateway/staging/kept-pins.js';
import { standsInTheWay } from '../../../gateway/staging/stands-in-the-way.js';
import { beginTrial, stepTrial } from '../../../gateway/staging/trial.js';
import { townConfig } from '../village-rig.js';

const town = await townConfig();
const all = town.lines.map(({ id }) => id);
const district = brandId<UplinkId>('district');
const uplink = town.uplinks[0]?.id ?? district;

/** What is seen at which second; the last of it is judged. */
type Looks = readonly (readonly [atS: number, lines: readonly LineId[], uplinks?: readonly UplinkId[]])[];

function judge(
  looks: Looks,
  before = { lines: all as readonly string[], uplink: uplink as string | null },
  site = town,
) {
  let state = beginTrial(site, before, 1_000);
  let told: string = '';
  for (const [atS, lines, uplinks = []] of looks) {
    const stepped = stepTrial(state, { lines: new Set(lines), uplinks: new Set(uplinks) }, 1_000 + atS * 1000);
    state = stepped.state;
    told =
      stepped.verdict.kind === 'failed' ? `${stepped.verdict.reason} ${stepped.verdict.what}` : stepped.verdict.kind;
  }
  return told;
}

const other = all.filter((id) => id !== 'west');
const panel = brandId<LineId>('panel');
const silenceS =
  Math.max(...town.streams.filter((each) => each.line === panel).map(({ silenceMs }) => silenceMs)) / 1000;

test.each<[string, string, Looks]>([
  ['all answer and the centre is there', 'healthy', [[4, all, [uplink]]]],
  [
    'each was seen once, not all at the same time',
    'healthy',
    [
      [4, other],
      [9, ['west' as LineId]],
      [70, [], [uplink]],
    ],
  ],
  ['what answers in the first seconds may answer the file before', 'waiting', [[1, all, [uplink]]]],
  ['a line is missing, and has its minute', 'waiting', [[59, other, [uplink]]]],
  ['a line is missing for a minute', 'line west', [[60, other, [uplink]]]],
  ['the centre has five minutes', 'waiting', [[299, all]]],
  [
    'the centre is not there for five minutes',
    `uplink ${uplink}`,
    [
      [4, all],
      [300, all],
    ],
  ],
  [
    'a line that is only listened to has its own time',
    'waiting',
    [[silenceS - 1, all.filter((id) => id !== panel), [uplink]]],
  ],
])('%s: %s', (_, verdict, looks) => {
  expect(judge(looks)).toBe(verdict);
});

test('what did not answer before, or is in the file no more, is not waited for; another centre stands for one that is gone', () => {
  expect(judge([[4, []]], { lines: [], uplink: null })).toBe('healthy');
  expect(
    judge(
      [[4, other, [uplink]]],
      { lines: all, uplink },
      { ...town, lines: town.lines.filter(({ id }) => id !== 'west') },
    ),
  ).toBe('healthy');
  expect(judge([[4, all]], { lines: all, uplink: 'gone' })).toBe('waiting');
  expect(judge([[4, all, [uplink]]], { lines: all, uplink: 'gone' })).toBe('healthy');
  expect(judge([[4, all]], { lines: all, uplink }, { ...town, uplinks: [] })).toBe('healthy');
});

describe('only level Ⅲ on the box may change', () => {
  const [output, ...outputs] = town.outputs;
  const [plan, ...plans] = town.plans;
  const [centre] = town.uplinks;
  if (output === undefined || plan === undefined || centre?.kind !== 'mqtt')
    throw new Error('the town has all of them');
  const key = { id: 'k', publicKey: 'x', rights: [], zones: null, notAfter: '2030-01-01' };
  test.each<[string, Partial<SiteConfig>, readonly string[]]>([
    ['a key', { commandKeys: [key] }, ['keys']],
    ['an output', { outputs: [{ ...output, onControlLost: 'go-quiet' }, ...outputs] }, ['outputs']],
    ['an output taken out', { outputs }, ['outputs']],
    [
      'the relay behind an output',
      { units: town.units.map((unit) => (unit.id === 'relay-1' ? { ...unit, address: 77 } : unit)) },
      ['outputs'],
    ],
    [
      'the wire of that relay',
      { lines: town.lines.map((each) => (each.id === 'east' ? { ...each, timeoutMs: 999 } : each)) },
      ['outputs'],
    ],
    [
      'sounders',
      { plans: [{ ...plan, steps: plan.steps.map((step) => ({ ...step, sound: [] })) }, ...plans] },
      ['sounders'],
    ],
    ['when a plan sounds', { plans: [{ ...plan, when: { ...plan.when, zones: [] } }, ...plans] }, ['sounders']],
    ['a plan taken out', { plans }, ['sounders']],
    ['when the sirens test themselves', { exercises: { ...town.exercises, sirenTest: null } }, ['sounders']],
    ['the last uplink', { uplinks: [] }, ['uplinks']],
    ['another uplink besides', { uplinks: [...town.uplinks, { ...centre, id: brandId('new') }] }, ['uplinks']],
    ['where reports go', { uplinks: [{ ...centre, url: 'mqtts://elsewhere.example:8883' }] }, ['uplinks']],
    ['which file is sent as the password', { uplinks: [{ ...centre, passwordFile: '/etc/shadow' }] }, ['uplinks']],
    ['whose certificates are believed', { uplinks: [{ ...centre, caFile: '/tmp/own-ca.pem' }] }, ['uplinks']],
    [
      'the certificate and key that it signs in with',
      { uplinks: [{ ...centre, keyFile: '/k', certFile: '/c' }] },
      ['uplinks'],
    ],
    ['the name that it signs in with', { uplinks: [{ ...centre, username: 'root', clientId: 'x' }] }, ['uplinks']],
    ['who is told names', { uplinks: [{ ...centre, tell: { ...centre.tell, withPrivate: true } }] }, ['uplinks']],
    [
      'which alarms are told',
      { uplinks: [{ ...centre, tell: { ...centre.tell, classes: ['technical'] } }] },
      ['uplinks'],
    ],
    ['where orders may come from', { uplinks: [{ ...centre, takesCommands: !centre.takesCommands }] }, ['uplinks']],
    ['whose word frees a row', { uplinks: [{ ...centre, receipts: 'unsigned' }] }, ['uplinks']],
    [
      'topics and payloads',
      { uplinks: [{ ...centre, templates: { ...centre.templates, status: { topic: 'x', payload: '{}' } } }] },
      ['uplinks'],
    ],
    [
      'but not how quickly, how often and how much of it',
      { uplinks: [{ ...centre, pacePerS: 5, keepaliveS: 300, telemetry: 'cbor', dataBudgetBytes: 1e7 }] },
      [],
    ],
    [
      'nor a detector',
      { units: town.units.map((unit) => (unit.id === 'smoke-1' ? { ...unit, address: 77 } : unit)) },
      [],
    ],
    ['nor words', { messages: [] }, []],
  ])('%s', (_, change, needsBox) => {
    expect(configDiff(town, { ...town, ...change }).needsBox).toEqual(needsBox);
  });
});

test('a drill or test stands in the way, quiet does not', () => {
  expect(standsInTheWay(emptyAlarmState, true)).toBe('exercise');
  expect(standsInTheWay(emptyAlarmState, false)).toBeNull();
});

test('the difference names what came, went and changed, and the lines that keep running', () => {
  const next: SiteConfig = {
    ...town,
    lines: town.lines.map((each) => (each.id === 'inn' ? { ...each, timeoutMs: 999 } : { ...each })),
    zones: [...town.zones.slice(1), { id: brandId('new'), name: { zh: '新', en: 'new' }, code: null }],
    streams: town.streams.map((each) => (each.line === 'gauge' ? { ...each, silenceMs: 9_999 } : each)),
    dailyReportAt: null,
  };
  const { changes, unchangedLines } = configDiff(town, next);
  expect(changes.lines).toEqual({ added: [], removed: [], changed: ['inn'] });
  expect(changes.zones).toEqual({ added: ['new'], removed: [town.zones[0]?.id], changed: [] });
  expect(changes.rest.changed).toEqual(['dailyReportAt']);
  expect(unchangedLines).toEqual(['east', 'west', 'pool', 'panel']);
  expect(configDiff(town, town).unchangedLines).toEqual(all);
});

test('a pin that turns round, another pin driver and another battery need a new process', () => {
  const pin = town.outputs.flatMap(({ target }) => (target.kind === 'pin' ? [target.pin] : []))[0] ?? 0;
  const [first, ...points] = town.points;
  if (first === undefined) throw new Error('the town has points');
  const turned = { ...first, source: { kind: 'pin', pin, low: 'normal', high: 'alarm' } } as const;
  expect(needsNewProcess(town, { ...town, outputs: [], points: [turned, ...points] })).toBe(true);
  expect(needsNewProcess(town, { ...town, gpio: { driver: 'chip' } })).toBe(true);
  expect(needsNewProcess(town, { ...town, ups: { board: 'waveshare-e', i2cBus: 1 } })).toBe(true);
  expect(needsNewProcess(town, { ...town, outputs: [] })).toBe(false);
});
