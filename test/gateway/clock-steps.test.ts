/** The same life of a village twice: once by a quiet wall clock, once by one that is set by a day or a fortnight in the middle of
 * everything. Nothing may stop, repeat, freeze or come at another moment. */
import { describe, expect, test } from 'vitest';
import { brandId, type OutputId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { ServiceOrder } from '../../gateway/alarm/service-order.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Entry } from '../../sync/journal/entry.js';
import { UplinkError } from '../../sync/uplink.js';
import { hallSiren, hallSmoke, line, onlyUnits, point, speechlessTown, VillageRig } from './village-rig.js';

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;
const heartbeatPin = 25;
const second = point('smoke-2/smoke');

async function site(): Promise<SiteConfig> {
  const whole = await speechlessTown();
  const town = onlyUnits(whole, line('east'), 'smoke-1', 'smoke-2', 'relay-1');
  const target = { kind: 'pin', pin: heartbeatPin, activeLow: false } as const;
  const name = { zh: '看门狗', en: 'watchdog' };
  return {
    ...town,
    gpio: whole.gpio,
    heartbeats: [{ id: brandId<OutputId>('watchdog'), name, zone: null, target }],
    cadences: { ...town.cadences, fire: { ...town.cadences.fire, resoundMs: minuteMs } },
    exercises: { ...town.exercises, drill: { ...town.exercises.drill, lastsMs: minuteMs, begins: null, ends: null } },
  };
}

interface Life {
  /** What the journal says, with its monotonic moments and without its times and ids. */
  readonly story: readonly string[];
  readonly sirenChanges: readonly number[];
  readonly beats: number;
  /** Tries to send while the centre took nothing. */
  readonly tries: number;
  readonly steps: number;
}

/** A service, a fire, a silence that ends, a centre that is gone, a drill: each with a step in its middle. */
async function live(stepMs: number): Promise<Life> {
  const rig = await VillageRig.watching({ config: await site() });
  const { clock, village, runtime } = rig;
  const beganMono = clock.mono();
  let beats = 0;
  village.board.onChange((pin) => {
    if (pin === heartbeatPin) beats++;
  });
  const sirenChanges: number[] = [];
  village.onOutputChange((id, _, atMono) => {
    if (id === hallSiren) sirenChanges.push(Math.round(atMono - beganMono));
  });
  const pass = async (ms: number, isStepped = true): Promise<void> => {
    await clock.advance(ms / 2);
    if (isStepped) clock.stepWall(stepMs);
    await clock.advance(ms / 2);
  };
  const serve: ServiceOrder = {
    to: 'out-of-service',
    subjects: [`point:${second}`],
    forMs: 2 * minuteMs,
    origin: 'cli:li',
  };
  expect(runtime.serve({ ...serve, level: 3 }).accepted).toBe(true);
  await pass(10_000);
  village.setPoint(hallSmoke, 'alarm');
  await pass(10_000);
  runtime.command({ kind: 'silence', level: 1, upTo: rig.newestSeen, origin: 'panel' });
  let tries = 0;
  const takes = rig.uplink.send.bind(rig.uplink);
  rig.uplink.send = async () => {
    tries++;
    throw new UplinkError('UPLINK-005', 'centre');
  };
  await pass(2 * minuteMs);
  rig.uplink.send = takes;
  village.setPoint(hallSmoke, 'normal');
  await pass(20_000);
  runtime.command({ kind: 'reset', level: 2, upTo: rig.newestSeen, origin: 'panel' });
  await pass(20_000);
  runtime.orders.submit({ ask: 'drill-begin', zones: null, forMs: null }, { origin: 'cli:li', level: 3 });
  await pass(2 * minuteMs);
  const ids = new Set(rig.uplink.reports.map(({ entry }) => entry.id));
  const carried = rig.entries.filter(({ lane }) => lane !== 'local');
  expect(carried.filter(({ id, mono }) => !ids.has(id) && mono < clock.mono() - minuteMs)).toEqual([]);
  const told = rig.entries.filter(({ kind }) => !kind.startsWith('clock.'));
  return {
    story: told.map((entry) => textOf(entry, beganMono)),
    ...{
      sirenChanges,
      beats,
      tries,
      steps: rig.entriesOf('clock.stepped').reduce((sum, { detail }) => sum + Number(detail['steps']), 0),
    },
  };
}

function textOf({ mono, kind, subject, detail }: Entry, beganMono: number): string {
  return `${Math.round(mono - beganMono)} ${kind} ${subject} ${JSON.stringify(detail['to'] ?? detail['on'] ?? detail['reason'] ?? '')}`;
}

/** The life without a step, lived once. */
let calm: Promise<Life> | null = null;

/** Back-offs are spread by chance, so their moments differ from life to life. */
const isByChance = (told: string): boolean => told.includes('fault:refused:');

describe.each([dayMs, -dayMs, 14 * dayMs, -14 * dayMs])('a wall clock that is set by %i ms, six times', (stepMs) => {
  test('moves no siren, ends no silence, service or drill, sooner or later, and stops neither heartbeat nor uplink', async () => {
    calm ??= live(0);
    const [quiet, stepped] = [await calm, await live(stepMs)];
    expect(stepped.story.filter((told) => !isByChance(told))).toEqual(quiet.story.filter((told) => !isByChance(told)));
    expect(stepped.sirenChanges).toEqual(quiet.sirenChanges);
    expect(stepped.sirenChanges).toHaveLength(6);
    expect(stepped.beats).toBe(quiet.beats);
    expect(stepped.beats).toBeGreaterThan(290);
    // A row that is refused is tried once a second at most, and a clock hurries nobody.
    expect(stepped.tries).toBeGreaterThan(quiet.tries / 2);
    expect(stepped.tries).toBeLessThan(quiet.tries * 2);
    expect([quiet.steps, stepped.steps]).toEqual([0, 6]);
  });
});

test('what was written before the network told the time is corrected by entries, and stays as it was written', async () => {
  const clock = new SimClock(Date.UTC(1970, 0, 1), 'untrusted');
  const rig = await VillageRig.watching({ clock, config: await site() });
  rig.village.setPoint(hallSmoke, 'alarm');
  await clock.advance(10_000);
  const now = Date.UTC(2026, 10, 30);
  clock.stepWall(now - clock.wall());
  const ahead = now - clock.mono();
  await clock.advance(1_000);
  clock.setTrust('trusted');
  await clock.advance(10_000);
  await rig.durable();
  const corrections = rig.entriesOf('clock.corrected').map(({ detail }) => detail);
  expect(corrections).toHaveLength(1);
  const [only] = corrections;
  const rows = (await rig.runtime.journal.readAfter('fire', 0, 100)).concat(
    await rig.runtime.journal.readAfter('journal', 0, 100),
  );
  const early = rows.filter((row) => row.clock === 'untrusted');
  expect(early.length).toBeGreaterThanOrEqual(5);
  for (const { mono, wall, boot } of early) {
    expect(new Date(wall).getUTCFullYear()).toBe(1970);
    expect(boot).toBe(only?.['boot']);
    expect(mono).toBeGreaterThanOrEqual(Number(only?.['from_mono']));
    expect(mono).toBeLessThanOrEqual(Number(only?.['until_mono']));
    // The gateway's monotonic time began with its start.
    expect(Math.abs(wall + Number(only?.['correction_ms']) - (ahead + mono))).toBeLessThanOrEqual(1);
  }
});
