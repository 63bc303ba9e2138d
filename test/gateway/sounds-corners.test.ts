/** Corners of what is heard that were wrong once: each test is the story of one. */
import { expect, test } from 'vitest';
import { brandId, type EntryId, type MessageId, type SpeakerId, type ZoneId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Facets } from '../../gateway/alarm/facets.js';
import type { Sounding } from '../../gateway/annunciator/desired-outputs.js';
import { nextTurn, type Said } from '../../gateway/annunciator/turn-words.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import {
  hallSiren,
  hallSmoke,
  kitchen,
  sharedDisk,
  streetSiren,
  townConfig,
  townSiren,
  VillageRig,
} from './village-rig.js';

const hornHall = brandId<SpeakerId>('horn-hall');
const hornStreet = brandId<SpeakerId>('horn-street');
const duty = { origin: 'cli:wang', level: 3 } as const;
const drillBegin = { ask: 'drill-begin', zones: null, forMs: null } as const;

const order = (rig: VillageRig, kind: 'silence' | 'reset') =>
  rig.runtime.command({ kind, level: 3, upTo: rig.newestSeen, origin: 'panel' });
const heardAfter = (rig: VillageRig, mono: number) =>
  rig.village.horns.heard.filter(({ beganMono }) => beganMono >= mono).map(({ speaker, what }) => `${speaker} ${what}`);

/** A detector walked, the test ended as soon as it is normal again: its chirp still sounds. */
async function walkedOne(rig: VillageRig): Promise<void> {
  const zone = rig.config.points.find(({ id }) => id === hallSmoke)?.zone ?? brandId<ZoneId>('?');
  rig.runtime.orders.submit({ ask: 'walk-test-begin', zone, forMs: null }, duty);
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.until(() => rig.entriesOf('walk_test.seen').length > 0, 5_000, 10);
  rig.village.setPoint(hallSmoke, 'normal');
  await rig.clock.until(() => rig.runtime.points.get(hallSmoke)?.value === 'normal', 5_000, 10);
  rig.runtime.orders.submit({ ask: 'walk-test-end', zone }, duty);
}

test('no all-clear is said while a fire stands', async () => {
  const rig = await VillageRig.watching();
  const { clock, village } = rig;
  village.setPoint(hallSmoke, 'alarm');
  await clock.advance(5_000);
  order(rig, 'silence');
  village.setPoint(hallSmoke, 'normal');
  await clock.advance(15_000);
  expect(order(rig, 'reset').accepted).toBe(true);
  await clock.advance(2_000);
  // It goes on burning.
  village.setPoint(hallSmoke, 'alarm');
  await clock.advance(20_000);
  const beganMono = clock.mono();
  order(rig, 'silence');
  expect(rig.runtime.alarms.subjects.get(`point:${hallSmoke}`)?.alarm).not.toBeNull();
  await clock.advance(60_000);
  expect(heardAfter(rig, beganMono)).toEqual([]);
});

test('an all-clear of one plan is not said where no fire is heard, while a fire sounds elsewhere', async () => {
  const town = await townConfig();
  // The street's fire is told on the street only.
  const plans = town.plans.map((plan) =>
    plan.id === 'street-fire'
      ? {
          ...plan,
          steps: plan.steps.map((step) => ({
            ...step,
            say: [{ message: brandId<MessageId>('fire'), speakers: [hornStreet] }],
          })),
        }
      : plan,
  );
  const rig = await VillageRig.watching({ config: { ...town, plans } });
  const { clock, village } = rig;
  village.setPoint(hallSmoke, 'alarm');
  await clock.advance(5_000);
  village.setPoint(hallSmoke, 'normal');
  await clock.advance(15_000);
  village.setPoint(kitchen, 'alarm');
  await clock.advance(3_000);
  const upTo = {
    boot: rig.runtime.journal.boot,
    order: rig.runtime.alarms.subjects.get(`point:${hallSmoke}`)?.alarm?.order ?? 0,
  };
  const beganMono = clock.mono();
  rig.runtime.command({ kind: 'reset', level: 3, upTo, origin: 'panel' });
  await clock.advance(14_000);
  expect(heardAfter(rig, beganMono).filter((h) => /解除|track 3/.test(h))).toEqual([]);
});

test('a real fire in a drill: that the drill is broken off is said', async () => {
  const rig = await VillageRig.watching();
  expect(rig.runtime.orders.submit(drillBegin, duty).accepted).toBe(true);
  await rig.clock.advance(60_000);
  rig.village.setPoint(hallSmoke, 'alarm');
  const beganMono = rig.clock.mono();
  await rig.clock.advance(60_000);
  expect(heardAfter(rig, beganMono).filter((h) => h.includes('演练'))).not.toEqual([]);
});

test('a chirp of a walk test that has ended does not silence a drill that has begun', async () => {
  const town = await townConfig();
  const drill = { ...town.exercises.drill, begins: null };
  const rig = await VillageRig.watching({
    config: {
      ...town,
      exercises: { ...town.exercises, drill, walkTest: { ...town.exercises.walkTest, chirpMs: 1000 } },
    },
  });
  await walkedOne(rig);
  const drillAnswer = rig.runtime.orders.submit(drillBegin, duty);
  expect(drillAnswer.accepted).toBe(true);
  await rig.clock.advance(10_000);
  expect([rig.entriesOf('drill.begun').length, rig.entriesOf('drill.ended').length]).toEqual([1, 0]);
  expect(rig.isOn(townSiren)).toBe(true);
});

test('a drill that was killed, and a board that comes late: its siren goes off again', async () => {
  const clock = new SimClock();
  const open = sharedDisk(clock);
  const rig = await VillageRig.watching({ clock, store: open() });
  rig.runtime.orders.submit(drillBegin, duty);
  await clock.advance(32_000);
  await clock.until(() => rig.isOn(townSiren), 60_000, 100);
  await rig.durable();
  await rig.kill();
  const next = await VillageRig.make({ clock, village: rig.village, store: open(), pinsAfterMs: 4_000 });
  await next.start();
  await clock.advance(120_000);
  expect([townSiren, hallSiren, streetSiren].map((siren) => next.isOn(siren))).toEqual([false, false, false]);
});

test('a stop while the sirens rest leaves a keep-sounding siren on, as a stop in a voice turn does', async () => {
  const rig = await VillageRig.watching();
  rig.village.setPoint(hallSmoke, 'alarm');
  await rig.clock.until(() => rig.isOn(townSiren), 5_000, 10);
  await rig.clock.advance(190_000);
  expect(rig.isOn(townSiren)).toBe(false);
  await rig.stop();
  expect(rig.isOn(townSiren)).toBe(true);
});

function sounding(id: string, place: number): Sounding {
  const alarm = {
    id: brandId<EntryId>(id),
    order: place,
    raisedMono: 0,
    raisedWall: 0,
    waitingMono: 0,
    frames: [],
    confirmed: null,
  };
  const facets = {
    subject: `point:${id}`,
    class: 'fire',
    zone: null,
    name: { zh: id, en: id },
    alarm,
    sounder: 'sounding',
  } as unknown as Facets;
  const step = {
    start: [{ kind: 'at-once' as const }],
    sound: [],
    say: [{ message: brandId<MessageId>('fire'), speakers: [hornHall] }],
  };
  return { facets, alarm, step } as unknown as Sounding;
}

test('an older fire is still told when a new one has come after an hour', () => {
  const sayingOf = (_: MessageId, { subject }: Facets) => ({ message: null, text: subject, file: null, track: null });
  let said: Said = new Map();
  const told: string[] = [];
  const turn = (list: Sounding[]): void => {
    const words = nextTurn(list, said, 1, sayingOf);
    if (words === null) throw new Error();
    said = words.said;
    told.push(words.announcement.sayings.get(hornHall)?.[0]?.text ?? '');
  };
  const [a, b] = [sounding('a', 1), sounding('b', 2)];
  for (let i = 0; i < 100; i++) turn([a]);
  told.length = 0;
  for (let i = 0; i < 20; i++) turn([a, b]);
  expect(told).toContain('point:a');
});

test('a fire that was silenced does not go on speaking while another sounds', async () => {
  const rig = await VillageRig.watching();
  const { clock, village } = rig;
  village.setPoint(hallSmoke, 'alarm');
  await clock.until(() => rig.entriesOf('alarm.raised', `point:${hallSmoke}`).length > 0, 5_000, 10);
  await clock.until(() => village.horns.soundOf(hornHall) !== null, 30_000, 10);
  const upTo = rig.newestSeen;
  village.setPoint(hallSmoke, 'alarm');
  village.setPoint(kitchen, 'alarm');
  await clock.until(() => rig.entriesOf('alarm.raised', `point:${kitchen}`).length > 0, 5_000, 10);
  // The second one has cut in; wait until the first is told again.
  await clock.until(() => (village.horns.soundOf(hornHall) ?? '').includes('正厅'), 120_000, 10);
  const said = village.horns.soundOf(hornHall);
  rig.runtime.command({ kind: 'silence', level: 3, upTo, origin: 'panel' });
  await clock.advance(200);
  expect(village.horns.soundOf(hornHall)).not.toBe(said);
});

test('a siren test beside a fault that is only spoken blames no siren', async () => {
  const town = await townConfig();
  const say = [{ message: brandId<MessageId>('test'), speakers: [hornStreet] }];
  const faults = {
    id: 'faults',
    when: { class: 'fault', zones: 'all' },
    steps: [{ start: [{ kind: 'at-once' }], sound: [], say }],
  } as unknown as SiteConfig['plans'][number];
  const rig = await VillageRig.watching({ config: { ...town, plans: [...town.plans, faults] } });
  rig.village.horns.fail(hornHall, 'VOICE-003');
  await rig.clock.until(() => rig.faults.length > 0, 200_000, 100);
  expect(rig.runtime.orders.submit({ ask: 'siren-test' }, duty).accepted).toBe(true);
  await rig.clock.advance(120_000);
  expect(rig.faults.filter((fault) => fault.includes('siren-test'))).toEqual([]);
});

test('the phase that a siren is told to wait for has come at that moment', async () => {
  const { sirenPhase } = await import('../../gateway/annunciator/siren-rest.js');
  const rhythm = { soundsMs: 180_000, restsMs: 60_000 };
  let stuck = 0;
  for (let i = 0; i < 1000; i++) {
    const since = 567 + i / 3 / 7;
    let now = since;
    for (let step = 0; step < 20; step++) {
      const { nextMono } = sirenPhase(since, now, rhythm);
      if (nextMono <= now) {
        stuck++;
        break;
      }
      now = nextMono;
    }
  }
  expect(stuck).toBe(0);
});
