/** The judge of the kill soak finds what it is there to find. */
import { expect, test } from 'vitest';
import type { Heard } from '../soak/district-ear.js';
import { type FileRow, isGood, judge } from '../soak/kill-verdict.js';

const row = (position: number, lane = 'journal', kind = 'alarm.raised'): FileRow => ({
  ...{ position, epoch: 'e', sequence: position, id: `r${position}`, lane, kind, subject: 's' },
  class: lane === 'fire' ? 'fire' : 'fault',
});
/** Of rows 2 and 4 the one before stands one lane further on. */
const previousOf = ({ position }: FileRow): number => [0, 0, 0, 2, 1][position] ?? 0;
const heardOf = (of: FileRow, durable = true, previous = previousOf(of)): Heard => ({
  ...{ id: of.id, epoch: of.epoch, kind: of.kind, subject: of.subject, durable },
  ...(durable ? { sequence: of.sequence, previous } : { sequence: null, previous: null }),
});
const rows = [row(1), row(2, 'fire', 'alarm.returned'), row(3, 'fire'), row(4), row(5, 'local')];
const carried = rows.slice(0, 4);
const nothingSaid = { stamped: new Set<string>(), durable: new Set<string>() };

const story = (heard: readonly Heard[], of = rows, said = nothingSaid) => {
  const verdict = judge(of, heard, said, 5);
  const { lost, invented, unkept, altered, outOfOrder, unlinked, holes, duplicates, toldNotKept } = verdict;
  return {
    lost,
    invented,
    unkept,
    altered,
    outOfOrder,
    unlinked,
    holes,
    duplicates,
    toldNotKept,
    good: isGood(verdict),
  };
};
const clean = {
  ...{
    lost: [],
    invented: [],
    unkept: [],
    altered: [],
    outOfOrder: [],
    unlinked: [],
    holes: 0,
    duplicates: 0,
    toldNotKept: 0,
  },
  good: true,
};

test('everything once or more often, a new fire before the rest of its lane, is as it should be', () => {
  expect(story(carried.map((each) => heardOf(each)))).toEqual(clean);
  const [one, returned, fire, last] = carried.map((each) => heardOf(each));
  if (one === undefined || returned === undefined || fire === undefined || last === undefined)
    throw new Error('four rows');
  expect(story([fire, one, returned, one, last, fire])).toEqual({ ...clean, duplicates: 2 });
});

test.each<readonly [what: string, ReturnType<typeof story>, Partial<typeof clean> | object]>([
  ['lost', story(carried.slice(1).map((each) => heardOf(each))), { lost: ['r1'] }],
  ['told from memory only', story(carried.map((each) => heardOf(each, each.id !== 'r3'))), { lost: ['r3'] }],
  ['invented', story([...carried, row(9)].map((each) => heardOf(each))), { invented: ['r9'] }],
  [
    'out of order',
    story([...carried.filter(({ id }) => id !== 'r1'), ...carried].map((each) => heardOf(each))),
    { outOfOrder: ['r1 (journal)'], duplicates: 3 },
  ],
  [
    'altered',
    story(carried.map((each) => ({ ...heardOf(each), subject: each.id === 'r4' ? 'x' : 's' }))),
    { altered: ['r4'] },
  ],
  [
    'told with another predecessor',
    story(carried.map((each) => heardOf(each, true, each.id === 'r3' ? 0 : previousOf(each)))),
    { unlinked: ['r3'] },
  ],
  [
    'full of holes',
    story(
      carried.slice(1).map((each) => heardOf(each)),
      rows.slice(1),
    ),
    { holes: 1, unlinked: ['r4'] },
  ],
  [
    'said to be durable and gone',
    story(
      carried.map((each) => heardOf(each)),
      rows,
      { stamped: new Set(['r6']), durable: new Set(['r6']) },
    ),
    { unkept: ['r6'] },
  ],
])('what is %s is found', (_, found, wanted) => {
  expect(found).toEqual({ ...clean, good: false, ...wanted });
});

test('what was told from memory and died with its process is counted apart; what nobody stamped is invented', () => {
  const memory = heardOf(row(7, 'fire'), false);
  const heard = [...carried.map((each) => heardOf(each)), memory];
  expect(story(heard, rows, { stamped: new Set(['r7']), durable: new Set() })).toEqual({ ...clean, toldNotKept: 1 });
  expect(story(heard)).toEqual({ ...clean, good: false, invented: ['r7'] });
});
