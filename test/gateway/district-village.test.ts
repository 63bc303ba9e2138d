/** Orders of the district on a whole village: through the uplink, the same desks as for keys, to sirens, horns and back. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDutyAnswer, describeRequests } from '../../gateway/cli/duty.js';
import { answerControl } from '../../gateway/command/answer-control.js';
import type { ConfigOrders } from '../../gateway/command/config-orders.js';
import type { ControlStatus } from '../../gateway/command/control-socket.js';
import { configPlan } from '../../gateway/command/district/config-plan.js';
import { soundAsk } from '../../gateway/command/district/sound-orders.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { CommandResult, Order } from '../../sync/messages/command.js';
import { commandKey, noon, signed } from '../sync/command-rig.js';
import { tempDir } from '../sync/rig.js';
import { OldStore } from './district-rig.js';
import { kitchen, point, townConfig, townSiren, VillageRig } from './village-rig.js';

const town = await townConfig();
const config = {
  ...town,
  uplinks: town.uplinks.map((uplink) => ({ ...uplink, takesCommands: true })),
  commandKeys: [commandKey(), commandKey({ id: 'hall-only', zones: ['hall'] as never })],
};
const key = point('key-acknowledge/contact');

class District {
  constructor(readonly rig: VillageRig) {}

  /** Hands it in through the uplink, and waits for its end. */
  async order(what: Order, keyId = 'duty-room'): Promise<CommandResult> {
    const { rig } = this;
    const before = rig.uplink.answers.length;
    const over = { district: config.site.district, site: config.site.id };
    const envelope = signed({ what, keyId, wall: rig.clock.wall(), over });
    rig.uplink.request({ uplink: rig.uplink.id, kind: 'command', envelope });
    await rig.clock.until(() => this.#ends(before).length > 0 || what.order === 'duty_check', 1_500);
    if (what.order === 'duty_check') await rig.clock.advance(100);
    // Refusals are answered once a second.
    await rig.clock.advance(1_000);
    return this.#ends(before)[0] ?? (this.answers[before] as CommandResult);
  }

  get answers(): readonly CommandResult[] {
    return this.rig.uplink.answers.map((bytes) => JSON.parse(Buffer.from(bytes).toString()) as CommandResult);
  }

  #ends(after: number): readonly CommandResult[] {
    return this.answers.slice(after).filter(({ state }) => state !== 'accepted');
  }

  get status(): ControlStatus {
    return answerControl(this.rig.runtime, { ask: 'status' }, this.rig.runtime.orders) as ControlStatus;
  }
}

describe('a district', () => {
  let rig: VillageRig;
  let district: District;
  beforeAll(async () => {
    const clock = new SimClock(noon);
    rig = await VillageRig.watching({ config, clock, store: new FaultyStore(new OldStore(), clock) });
    district = new District(rig);
  });
  afterAll(() => rig.stop());

  test('reads points, with their quality and age', async () => {
    const one = await district.order({ order: 'read_points', points: [kitchen] });
    expect(one).toMatchObject({
      state: 'done',
      detail: { left: 0, points: [{ id: kitchen, value: 'normal', quality: 'good' }] },
    });
    const all = await district.order({ order: 'read_points' }, 'hall-only');
    const inHall = config.points.filter(({ zone }) => zone === 'hall').length;
    const { points, left } = all.detail as { points: { ageS: number }[]; left: number };
    expect(points.length + left).toBe(inHall);
    expect(await district.order({ order: 'read_points', points: ['nobody/there'] })).toMatchObject({
      reason: 'nothing-to-read',
    });
  });

  test('asks who is on duty: shown on the box, answered by the acknowledge key or the command line', async () => {
    expect(await district.order({ order: 'duty_check', withinS: 300 })).toMatchObject({ state: 'accepted' });
    expect(describeRequests(district.status.requests, 'zh')[0]).toContain(
      '平台查岗，请按确认键或运行 gengfu duty-answer（centre:duty-room',
    );
    rig.village.setPoint(key, 'pressed');
    await rig.clock.advance(300);
    rig.village.setPoint(key, 'released');
    expect(district.answers.at(-1)).toMatchObject({ state: 'done', detail: { by: `key:${key}` } });
    await district.order({ order: 'duty_check', withinS: 300 });
    const answer = answerControl(rig.runtime, { ask: 'duty-answer', user: 'li' }, rig.runtime.orders);
    expect([answer, describeDutyAnswer(answer as never, 'zh')]).toEqual([{ answered: 1 }, '已应答查岗（1）']);
    await rig.clock.advance(100);
    expect(district.answers.at(-1)).toMatchObject({ state: 'done', detail: { by: 'cli:li' } });
    expect(rig.entriesOf('duty.answered').map(({ origin }) => origin)).toEqual([`key:${key}`, 'cli:li']);
  });

  test('says something on the loudspeakers of its zones that can say it, and stops it', async () => {
    const said = await district.order({ order: 'broadcast', text: '今晚七点在祠堂开会', repeat: 1 });
    expect(said.state).toBe('done');
    expect(district.status.saying[0]).toMatchObject({ origin: 'centre:duty-room', where: [{ zh: '祠堂喇叭' }] });
    expect((await district.order({ order: 'broadcast_stop' })).state).toBe('done');
    expect(district.status.saying).toEqual([]);
    const inStreet = { order: 'broadcast', text: '开会', zones: ['street'], repeat: 1 } satisfies Order;
    expect(await district.order(inStreet)).toMatchObject({ state: 'refused', reason: 'no-text-speaker' });
    expect(await district.order(inStreet, 'hall-only')).toMatchObject({ reason: 'zone-not-allowed' });
    expect(await district.order({ ...inStreet, zones: ['moon'] })).toMatchObject({ reason: 'unknown-zone' });
    expect(await district.order({ order: 'broadcast', message: 'nothing', repeat: 1 })).toMatchObject({
      state: 'failed',
      reason: 'unknown-message',
    });
  });

  test('shelves what is no fire, in the zones of its key, and puts it back', async () => {
    const pool = config.points.find(({ class: is, zone }) => is === 'supervisory' && zone === 'pool')?.id ?? '';
    const shelve = { order: 'shelve', subjects: [pool], forS: 600 } satisfies Order;
    expect(await district.order(shelve, 'hall-only')).toMatchObject({ state: 'refused', reason: 'unknown-subject' });
    expect((await district.order(shelve)).state).toBe('done');
    expect(district.status.services[0]).toMatchObject({ is: 'shelved', by: 'centre:duty-room' });
    expect((await district.order({ order: 'unshelve', subjects: [pool] })).state).toBe('done');
    expect(district.status.services).toEqual([]);
    const fire = await district.order({ order: 'shelve', subjects: [kitchen], forS: 600 });
    expect(fire).toMatchObject({ state: 'failed', reason: 'fire-not-shelvable' });
  });

  test('hears our own time, and sets nothing', async () => {
    const differenceMs = noon - rig.clock.wall();
    const hint = await district.order({ order: 'time', now: '2026-11-22T12:00:00Z' });
    expect(hint).toMatchObject({
      state: 'done',
      detail: { clock: 'trusted', differenceMs: expect.closeTo(differenceMs, -2) },
    });
    expect(await district.order({ order: 'config_rollback' })).toMatchObject({ reason: 'not-here' });
  });

  test('silences a fire only after somebody in the village has acknowledged it, and never a later one', async () => {
    rig.village.setPoint(kitchen, 'alarm');
    await rig.clock.until(() => rig.isOn(townSiren), 3_000);
    const raised = rig.entriesOf('alarm.raised', `point:${kitchen}`)[0];
    const silence = { order: 'silence', upTo: raised?.id ?? '' } as const;
    expect(await district.order({ order: 'silence', upTo: 'an-old-report' })).toMatchObject({ reason: 'stale-view' });
    expect(await district.order(silence)).toMatchObject({ state: 'refused', reason: 'not-acknowledged' });
    expect(await district.order({ order: 'siren_test' })).toMatchObject({ state: 'refused', reason: 'fire-stands' });
    expect(await district.order({ order: 'speaker_test' })).toMatchObject({ reason: 'fire-stands' });
    rig.village.setPoint(key, 'pressed');
    await rig.clock.advance(1_500);
    rig.village.setPoint(key, 'released');
    await rig.clock.advance(300);
    expect(await district.order(silence)).toMatchObject({ state: 'done', detail: { subjects: [`point:${kitchen}`] } });
    await rig.clock.advance(1_000);
    expect(rig.isOn(townSiren)).toBe(false);
    expect(rig.entriesOf('alarm.silenced')[0]?.origin).toBe('centre:duty-room');
    const smoke = point('smoke-1/smoke');
    rig.village.setPoint(smoke, 'alarm');
    await rig.clock.until(() => rig.isOn(townSiren), 3_000);
    expect(await district.order(silence)).toMatchObject({ state: 'done', detail: { count: 0 } });
    expect(rig.isOn(townSiren)).toBe(true);
    rig.village.setPoint(smoke, 'normal');
  });

  test('asks for a reset, which is shown until somebody resets; nothing is reset from outside', async () => {
    const raised = rig.entriesOf('alarm.raised', `point:${kitchen}`)[0];
    const asked = await district.order({ order: 'reset_request', upTo: raised?.id ?? '', words: '已派人' });
    expect(asked).toMatchObject({ state: 'done', words: { zh: '请现场人员复位：已派人' } });
    expect(rig.runtime.alarms.subjects.get(`point:${kitchen}`)?.alarm).not.toBe(null);
    expect(describeRequests(district.status.requests, 'en')[0]).toMatch(/^the district asks for a reset.*: 已派人$/);
    const trick = { order: 'reset_request', upTo: raised?.id ?? '', words: 'a\u001b[2J' } as const;
    expect(await district.order(trick)).toMatchObject({ reason: 'bad-text' });
    rig.village.setPoint(kitchen, 'normal');
    await rig.clock.advance(1_000);
    rig.runtime.command({ kind: 'reset', level: 2, upTo: rig.newestSeen, origin: 'cli:li' });
    expect(district.status.requests).toEqual([]);
  });

  test('sounds nothing that could not be recorded first, not even when the disk comes back', async () => {
    await rig.clock.advance(2_000);
    rig.store.setMode('hangs');
    const before = district.answers.length;
    await expect(district.order({ order: 'siren_test' })).rejects.toThrow('not true after');
    await rig.clock.advance(5_000);
    expect(district.answers.slice(before)).toMatchObject([{ state: 'refused', reason: 'cannot-record' }]);
    rig.store.setMode('works');
    await rig.clock.advance(30_000);
    expect(district.status.exercise).toBe(null);
    expect(rig.entriesOf('siren_test.begun')).toEqual([]);
  });

  test('tests the sirens when nothing stands in the way', async () => {
    await rig.clock.advance(10_000);
    expect(await district.order({ order: 'siren_test' }, 'hall-only')).toMatchObject({ reason: 'whole-site-only' });
    expect((await district.order({ order: 'siren_test' })).state).toBe('done');
    expect(district.status.exercise).toMatchObject({ is: 'siren-test', by: 'centre:duty-room' });
  });
});

describe('what is asked of the loudspeakers', () => {
  const silentTown = { ...config, speakers: [] };
  test.each([
    [
      'a test of them',
      { order: 'speaker_test' },
      null,
      { ask: 'broadcast', message: 'test', speakers: ['horn-hall', 'horn-street'] },
    ],
    ['a test in a zone', { order: 'speaker_test' }, ['street'], { message: 'test', speakers: ['horn-street'] }],
    [
      'a message',
      { order: 'broadcast', message: 'prevention', repeat: 3 },
      null,
      { message: 'prevention', times: 3, evacuation: false },
    ],
    [
      'a text, only where it can be spoken',
      { order: 'broadcast', text: '开会', repeat: 1 },
      null,
      { text: '开会', speakers: ['horn-hall'] },
    ],
  ] as const)('%s', (_, what, zones, ask) => {
    expect(soundAsk(what, zones, config)).toMatchObject(ask);
  });
  test.each([
    ['both', { order: 'broadcast', text: '开会', message: 'prevention', repeat: 1 }, 'bad-text'],
    ['neither', { order: 'broadcast', repeat: 1 }, 'bad-text'],
    ['what steers a chip', { order: 'broadcast', text: '开\u0007会', repeat: 1 }, 'bad-text'],
    ['where there are none', { order: 'broadcast', message: 'prevention', repeat: 1 }, 'no-speaker'],
  ] as const)('%s: refused', (_, what, reason) => {
    expect(soundAsk(what, null, reason === 'no-speaker' ? silentTown : config)).toBe(reason);
  });
});

test('orders about the site file are passed on as they are, in the name of the key', async () => {
  const asked: unknown[] = [];
  const orders: ConfigOrders = {
    fetch: (part) => ({ sha256: 'a'.repeat(64), parts: 2, part, gzip: 'H4sI' }),
    stage: async (order, origin) => {
      asked.push(order.part, origin);
      return { ok: true, detail: { parts: 1 } };
    },
    apply: async () => ({ ok: false, reason: 'fire-stands', words: { zh: '有火警', en: 'there is a fire' } }),
    rollback: async () => ({ ok: true, detail: {} }),
  };
  const sha256 = 'a'.repeat(64);
  const run = (what: Parameters<typeof configPlan>[0]) => {
    const plan = configPlan(what, 'centre:k', orders);
    return 'run' in plan ? plan.run() : plan;
  };
  expect(await run({ order: 'config_fetch', part: 2 })).toMatchObject({ state: 'done', detail: { part: 2, parts: 2 } });
  expect(await run({ order: 'config_stage', sha256, part: 1, parts: 1, gzip: '' })).toMatchObject({
    detail: { parts: 1 },
  });
  expect(await run({ order: 'config_apply', sha256 })).toMatchObject({ state: 'failed', reason: 'fire-stands' });
  expect(await run({ order: 'config_rollback' })).toMatchObject({ state: 'done' });
  expect(asked).toEqual([1, 'centre:k']);
});

test('a gateway killed in the middle of a duty check tells the district that nobody knows how it ended, and asks nobody again', async () => {
  const path = join(tempDir(), 'journal.db');
  const clock = new SimClock(noon);
  const first = await VillageRig.make({ config, clock, store: new FaultyStore(new OldStore(path), clock) });
  await first.start();
  const asked = await new District(first).order({ order: 'duty_check', withinS: 300 });
  expect(asked.state).toBe('accepted');
  await first.kill();
  const second = await VillageRig.make({ config, clock, store: new FaultyStore(new InlineStore(path), clock) });
  await second.start();
  const district = new District(second);
  expect(district.answers).toMatchObject([{ command: asked.command, state: 'unknown', reason: 'restarted' }]);
  expect([district.status.requests, second.entriesOf('duty.asked')]).toEqual([[], []]);
  expect(second.entriesOf('command.failed')).toMatchObject([{ detail: { command: asked.command, state: 'unknown' } }]);
  await second.stop();
});
