/** Which registers travel in one request. */
import { describe, expect, it } from 'vitest';
import type { RegisterSource, RegisterType, UnitLimits } from '../../config/site.js';
import { type Block, isInside, planReads, splitBlock } from '../../drivers/modbus/read-plan.js';
import { limits, source } from './register-source.js';
import { seeded } from './rig.js';

const told = (blocks: readonly Block[] | null) =>
  blocks?.map(({ table, address, count }) => `${table} ${address}+${count}`) ?? null;
const at = (address: number, type: RegisterType = 'u16') => source('holding', address, { type });
const forbid = (from: number, to: number) => limits({ maxGap: 4, forbidden: [{ table: 'holding', from, to }] });

describe('the read plan', () => {
  it.each<readonly [string, readonly RegisterSource[], Partial<UnitLimits>, readonly string[]]>([
    ['nothing', [], {}, []],
    ['neighbours together', [at(1), at(2), at(3)], {}, ['holding 1+3']],
    ['in any order, one register twice', [at(3), at(1), at(2), at(2), at(3)], {}, ['holding 1+3']],
    ['apart over a hole', [at(1), at(5)], {}, ['holding 1+1', 'holding 5+1']],
    ['over a hole that the unit allows', [at(1), at(5)], { maxGap: 3 }, ['holding 1+5']],
    ['apart over a hole that is one too wide', [at(1), at(5)], { maxGap: 2 }, ['holding 1+1', 'holding 5+1']],
    [
      'no longer than the unit allows',
      [0, 7, 8, 15, 16].map((a) => at(a)),
      { maxGap: 9 },
      ['holding 0+8', 'holding 8+8', 'holding 16+1'],
    ],
    [
      'one by one where the unit knows no blocks',
      [at(5), at(6), at(7)],
      { maxRead: 1 },
      ['holding 5+1', 'holding 6+1', 'holding 7+1'],
    ],
    ['up to the last register', [at(65535), at(65534)], {}, ['holding 65534+2']],
    [
      'values of several registers whole',
      [at(0, 'f32'), at(2, 'f64'), at(6, 'u32')],
      { maxRead: 7 },
      ['holding 0+6', 'holding 6+2'],
    ],
    ['what overlaps together', [at(0, 'u32'), at(1), at(2, 'u32')], { maxRead: 3 }, ['holding 0+2', 'holding 2+2']],
    [
      'a chain of overlaps that is too long in two',
      [at(0, 'u32'), at(1, 'u32'), at(2, 'u32')],
      { maxRead: 3 },
      ['holding 0+3', 'holding 2+2'],
    ],
    ['a value that is longer than the unit allows all the same', [at(0, 'f64')], { maxRead: 2 }, ['holding 0+4']],
    [
      'anew at a forced break',
      [at(0), source('holding', 1, { forceBreak: true }), at(2)],
      {},
      ['holding 0+1', 'holding 1+2'],
    ],
  ])('reads %s', (_name, sources, changes, expected) => {
    expect(told(planReads(sources, limits(changes)))).toEqual(expected);
    expect(told(planReads(sources.toReversed(), limits(changes)))).toEqual(expected);
  });

  it.each([
    ['in the hole', forbid(3, 3)],
    ['at the edge of the hole', forbid(2, 2)],
    ['over all of the hole', forbid(2, 4)],
  ])('never touches a forbidden register %s', (_name, own) => {
    expect(told(planReads([at(1), at(5)], own))).toEqual(['holding 1+1', 'holding 5+1']);
  });

  it('joins over what is forbidden elsewhere', () => {
    const elsewhere = [
      { table: 'holding', from: 6, to: 9 },
      { table: 'input', from: 2, to: 4 },
    ] as const;
    expect(told(planReads([at(1), at(5)], limits({ maxGap: 3, forbidden: elsewhere })))).toEqual(['holding 1+5']);
  });

  it('never mixes tables, and counts bits by their own limits', () => {
    const sources = (['holding', 'input', 'discrete', 'coil'] as const).flatMap((table) =>
      [1, 3, 4].map((address) => source(table, address, { type: table === 'coil' ? 'bool' : 'u16' })),
    );
    expect(told(planReads(sources, limits({ maxRead: 2, maxBits: 4, maxBitGap: 1 })))).toEqual([
      'coil 1+4',
      'discrete 1+4',
      'input 1+1',
      'input 3+2',
      'holding 1+1',
      'holding 3+2',
    ]);
  });

  it('reads every value whole, once, within all limits, whatever the sources are', () => {
    const random = seeded(7);
    const pick = (most: number) => Math.floor(random() * most);
    const types = ['u16', 'u32', 'f64'] as const;
    for (let round = 0; round < 500; round++) {
      const own = limits({ maxRead: 4 + pick(12), maxGap: pick(4) });
      const sources = Array.from({ length: pick(20) }, () => at(pick(60), types[pick(3)] ?? 'u16'));
      const blocks = planReads(sources, own);
      for (const each of sources) expect(blocks.some((block) => isInside(each, block))).toBe(true);
      for (const block of blocks) {
        expect(block.count).toBeLessThanOrEqual(own.maxRead);
        expect(sources.some((each) => isInside(each, block) && each.address === block.address)).toBe(true);
      }
    }
  });
});

describe('a refused block', () => {
  const block = (address: number, count: number): Block => ({ table: 'holding', address, count });
  it.each<readonly [string, readonly RegisterSource[], Block, readonly string[] | null]>([
    ['at its widest gap', [at(0), at(2), at(6), at(7)], block(0, 8), ['holding 0+3', 'holding 6+2']],
    [
      'in the middle where it has no gap',
      [0, 1, 2, 3, 4, 5].map((a) => at(a)),
      block(0, 6),
      ['holding 0+3', 'holding 3+3'],
    ],
    ['beside the value in its middle', [at(0), at(1, 'f64'), at(5)], block(0, 6), ['holding 0+1', 'holding 1+5']],
    ['not at all with one value', [at(0, 'f32')], block(0, 2), null],
    ['not at all with two values of one register', [at(0), source('holding', 0, { bits: [7, 0] })], block(0, 1), null],
    ['without looking at what is elsewhere', [at(0), at(9), source('input', 1)], block(0, 1), null],
  ])('is read apart %s', (_name, sources, refused, expected) => {
    expect(told(splitBlock(refused, sources, limits({ maxGap: 8 })))).toEqual(expected);
  });
});
