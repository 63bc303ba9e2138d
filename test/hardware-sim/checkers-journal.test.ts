import { describe, expect, it } from 'vitest';
import { gbPresetDialects } from '../../config/uplinks/gb-presets.js';
import { localOffsetMin } from '../../drivers/clock.js';
import { localText } from '../../hardware-sim/centre26875/wire-time.js';
import { Afflictions } from '../../hardware-sim/checkers/afflictions.js';
import { allTold } from '../../hardware-sim/checkers/all-told.js';
import { boardTrue } from '../../hardware-sim/checkers/board-true.js';
import type { CheckerKind, FactDraft, WorldView } from '../../hardware-sim/checkers/checker.js';
import { fireTold } from '../../hardware-sim/checkers/fire-told.js';
import { journalWhole } from '../../hardware-sim/checkers/journal-whole.js';
import { makeMemoryFlat } from '../../hardware-sim/checkers/memory-flat.js';
import { noStorm } from '../../hardware-sim/checkers/no-storm.js';
import { ordersOnce } from '../../hardware-sim/checkers/orders-once.js';
import { queuesBounded } from '../../hardware-sim/checkers/queues-bounded.js';
import type { Entry, StoredEntry } from '../../sync/journal/entry.js';

const words = { zh: '一', en: 'one' };

function entry(counter: number, over: Partial<Entry> = {}): Entry {
  return {
    ...{ id: `e-b-${counter}`, epoch: 'e', boot: 'b', lane: 'journal', kind: 'site.daily', class: null, words },
    ...{ subject: 'gateway', alarm: null, zone: null, origin: null, detail: {}, mono: counter, wall: counter },
    ...{ clock: 'trusted', ...over },
  } as Entry;
}

const row = (counter: number, over: Partial<StoredEntry> = {}): StoredEntry => ({
  ...entry(counter, over),
  ...{ position: counter, sequence: counter },
  ...over,
});

const uplink = { id: 'district', receipts: 'none' };
const config = {
  ...{ lines: [], units: [], streams: [], outputs: [], speakers: [], points: [], uplinks: [uplink] },
  ...{ commandKeys: [{}], heartbeats: [{ target: { kind: 'pin', pin: 25 } }] },
} as unknown as WorldView['config'];

/** A world of hand-written facts. */
function judged(kind: CheckerKind, rows: readonly StoredEntry[] = [], site = config) {
  const said: string[] = [];
  let mono = 0;
  const state = {
    beatMono: 0 as number | null,
    unconfirmed: 0,
    timers: 0,
    subjects: new Map<string, object>(),
    cityTries: 0,
  };
  const afflictions = new Afflictions();
  const checker = kind.make(site, (what) => said.push(what));
  const world = {
    ...{ config: site, afflictions, phase: 'safety', mono: () => mono, wall: () => mono },
    disk: { readAll: async (after = 0) => rows.filter(({ position }) => position > after) },
    centre: { keepsDurable: () => true },
    gateway: {
      ...{ life: 1, beganMono: 0, watchingMono: 0 },
      runtime: { uplinks: [], alarms: { subjects: state.subjects } },
    },
    get broker() {
      return { unconfirmed: state.unconfirmed, unconfirmedBytes: 0, tries: 0 };
    },
    get city() {
      return { tries: state.cityTries };
    },
    get beatMono() {
      return state.beatMono;
    },
    get timers() {
      return state.timers;
    },
  } as unknown as WorldView;
  return {
    ...{ said, state, afflictions },
    tell: (...facts: FactDraft[]) => {
      for (const fact of facts) checker.see?.({ mono, ...fact } as never, world);
    },
    pass: (ms: number) => {
      for (const endMono = mono + ms; mono < endMono; ) {
        mono += 1000;
        checker.look?.(world);
      }
    },
    end: async () => {
      await checker.conclude?.(world);
      return said;
    },
  };
}

const began: FactDraft = { kind: 'life.began', life: 1 };
const made = (each: Entry): FactDraft => ({ kind: 'seen', life: 1, seen: { kind: 'entry', entry: each } });
const durable = ({ id }: Entry): FactDraft => ({
  ...{ kind: 'seen', life: 1 },
  seen: { kind: 'entry.durable', entryId: id, position: 1, tookMs: 1 },
});
const heard = (each: StoredEntry, previous: number, over: object = {}): FactDraft =>
  ({
    kind: 'centre.heard',
    heard: {
      ...{
        topic: 't',
        lane: 'journal',
        epoch: 'e',
        id: each.id,
        sequence: each.sequence,
        previous,
        isDuplicate: false,
      },
      ...{ entryKind: each.kind, subject: 'gateway', fingerprint: 'f', passedOver: [], ...over },
    },
  }) as FactDraft;

describe('journal-whole', () => {
  async function saysOf(rows: readonly StoredEntry[], count = 2) {
    const judge = judged(journalWhole, rows);
    judge.tell(began, ...[1, 2].slice(0, count).flatMap((n) => [made(entry(n)), durable(entry(n))]));
    return judge.end();
  }

  it('has nothing to say of a journal that is whole', async () => {
    expect(await saysOf([row(1), row(2)])).toEqual([]);
  });

  it.each([
    ['one is not there', [row(1)], /is not on the disk/],
    ['one was altered', [row(1), row(2, { subject: 'x' })], /is on the disk as/],
    ['one is there twice', [row(1), row(2), row(2, { position: 3, sequence: 3 })], /twice/],
    ['a sequence is left out', [row(1), row(2, { sequence: 3 })], /expected 2/],
    [
      'the order is another',
      [row(2, { position: 1, sequence: 1 }), row(1, { position: 2, sequence: 2 })],
      /stands after/,
    ],
    ['nobody made one', [row(1), row(2), row(3)], /nobody made/],
  ])('accuses when %s', async (_, rows, what) => {
    expect((await saysOf(rows)).join()).toMatch(what);
  });
});

describe('all-told', () => {
  async function saysOf(facts: readonly FactDraft[], rows = [row(1), row(2)]) {
    const judge = judged(allTold, rows);
    judge.tell(made(entry(1)), made(entry(2)), ...facts);
    judge.pass(30_000);
    return judge.end();
  }
  const first = heard(row(1), 0);

  it('has nothing to say when all is told, a repetition included', async () => {
    expect(await saysOf([first, heard(row(2), 1), heard(row(1), 0, { isDuplicate: true })])).toEqual([]);
  });

  it.each([
    ['one is never told', [first], /never told/],
    ['one is told from memory only', [first, heard(row(2), 1, { sequence: null, previous: null })], /from memory only/],
    ['the row before is another', [first, heard(row(2), 0)], /follows 1/],
    ['the order is another', [heard(row(2), 1), first], /told first after/],
    ['one is invented', [first, heard(row(2), 1), heard(row(3), 2)], /nobody made it/],
    ['a content changes', [first, heard(row(1), 0, { fingerprint: 'g', isDuplicate: true })], /two contents/],
  ])('accuses when %s', async (_, facts, what) => {
    expect((await saysOf(facts)).join()).toMatch(what);
  });
});

describe('of a city', () => {
  const point = {
    id: 'smoke-1/smoke',
    role: 'smoke.alarm',
    zone: 'hall',
    place: null,
    physicalUnit: null,
    class: 'fire',
  };
  const city = {
    ...config,
    zones: [{ id: 'hall' }],
    points: [{ ...point, name: words, source: { kind: 'register', device: 'smoke-1' } }],
    uplinks: [{ id: 'city', kind: 'gb26875', roles: new Map(), places: new Map(), dialect: gbPresetDialects.standard }],
  } as unknown as WorldView['config'];
  const noonWall = Date.UTC(2026, 10, 22, 12);
  const subject = 'point:smoke-1/smoke';
  const burns = row(1, { kind: 'alarm.raised', class: 'fire', lane: 'fire', subject, wall: noonWall });
  const time = localText(noonWall, localOffsetMin(noonWall));
  /** Zone 1, number 1; component 42 of system 1: a point smoke detector (Tables 4 and 5). */
  const object = { system: 1, systemAddress: 1, component: 42, componentAddress: '01000100', time };
  const told = (state: number, over: object = {}, isTaken = true): FactDraft => ({
    kind: 'city.heard',
    heard: { type: 2, isResend: false, isTaken, objects: [{ ...object, state, ...over }] },
  });
  const halfOpen: FactDraft = { kind: 'fault.began', fault: 'city-half-open', parts: [], note: '' };
  const up = { kind: 'seen', life: 1, seen: { kind: 'uplink.up', uplink: 'city' } } as FactDraft;

  it('fire-told wants the word of its component with its time within 10 s, but for a link that only seems to stand', () => {
    const saysAfter = (...facts: readonly FactDraft[]): string => {
      const judge = judged(fireTold, [], city);
      judge.pass(600_000);
      judge.tell(...facts);
      judge.pass(20_000);
      return judge.said.join();
    };
    expect(saysAfter(made(burns), told(3))).toBe('');
    expect(saysAfter(made(burns))).toMatch(/not at the city within 10 s/);
    expect(saysAfter(made(burns), told(1))).toMatch(/not at the city/);
    expect(saysAfter(made(burns), told(3, { time: '2026-11-22 00:00:00' }))).toMatch(/not at the city/);
    expect(saysAfter(halfOpen, made(burns))).toBe('');
    expect(saysAfter(halfOpen, up, made(burns))).toMatch(/not at the city/);
  });

  it.each([
    ['all is told and over', [told(3), told(1, { time: '2026-11-22 21:00:00' })], ''],
    ['it is never told', [told(1)], 'never heard of'],
    ['what was told was denied', [told(3, {}, false), told(1)], 'never heard of'],
    ['it has another time', [told(3, { time: '2026-11-22 00:00:00' }), told(1)], 'never heard of'],
    ['it still burns there in the end', [told(3)], 'still shows'],
    [
      'something burns that nobody raised',
      [told(3), told(3, { componentAddress: '01000200' }), told(1)],
      'nobody raised',
    ],
  ])('board-true judges when %s', async (_, facts, what) => {
    const judge = judged(boardTrue, [burns], city);
    judge.tell(made(burns), ...facts);
    judge.pass(30_000);
    const said = (await judge.end()).join();
    if (what === '') expect(said).toBe('');
    else expect(said).toContain(what);
  });

  it('board-true accuses when what burns is not the last word, once the link has been well for a while', () => {
    const judge = judged(boardTrue, [], city);
    judge.tell(made(burns), told(3), told(1));
    judge.state.subjects.set(subject, { subject, alarm: { id: 'a' }, class: 'fire', service: null });
    judge.afflictions.begin('city');
    judge.pass(200_000);
    expect(judge.said).toEqual([]);
    judge.afflictions.end('city', 200_000);
    judge.pass(100_000);
    expect(judge.said.join()).toMatch(/burns, and the city's last word/);
  });

  it('orders-once lets it ask, and nothing else', () => {
    const by = { origin: 'centre:city' };
    const judge = judged(ordersOnce, [], city);
    judge.tell(made(entry(1, { kind: 'duty.asked', ...by })));
    judge.tell(made(entry(2, { kind: 'command.accepted', ...by, detail: { order: 'initialise' } })));
    expect(judge.said).toEqual([]);
    judge.tell(made(entry(3, { kind: 'alarm.silenced', ...by })));
    expect(judge.said.join()).toMatch(/can only ask/);
  });

  it('no-storm counts its tries apart', () => {
    const judge = judged(noStorm, [], city);
    judge.state.cityTries = 20;
    judge.pass(60_000);
    expect(judge.said).toEqual([]);
    judge.state.cityTries = 41;
    judge.pass(60_000);
    expect(judge.said.join()).toMatch(/21 tries to connect to the city/);
  });
});

describe('orders-once', () => {
  const sent = (over: object = {}): FactDraft =>
    ({
      kind: 'centre.sent',
      order: { id: 'o', order: 'siren_test', issuedWall: 0, expiresWall: 1e9, hostile: null, ...over },
    }) as FactDraft;
  const about = (n: number, kind: Entry['kind'], over: Partial<Entry> = {}): Entry =>
    entry(n, { kind, detail: { command: 'o' }, ...over });
  const taken = about(1, 'command.accepted');

  it('has nothing to say of an order that is durable, then done', async () => {
    const judge = judged(ordersOnce);
    judge.tell(sent(), made(taken), durable(taken), made(about(2, 'command.done')));
    expect(await judge.end()).toEqual([]);
  });

  it.each([
    ['it was forged', [sent({ hostile: 'foreign-key' }), made(taken)], /foreign-key/],
    [
      'it has expired',
      [sent({ expiresWall: 10 }), made(about(1, 'command.accepted', { wall: 9_000 }))],
      /after its expiry/,
    ],
    ['it is taken twice', [sent(), made(taken), durable(taken), made(about(2, 'command.accepted'))], /twice/],
    ['it is done before it is durable', [sent(), made(taken), made(about(2, 'command.done'))], /before it was durable/],
  ])('accuses when %s', async (_, facts, what) => {
    const judge = judged(ordersOnce);
    judge.tell(...facts);
    expect(judge.said.join()).toMatch(what);
  });

  it('accuses a good order without an answer, but for one sent into a connection that only seemed to stand', () => {
    const unanswered = (...before: readonly FactDraft[]): string => {
      const judge = judged(ordersOnce);
      judge.pass(600_000);
      judge.tell(...before, sent());
      judge.pass(120_000);
      return judge.said.join();
    };
    const halfOpen: FactDraft = { kind: 'fault.began', fault: 'broker-half-open', parts: [], note: '' };
    const up = { kind: 'seen', life: 1, seen: { kind: 'uplink.up', uplink: 'district' } } as FactDraft;
    expect(unanswered()).toMatch(/never answered/);
    expect(unanswered(halfOpen)).toBe('');
    expect(unanswered(halfOpen, up)).toMatch(/never answered/);
  });
});

it('queues-bounded accuses above 20 reports and a status', () => {
  const judge = judged(queuesBounded);
  judge.state.unconfirmed = 21;
  judge.pass(1000);
  expect(judge.said).toEqual([]);
  judge.state.unconfirmed = 22;
  judge.pass(1000);
  expect(judge.said.join()).toMatch(/22 reports/);
});

it('memory-flat accuses a heap that grows, and not one that settles', () => {
  const said: string[] = [];
  let bytes = 50e6;
  let mono = 0;
  const checker = makeMemoryFlat(
    (what) => said.push(what),
    () => bytes,
  );
  const hour = (): void => {
    mono += 3_600_000;
    checker.look?.({ mono: () => mono } as WorldView);
  };
  for (let i = 0; i < 5; i++) hour();
  expect(said).toEqual([]);
  bytes = 80e6;
  hour();
  expect(said.join()).toMatch(/heap grew/);
});

describe('no-storm', () => {
  const subject = 'fault:uplink:district';
  const told = (...kinds: readonly string[]) =>
    kinds.map((kind, at) => made(entry(at, { subject, kind: `alarm.${kind}` as Entry['kind'] })));
  /** What a start left, then all that is written of what flickers. */
  const flickers = told('counted', 'returned', 'raised', 'returned', 'raised', 'returned', 'raised');
  /** Somebody deals with it: what was counted is told first, and before what comes back. */
  const deed = told('counted', 'silenced', 'counted', 'raised');

  it('what somebody dealt with may come back as often as somebody does, each time with what was counted', () => {
    const world = judged(noStorm);
    world.tell(began, ...flickers, ...deed, ...deed, ...deed, ...told('counted'));
    expect(world.said).toEqual([]);
  });

  it('one change more than that is a storm, and so are counts without an end', () => {
    for (const more of [told('counted', 'raised'), told('counted', 'counted', 'counted')]) {
      const world = judged(noStorm);
      world.tell(began, ...flickers, ...deed, ...deed, ...more);
      expect(world.said).toEqual([expect.stringContaining(`changes of ${subject}`)]);
    }
  });
});
