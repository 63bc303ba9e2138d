import { expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { Entry } from '../../sync/journal/entry.js';
import { withoutNames } from '../../sync/private-fields.js';
import { Unkept } from '../../sync/pump/unkept.js';
import { isTold, type TellRule } from '../../sync/tell-filter.js';
import { entry } from './rig.js';

const none: TellRule = { classes: null, zones: null, kinds: null };
const [hall, yard] = [brandId<NonNullable<Entry['zone']>>('hall'), brandId<NonNullable<Entry['zone']>>('yard')];
const operation = { class: null, kind: 'output.commanded', lane: 'fire' } as const;
const own = { class: null, kind: 'gateway.started', lane: 'journal' } as const;

test.each<readonly [string, Partial<TellRule>, Partial<Entry>, boolean]>([
  ['without a filter everything', {}, own, true],
  ['of a class', { classes: ['fire'] }, { class: 'fire' }, true],
  ['not of another class', { classes: ['fire'] }, { class: 'fault' }, false],
  ['operations with the fires', { classes: ['fire'] }, operation, true],
  ['no operations without the fires', { classes: ['fault'] }, operation, false],
  ['an acknowledgement by its own class', { classes: ['fault'] }, { class: 'fault', kind: 'alarm.acknowledged' }, true],
  ['not what the gateway tells of itself', { classes: ['fire', 'fault'] }, own, false],
  ['what belongs to an alarm', { classes: ['fault'] }, { ...own, alarm: brandId('e1-b-1') }, true],
  ['of a zone', { zones: [hall] }, { zone: hall }, true],
  ['not of another zone', { zones: [hall] }, { zone: yard }, false],
  ['what has no zone', { zones: [hall] }, { zone: null }, true],
  ['a group of kinds', { kinds: ['alarm'] }, { kind: 'alarm.reset' }, true],
  ['one kind', { kinds: ['alarm.raised'] }, { kind: 'alarm.reset' }, false],
  ['all filters at once', { classes: ['fire'], zones: [hall], kinds: ['alarm'] }, { zone: yard }, false],
  ['a new epoch whatever is asked', { classes: ['fire'], kinds: ['alarm'] }, { ...own, kind: 'journal.begun' }, true],
  ['what was lost', { classes: ['fire'], zones: [hall] }, { class: 'fault', kind: 'journal.lost', zone: yard }, true],
  ['a corrected clock', { kinds: ['alarm'] }, { ...own, kind: 'clock.corrected' }, true],
])('a centre is told %s', (_name, rule, over, told) => {
  expect(isTold({ ...none, ...rule }, entry('e1', 1, over))).toBe(told);
});

test.each([
  ['cli:li.wei', 'cli'],
  ['panel', 'panel'],
  ['key:key-1/key', 'key'],
  ['centre:duty-key', 'centre'],
  [null, null],
])('without the right to names %s is told as %s', (origin, told) => {
  expect(withoutNames(entry('e1', 1, { origin })).origin).toBe(told);
});

test('an entry that names nobody is told as it is', () => {
  const plain = entry('e1', 1, { detail: { value: 3, by: ['read-back'] } });
  expect(withoutNames(plain)).toBe(plain);
});

test('rows that are not kept are counted within bounds, exactly again once all are kept', () => {
  const unkept = new Unkept();
  for (let position = 1; position <= 1_000_000; position++) unkept.carried(position);
  expect(unkept.rows).toBe(1_000_000);
  unkept.keptUpTo(500_000);
  expect(unkept.rows).toBeGreaterThanOrEqual(500_000);
  expect(unkept.rows).toBeLessThan(502_000);
  unkept.keptUpTo(1_000_000);
  expect(unkept.rows).toBe(0);
});
