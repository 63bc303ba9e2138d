/** Messages with everything filled in, and the all-clear (gateway/voice/render.ts, all-clear.ts). */
import { expect, it } from 'vitest';
import { brandId, type ZoneId } from '../../../config/ids.js';
import type { PlanConfig } from '../../../config/sounding.js';
import { type AlarmState, emptyAlarmState, type Facets, fresh } from '../../../gateway/alarm/facets.js';
import { allClearOf } from '../../../gateway/voice/all-clear.js';
import { type Facts, renderSaying, renderText } from '../../../gateway/voice/render.js';
import { hall, says } from './voice-rig.js';

const cases: readonly (readonly [string, Facts, string])[] = [
  ['{{place}} 发生火情，请立即撤离', { place: '祠堂' }, '祠堂发生火情，请立即撤离'],
  ['{{place}} 发生火情，请立即撤离', {}, '发生火情，请立即撤离'],
  ['火警！在{{place}}发生火情。', { place: null }, '火警！发生火情。'],
  ['{{zone}}{{place}}{{class}}！请撤离。', { zone: '东片', class: '火警' }, '东片火警！请撤离。'],
  ['火情位置：{{place}}，请撤离。', {}, '请撤离。'],
  ['请撤离，位置：{{place}}。', {}, '请撤离。'],
  ['{{name}}（{{place}}）报警，{{place}}。', { name: '烟感 3' }, '烟感 3报警。'],
  ['演练将在{{minutes}}分钟后开始。', { minutes: 5 }, '演练将在5分钟后开始。'],
  ['演练{{minutes}}分钟后开始。', {}, '演练开始。'],
  ['现在时间{{ time }}，{{site}}广播。', { time: '08:00', site: '张家寨' }, '现在时间08:00，张家寨广播。'],
  ['{{place}}', {}, ''],
  ['{{nothing}}请注意', {}, '请注意'],
  ['Fire at {{place}}! Leave now.', {}, 'Fire! Leave now.'],
  ['{{place}}着火', { place: '东\u0000街\n{{zone}}', zone: '西' }, '东街 {{zone}}着火'],
];

it.each(cases)('%s with %o is said as: %s', (template, facts, said) => {
  expect(renderText(template, facts)).toBe(said);
});

it('whatever is missing, no loudspeaker says undefined, null or a bracket of the template', () => {
  const names = ['place', 'zone', 'name', 'site', 'class', 'time', 'minutes'] as const;
  const template = '{{site}}广播：{{time}}，{{zone}}的{{place}}（{{name}}）{{class}}，{{minutes}}分钟内撤离。';
  for (let mask = 0; mask < 2 ** names.length; mask++) {
    const facts = Object.fromEntries(names.map((name, i) => [name, (mask >> i) % 2 === 1 ? '甲' : null]));
    const said = renderText(template, facts);
    expect(said).not.toMatch(/undefined|null|[{}\uE000]|（）|[，：]{2}|^[，。：]|[，：]。/);
  }
});

it('a text of any length ends behind a sentence; one of which nothing is left is none', () => {
  expect([...renderText('请立即撤离。'.repeat(200), {})]).toHaveLength(396);
  const message = { id: brandId<never>('m'), name: { zh: '', en: '' }, text: '{{place}}', file: '/a.wav', track: 3 };
  expect(renderSaying(message, {})).toEqual({ message: 'm', text: null, file: '/a.wav', track: 3 });
});

const east = brandId<ZoneId>('east');
const west = brandId<ZoneId>('west');
const plan = (id: string, zones: readonly ZoneId[]): PlanConfig => ({
  ...{ id: brandId(id), when: { class: 'fire', zones }, steps: [] },
  allClear: { message: brandId('clear'), speakers: [hall] },
});
const burning = (key: string, zone: ZoneId, service: Facets['service'] = null): Facets => ({
  ...fresh({ key, class: 'fire', zone, name: { zh: key, en: key } }),
  alarm: {
    ...{ id: brandId(`e-${key}`), order: 1, raisedMono: 0, raisedWall: 0, waitingMono: 0, frames: [], confirmed: null },
  },
  service,
});
const stateOf = (...facets: readonly Facets[]): AlarmState => ({
  ...emptyAlarmState,
  ...{ subjects: new Map(facets.map((each) => [each.subject, each])), lastOrder: 1 },
});

it('the all-clear is said when a person has reset the last alarm of a plan, once for all plans, and not before', () => {
  const a = burning('a', east);
  const b = burning('b', east);
  const c = burning('c', west);
  const away = burning('d', east, { is: 'shelved', by: 'x', untilMono: 1, untilWall: 1, isWallSure: true });
  const plans = [plan('p', [east]), plan('q', [east, west])];
  const clear = (before: AlarmState, after: AlarmState): string | null => {
    const said = allClearOf({
      ...{ before, after, plans, origin: 'cli:wang', nowMono: 1000 },
      sayingsOf: (_say, ended) => new Map([[hall, [says(`${ended.name.zh} 解除`)]]]),
    });
    if (said === null) return null;
    expect(said).toMatchObject({ rank: 'evacuation', occasion: 'all-clear', origin: 'cli:wang', untilMono: 121_000 });
    return `${said.id} ${said.sayings
      .get(hall)
      ?.map(({ text }) => text)
      .join(' ')}`;
  };
  expect(clear(stateOf(a, b), stateOf(b))).toBeNull();
  expect(clear(stateOf(b), stateOf())).toBe('all-clear:e-b b 解除');
  expect(clear(stateOf(b, c), stateOf(c))).toBe('all-clear:e-b b 解除');
  expect(clear(stateOf(a, away), stateOf(away))).toBe('all-clear:e-a a 解除');
  expect(clear(stateOf(a), stateOf({ ...a, service: away.service }))).toBeNull();
  expect(clear(stateOf(c), stateOf(c))).toBeNull();
  expect(clear(stateOf(), stateOf())).toBeNull();
});
