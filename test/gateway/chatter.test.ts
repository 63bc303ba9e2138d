/** What flickers is written a few times and then counted, and whoever reads entries alone still ends with the truth. */
import { describe, expect, test } from 'vitest';
import { type BootId, brandId, type EntryId } from '../../config/ids.js';
import { floodMax } from '../../gateway/alarm/chatter.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { EngineRig, lose, order, pointOf, points, restore, see, type Timed, tick } from './engine-rig.js';
import { hallSmoke, kitchen, VillageRig } from './village-rig.js';

/** The engine with a clock that ticks when it asks for it, and every entry with its moment. */
class Life {
  readonly rig: EngineRig;
  readonly entries: (EntryDraft & { readonly atS: number; readonly id: string })[] = [];
  #nextMono: number | null = null;

  constructor(site = points) {
    this.rig = new EngineRig('e', site);
  }

  give(...inputs: readonly Timed[]): this {
    for (const input of inputs) {
      this.until(input[0]);
      this.#take(input);
    }
    return this;
  }

  until(mono: number): this {
    for (let next = this.#nextMono; next !== null && next <= mono; next = this.#nextMono) this.#take(tick(next));
    return this;
  }

  told(subject: string): readonly string[] {
    return this.entries
      .filter((each) => each.subject.endsWith(subject))
      .map(({ kind, atS, detail: { raised, returned, stands } }) => {
        const counts = kind === 'alarm.counted' ? ` ${raised}+${returned} ${stands}` : '';
        return `${atS} ${kind.slice('alarm.'.length)}${counts}`;
      });
  }

  #take(input: Timed): void {
    const first = this.rig.entries + 1;
    const { drafts, nextTickMono } = this.rig.give(input);
    this.#nextMono = nextTickMono;
    this.entries.push(...drafts.map((draft, n) => ({ ...draft, atS: input[0] / 1000, id: `e${first + n}` })));
  }
}

/** In alarm at even seconds, normal at odd ones. */
const flicker = (id: string, fromS: number, toS: number, alarm = 'alarm'): Timed[] =>
  Array.from({ length: toS - fromS }, (_, n) => see((fromS + n) * 1000, id, (fromS + n) % 2 === 0 ? alarm : 'normal'));

/** The first three raisings and returns are written. */
const sixWritten = ['0 raised', '1 returned', '2 raised', '3 returned', '4 raised', '5 returned'];

describe('a detector that flickers', () => {
  test('is written three times and then counted: once a minute, and the last time as it stands at the end', () => {
    const life = new Life().give(...flicker('smoke', 0, 100)).until(1_000_000);
    expect(life.told('smoke')).toEqual([...sixWritten, '66 counted 30+30 latched', '126 counted 17+17 latched']);
    expect(life.rig.leaves).toEqual(['smoke: normal e1 sounding']);
  });

  test('of a fault is one alarm that goes on: every alarm goes by the id of an entry that raised it', () => {
    const life = new Life().give(...flicker('battery', 0, 71, 'low'));
    expect(life.told('battery')).toEqual([...sixWritten, '66 counted 30+30 normal']);
    const raised = life.entries.filter(({ kind, id, alarm }) => kind === 'alarm.raised' && id === alarm);
    expect(raised.map(({ id }) => id)).toContain(life.rig.of('battery')?.alarm?.id);
    expect(life.entries.at(-1)?.alarm).toBe(life.rig.of('battery')?.alarm?.id);
    life.give(see(71_000, 'battery', 'normal')).until(1_000_000);
    expect(life.told('battery').at(-1)).toBe('126 counted 3+3 normal');
    life.give(see(2_000_000, 'battery', 'low'));
    expect(life.told('battery').at(-1)).toBe('2000 raised');
  });

  test('and stays in alarm is told within a minute', () => {
    const life = new Life().give(...flicker('gas', 0, 7)).until(65_999);
    expect(life.told('gas')).toEqual(sixWritten);
    expect(life.until(66_000).told('gas').at(-1)).toBe('66 counted 1+0 active');
  });

  test('is written one by one again after a quiet minute, and not before', () => {
    const life = new Life().give(...flicker('gas', 0, 8)).give(...flicker('gas', 66, 68), ...flicker('gas', 130, 132));
    expect(life.told('gas').slice(sixWritten.length)).toEqual([
      '66 counted 1+1 latched',
      '126 counted 1+1 latched',
      '130 raised',
      '131 returned',
    ]);
  });

  test('three times within a minute is no chatter that is hidden: slower than that all is written', () => {
    const inputs = Array.from({ length: 40 }, (_, n) => see(n * 10_000, 'gas', n % 2 === 0 ? 'alarm' : 'normal'));
    expect(new Life().give(...inputs).entries).toHaveLength(40);
  });

  test('is heard all the same: state, sounder and what is saved are those of a life without limits', () => {
    const life = new Life().give(...flicker('gas', 0, 9));
    expect(life.rig.of('gas')).toMatchObject({ condition: 'active', sounder: 'sounding', alarm: { order: 5 } });
    expect(life.rig.savedOf('gas')).toMatchObject({ condition: 'active', alarm: 'e1', untold: 'e1' });
  });
});

describe('before what a person or the engine itself does to it', () => {
  test('what was counted is told, and the first raising after an acknowledgement or a silence is written at once', () => {
    const life = new Life().give(...flicker('smoke', 0, 8), order(8_000, 'acknowledge', 99));
    life.give(order(8_000, 'silence', 99), see(10_000, 'smoke', 'alarm'), see(11_000, 'smoke', 'normal'));
    expect(life.told('smoke').slice(sixWritten.length)).toEqual([
      '8 counted 1+1 latched',
      '8 acknowledged',
      '8 silenced',
      '10 raised',
    ]);
    expect(life.rig.of('smoke')).toMatchObject({ sounder: 'sounding', acknowledged: null });
  });

  test('a reset is written with what was counted before it, and the next fire is a new one, written at once', () => {
    const life = new Life().give(...flicker('smoke', 0, 8), order(8_000, 'reset', 99), see(9_000, 'smoke', 'alarm'));
    expect(life.told('smoke').slice(sixWritten.length)).toEqual(['8 counted 1+1 normal', '8 reset', '9 raised']);
    expect(life.entries.at(-1)?.id).toBe(life.rig.of('smoke')?.alarm?.id);
  });

  test('a fire that is confirmed says so at once, however it flickers', () => {
    const life = new Life().give(...flicker('smoke', 0, 20), see(20_000, 'call', 'alarm')).until(20_100);
    expect(life.told('smoke').at(-1)).toBe('20.1 confirmed');
  });
});

describe('a site that writes too much', () => {
  const faults = Array.from({ length: floodMax }, (_, n) => pointOf(`f${n}`, 'fault'));
  const smoke = pointOf('smoke', 'smoke.alarm');
  /** All of them at once, three times up and down in half a minute: no single one chatters. */
  const storm = new Life([...faults, smoke]);
  for (let n = 0; n < 6; n++) {
    const value = n % 2 === 0 ? 'alarm' : 'normal';
    storm.give(...[...faults, smoke].map(({ id }) => see(n * 5_000, id, value)));
  }
  storm.until(1_000_000);

  test('writes the first of each, counts the others, and ends with the truth of each', () => {
    for (const { id } of faults) expect(storm.told(`:${id}`)).toEqual(['0 raised', '65 counted 2+3 normal']);
  });

  test('counts nothing of a fire', () => {
    expect(storm.told('smoke')).toEqual([
      '0 raised',
      '5 returned',
      '10 raised',
      '15 returned',
      '20 raised',
      '25 returned',
    ]);
  });

  test('writes all again when it has calmed down', () => {
    expect(
      storm
        .give(see(1_100_000, 'f7', 'alarm'), see(1_101_000, 'f7', 'normal'))
        .told(':f7')
        .slice(2),
    ).toEqual(['1100 raised', '1101 returned']);
  });
});

test('a thousand points that flicker at a thousand different moments are told by few ticks, each of which looks at what is due', () => {
  const count = 1000;
  const site = Array.from({ length: count }, (_, at) => pointOf(`p${at}`, 'fault'));
  const step = makeStep(site, []);
  let [state, next, ids, ticks, counted, visited] = [emptyAlarmState, null as number | null, 0, 0, 0, 0];
  const give = ([mono, input]: Timed): void => {
    const entryId = (n: number): EntryId => brandId<EntryId>(`e${ids + n}`);
    const boot = brandId<BootId>('boot');
    const result = step(state, input, { boot, mono, wall: mono, trust: 'trusted', entryId });
    ids += result.drafts.length;
    visited += result.visited;
    counted += result.drafts.filter(({ kind }) => kind === 'alarm.counted').length;
    next = result.state === state ? next : result.nextTickMono;
    state = result.state;
  };
  // Each changes every 2.5 s, for 75 s.
  for (let turn = 0; turn < 30; turn++) {
    for (const [at, { id }] of site.entries()) {
      const mono = turn * 2500 + (at * 2500) / count;
      for (; next !== null && next <= mono; ticks++) give(tick(next));
      give(see(mono, id, turn % 2 === 0 ? 'alarm' : 'normal'));
    }
  }
  expect(counted).toBe(count);
  expect(ticks).toBeLessThan(10);
  // Each as it comes into the index, and a few times as it is told.
  expect(visited).toBeLessThan(5 * count);
});

describe('a restart in the middle of it', () => {
  test.each([
    ['a fault that has gone meanwhile', flicker('battery', 0, 8, 'low'), 'counted battery normal'],
    ['a fault that stands', flicker('battery', 0, 9, 'low'), 'counted battery active'],
    ['a fire that has returned', flicker('smoke', 0, 8), 'counted smoke latched'],
  ])('tells how %s stands, once', (_, inputs, told) => {
    const life = new Life().give(...inputs);
    const next = new EngineRig('n');
    const drafts = next.give(restore(20_000, ...life.rig.saved.values())).drafts;
    const name = (subject: string): string => subject.replace('point:', '');
    expect(drafts.map((each) => `${each.kind.slice(6)} ${name(each.subject)} ${each.detail['stands']}`)).toEqual([
      told,
    ]);
    expect(life.entries.map(({ id }) => id)).toContain(drafts[0]?.alarm);
    const again = new EngineRig('m');
    const saved = new Map([...life.rig.saved, ...next.saved]);
    for (const key of life.rig.saved.keys()) if (!next.saved.has(key)) saved.delete(key);
    expect(again.give(restore(30_000, ...saved.values())).drafts).toEqual([]);
  });
});

test('a number that jumps, then a silence, then a jump: a fault only after 15 s of jumping', () => {
  const life = new Life().give(lose(0, 'gas', 'step'), lose(1_000, 'gas', 'silent'), lose(600_000, 'gas', 'step'));
  expect(life.entries).toEqual([]);
  life.give(lose(614_000, 'gas', 'step'));
  expect(life.entries).toEqual([]);
  expect(life.give(lose(615_000, 'gas', 'step')).told('gas')).toEqual(['615 raised']);
});

test('at the district two detectors that flickered at different times are both told as they stand, each once', async () => {
  const rig = await VillageRig.watching();
  const points = [kitchen, hallSmoke];
  const flickers = async (at: (typeof points)[number]): Promise<void> => {
    for (let n = 0; n < 10; n++) {
      rig.village.setPoint(at, n % 2 === 0 ? 'alarm' : 'normal');
      await rig.clock.advance(2_000);
    }
  };
  for (const at of points) await flickers(at);
  await rig.clock.advance(90_000);
  for (const at of points) {
    const told = rig.uplink.reports.map(({ entry }) => entry).filter(({ subject }) => subject === `point:${at}`);
    const changes = told.filter(({ kind }) => /raised|returned|counted/.test(kind)).map(({ kind }) => kind.slice(6));
    expect(changes).toEqual(['raised', 'returned', 'raised', 'returned', 'raised', 'returned', 'counted']);
    const counted = told.find(({ kind }) => kind === 'alarm.counted');
    expect(counted).toMatchObject({ lane: 'fire', detail: { raised: 2, returned: 2, stands: 'latched' } });
    expect(counted?.alarm).toBe(told.find(({ kind }) => kind === 'alarm.raised')?.id);
  }
});
