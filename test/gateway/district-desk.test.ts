/** Orders of the district: verified, durable, obeyed, answered, once only; and what is made of those that are refused. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EpochId } from '../../config/ids.js';
import { pause } from '../../drivers/clock.js';
import { CommandMemory, rowsMax } from '../../gateway/command/district/command-memory.js';
import { OpenRequests } from '../../gateway/command/district/open-requests.js';
import type { Outcome } from '../../gateway/command/district/outcome.js';
import { TrustedNow } from '../../gateway/command/district/trusted-now.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { StoreOpened } from '../../sync/journal/store.js';
import { aBroadcast, dutyCheck, hourMs, minuteMs, noon, signed, strangerSeed } from '../sync/command-rig.js';
import { tempDir } from '../sync/rig.js';
import { config, DeskRig, district, OldStore } from './district-rig.js';

const siren = { order: 'siren_test' } as const;

describe('an order of the district', () => {
  test('is recorded, answered, obeyed and answered again', async () => {
    const rig = await DeskRig.open();
    await rig.take(signed({ id: 'order-001', what: siren }));
    expect([rig.effects, rig.told, rig.written]).toEqual([['siren_test'], ['accepted', 'done'], ['accepted', 'done']]);
    expect(rig.entries[0]).toMatchObject({
      origin: 'centre:duty-room',
      detail: { command: 'order-001', order: 'siren_test', uplink: 'district' },
    });
  });

  test('has no effect before it is durable: a disk that hangs holds up the siren, not the gateway', async () => {
    const rig = await DeskRig.open();
    rig.store.setMode('hangs');
    await rig.take(signed({ what: siren }));
    await rig.clock.advance(4_000);
    expect([rig.effects, rig.told]).toEqual([[], []]);
    rig.store.setMode('works');
    await rig.clock.advance(500);
    expect([rig.effects, rig.told]).toEqual([['siren_test'], ['accepted', 'done']]);
  });

  test('that is not durable within 5 s is refused, and has no effect when the disk takes it later', async () => {
    const rig = await DeskRig.open();
    rig.store.setMode('hangs');
    const envelope = signed({ what: siren });
    await rig.take(envelope);
    await rig.clock.advance(5_100);
    expect(rig.told).toEqual(['refused cannot-record']);
    rig.store.setMode('works');
    await rig.clock.advance(60_000);
    await rig.take(envelope);
    expect([rig.effects, rig.told]).toEqual([[], ['refused cannot-record', 'refused cannot-record']]);
  });

  test('that expires while the disk hangs is not obeyed', async () => {
    const rig = await DeskRig.open();
    rig.store.setMode('hangs');
    await rig.take(signed({ what: siren, lifeMs: 2_000 }));
    await rig.clock.advance(3_000);
    rig.store.setMode('works');
    await rig.clock.advance(1_000);
    expect([rig.effects, rig.told]).toEqual([[], ['expired expired']]);
  });

  test('that comes again is answered as before, and takes no second effect', async () => {
    const rig = await DeskRig.open();
    const envelope = signed({ what: siren });
    await rig.take(envelope, envelope, envelope);
    await rig.clock.advance(minuteMs);
    const [again] = await rig.take(envelope);
    expect(rig.effects).toEqual(['siren_test']);
    expect(again).toEqual(rig.answers.find(({ state }) => state === 'done'));
    expect(rig.written).toEqual(['accepted', 'refused replayed', 'done', 'refused replayed']);
  });

  test('keeps its answer over a restart, and an expired one is still known as used', async () => {
    const path = join(tempDir(), 'journal.db');
    const envelope = signed({ what: siren });
    const clock = new SimClock(noon);
    const first = await DeskRig.open({ store: new OldStore(path), clock });
    await first.take(envelope);
    first.desk.stop();
    await clock.advance(2 * hourMs);
    const second = await DeskRig.open({ store: new InlineStore(path), clock });
    await second.take(envelope);
    expect([second.effects, second.answers]).toEqual([[], [first.answers.at(-1)]]);
    expect(second.journal.mark(TrustedNow.mark)?.wall).toBeGreaterThanOrEqual(noon + 2 * hourMs);
  });

  test('that was under way when the gateway stopped is unknown: journaled, answered so, never repeated', async () => {
    const path = join(tempDir(), 'journal.db');
    const envelope = signed({ id: 'half-done-1', what: dutyCheck });
    const clock = new SimClock(noon);
    const first = await DeskRig.open({ store: new OldStore(path), clock });
    first.outcome = new Promise<Outcome>(() => undefined);
    await first.take(envelope);
    expect(first.told).toEqual(['accepted']);
    first.desk.stop();
    const second = await DeskRig.open({ store: new InlineStore(path), clock });
    second.desk.tellUnknown(district);
    second.desk.tellUnknown(district);
    expect([second.effects, second.told]).toEqual([[], ['unknown restarted']]);
    expect(await second.take(envelope)).toEqual(second.answers.slice(0, 1));
    expect(second.written).toEqual(['failed restarted', 'refused replayed']);
    const third = await DeskRig.open({ store: new InlineStore(path), clock });
    await third.take(envelope);
    expect([third.written, third.told]).toEqual([['refused replayed'], ['unknown restarted']]);
  });

  test('from before a new journal is refused, over restarts too: nobody can say whether it was used', async () => {
    const path = join(tempDir(), 'journal.db');
    const clock = new SimClock(noon);
    const old = (): Uint8Array => signed({ what: siren, wall: noon - minuteMs });
    const first = await DeskRig.open({ store: new InlineStore(path), clock });
    await first.take(old());
    await clock.advance(6 * minuteMs);
    await first.take(signed({ what: siren, wall: clock.wall() }));
    expect(first.told).toEqual(['refused before-this-journal', 'accepted', 'done']);
    first.desk.stop();
    await clock.advance(1_000);
    const second = await DeskRig.open({ store: new InlineStore(path), clock });
    await second.take(old());
    expect(second.told).toEqual(['refused before-this-journal']);
  });

  test('from before a new journal is refused also when its first start had no clock', async () => {
    const path = join(tempDir(), 'journal.db');
    const clock = new SimClock(noon, 'untrusted');
    const first = await DeskRig.open({ store: new InlineStore(path), clock });
    await first.take(signed({ what: siren }));
    first.desk.stop();
    await clock.advance(1_000);
    clock.setTrust('trusted');
    const second = await DeskRig.open({ store: new InlineStore(path), clock });
    await second.take(signed({ what: siren }));
    expect([first.told, second.told]).toEqual([['refused clock-untrusted'], ['refused before-this-journal']]);
  });

  test('from before a backup was restored is refused: the real file knows that it is a copy', async () => {
    const [dir, clock] = [tempDir(), new SimClock(noon)];
    const [path, copy] = [join(dir, 'journal.db'), join(dir, 'copy.db')];
    const first = await DeskRig.open({ store: new OldStore(path), clock });
    first.desk.stop();
    await first.journal.stop();
    copyFileSync(path, copy);
    const second = await DeskRig.open({ store: new InlineStore(path), clock });
    await clock.advance(6 * minuteMs);
    const envelope = signed({ what: siren, wall: clock.wall() });
    await second.take(envelope);
    expect(second.told).toEqual(['accepted', 'done']);
    second.desk.stop();
    await second.journal.stop();
    for (const ending of ['-wal', '-shm', '']) rmSync(`${path}${ending}`, { force: true });
    copyFileSync(copy, path);
    await clock.advance(minuteMs);
    const third = await DeskRig.open({ store: new InlineStore(path), clock });
    await third.take(envelope);
    expect(third.journal.begun?.why).toBe('restored');
    expect([third.effects, third.told]).toEqual([[], ['refused before-this-journal']]);
  });

  test('from before a backup was restored is refused', async () => {
    const restored = new (class extends OldStore {
      override async open(epoch: EpochId): Promise<StoreOpened> {
        const begun = { why: 'restored', previous: null, setAside: null, salvaged: null } as const;
        return { ...(await super.open(epoch)), begun };
      }
    })();
    const rig = await DeskRig.open({ store: restored });
    await rig.take(signed({ what: siren, wall: noon - minuteMs }));
    expect([rig.effects, rig.told]).toEqual([[], ['refused before-this-journal']]);
  });

  test('is refused while no disk has told what was used before, and taken once it has', async () => {
    const clock = new SimClock(noon);
    const late = new (class extends OldStore {
      override async open(epoch: EpochId): Promise<StoreOpened> {
        await pause(clock, 8_000);
        return super.open(epoch);
      }
    })();
    const rig = await DeskRig.open({ clock, store: late });
    await rig.take(signed({ what: siren }));
    expect([rig.effects, rig.told]).toEqual([[], ['refused cannot-record']]);
    await clock.advance(10_000);
    await rig.take(signed({ what: siren }));
    expect(rig.effects).toEqual(['siren_test']);
  });

  test('needs a clock that can be believed, unless it needs no time', async () => {
    const clock = new SimClock(noon, 'untrusted');
    const rig = await DeskRig.open({ clock });
    await rig.take(signed({ what: aBroadcast }), signed({ what: dutyCheck }));
    expect(rig.told).toEqual(['refused clock-untrusted', 'accepted', 'done']);
    clock.setTrust('trusted');
    await clock.advance(minuteMs);
    await rig.take(signed({ what: aBroadcast }));
    expect(rig.effects).toEqual(['duty_check', 'broadcast']);
  });

  test('comes only from an uplink that may: others are not even read', async () => {
    const rig = await DeskRig.open();
    rig.desk.take({ uplink: 'elsewhere' as never, kind: 'command', envelope: signed() });
    rig.desk.take({ uplink: district, kind: 'receipt', envelope: signed() });
    await rig.clock.advance(10);
    expect([rig.effects, rig.written]).toEqual([[], ['refused not-taken']]);
  });
});

describe('what is refused', () => {
  test('sounding a village by a forged message is impossible', async () => {
    const rig = await DeskRig.open();
    const genuine = signed({ id: 'genuine-1', what: siren });
    const { keyId, payload, signature } = JSON.parse(Buffer.from(genuine).toString()) as Record<string, string>;
    const forged = [
      { keyId, payload, signature: null },
      { keyId: null, payload, signature: null },
      { keyId, payload: payload?.replace('siren_test', 'speaker_test'), signature },
      { keyId, payload: payload?.replace('genuine-1', 'genuine-2'), signature },
      { keyId: 'duty-room ', payload, signature },
      { keyId, payload, signature: Buffer.alloc(64).toString('base64') },
    ].map((each) => Buffer.from(JSON.stringify(each)));
    const others = [
      signed({ what: siren, seed: strangerSeed }),
      signed({ what: siren, over: { site: 'new-town' } }),
      signed({ what: siren, wall: noon - 2 * hourMs }),
      signed({ what: siren, wall: noon + hourMs }),
      signed({ what: siren, lifeMs: 25 * hourMs }),
      Buffer.alloc(65 * 1024, 0x7b),
    ];
    await rig.take(...forged, ...others);
    expect(rig.effects).toEqual([]);
    expect(rig.written).toHaveLength(rig.desk.refused - 4);
    expect(rig.written.some((each) => !each.startsWith('refused '))).toBe(false);
  });

  test('is answered once a second, written once a minute and reason, and all of it counted', async () => {
    const rig = await DeskRig.open();
    for (let times = 0; times < 90; times++) {
      await rig.take(signed({ seed: strangerSeed }));
      await rig.clock.advance(480);
    }
    expect(rig.told).toHaveLength(45);
    expect(rig.written).toEqual(['refused bad-signature']);
    await rig.clock.advance(minuteMs);
    expect(rig.entries.filter(({ kind }) => kind === 'command.refused').map(({ detail }) => detail['count'])).toEqual([
      1, 89,
    ]);
    expect(rig.entries.at(-1)?.words.zh).toContain('（89 次）');
  });

  test('costs nothing above fifty a second: the rest is not read', async () => {
    const rig = await DeskRig.open();
    await rig.take(...Array.from({ length: 400 }, () => signed({ seed: strangerSeed })), signed({ what: siren }));
    expect([rig.effects, rig.desk.refused, rig.told]).toEqual([[], 401, ['refused bad-signature']]);
    await rig.clock.advance(1_000);
    await rig.take(signed({ what: siren }));
    expect(rig.effects).toEqual(['siren_test']);
  });

  test('what was only counted is written when the gateway stops', async () => {
    const rig = await DeskRig.open();
    await rig.take(signed({ seed: strangerSeed }), signed({ seed: strangerSeed }));
    rig.desk.stop();
    expect(rig.written).toEqual(['refused bad-signature', 'refused bad-signature']);
  });

  test('a memory that is full refuses more: a forgotten command could be played again', () => {
    const memory = new CommandMemory();
    const row = { keyId: 'k', state: 'done', answer: '' } as const;
    memory.restore(Array.from({ length: rowsMax }, (_, at) => ({ ...row, id: `id-${at}`, expiresWall: noon + at })));
    expect(memory.isFull).toBe(true);
    memory.forgetExpired(noon + 48 * hourMs);
    expect([memory.size, memory.isFull]).toEqual([rowsMax, true]);
    memory.forgetExpired(noon + 48 * hourMs + 10);
    expect([memory.size, memory.has('id-9'), memory.has('id-10')]).toEqual([rowsMax - 10, false, true]);
  });

  test('what expired two days ago leaves the journal file as well', async () => {
    const store = new OldStore(join(tempDir(), 'journal.db'));
    await store.open('e1' as never);
    const row = { keyId: 'k', state: 'done', answer: '' } as const;
    const commands = [
      { ...row, id: 'long-ago', expiresWall: noon - 48 * hourMs - 1 },
      { ...row, id: 'lately', expiresWall: noon - 47 * hourMs },
    ];
    await store.append({ entries: [], facets: [], commands });
    const order = { holders: [], maxBytes: 1e9, keepMs: 1e12, telemetryKeepMs: 1e12 };
    await store.tidy({ ...order, wall: null });
    await store.tidy({ ...order, wall: noon });
    expect((await store.open('e2' as never)).commands.map(({ id }) => id)).toEqual(['lately']);
  });
});

describe('how late it is', () => {
  test('a clock that steps back brings no old order to life', async () => {
    const clock = new SimClock(noon);
    const rig = await DeskRig.open({ clock });
    await clock.advance(2 * hourMs);
    await rig.take(signed({ seed: strangerSeed }));
    clock.stepWall(-24 * hourMs);
    await rig.take(signed({ wall: noon }));
    expect([rig.effects, rig.desk.refused]).toEqual([[], 2]);
    expect(rig.written).toContain('refused expired');
  });

  test('is at least what an earlier start believed, and unknown before any did', () => {
    const clock = new SimClock(noon - 365 * 24 * hourMs, 'untrusted');
    const now = new TrustedNow(clock);
    expect(now.read()).toEqual({ isSure: false, atLeastWall: null });
    now.restore({ name: TrustedNow.mark, wall: noon, detail: '' });
    expect(now.read()).toEqual({ isSure: false, atLeastWall: noon });
    expect(now.toSave()).toBe(null);
  });

  test('a clock set back over a restart, far enough for ids to be forgotten, brings no old order to life', async () => {
    const path = join(tempDir(), 'journal.db');
    const clock = new SimClock(noon);
    const envelope = signed({ what: siren });
    const first = await DeskRig.open({ store: new OldStore(path), clock });
    await first.take(envelope);
    await clock.advance(50 * hourMs);
    const order = { holders: [], maxBytes: 1e9, keepMs: 1e12, telemetryKeepMs: 1e12 };
    await first.store.tidy({ ...order, wall: clock.wall() });
    first.desk.stop();
    await clock.advance(1_000);
    const back = new SimClock(noon - 10 * minuteMs);
    const second = await DeskRig.open({ store: new InlineStore(path), clock: back });
    await back.advance(20 * minuteMs);
    await second.take(envelope);
    expect([second.effects, second.told]).toEqual([[], ['refused before-this-journal']]);
    await back.advance(minuteMs);
    await second.take(signed({ what: siren, wall: back.wall() - minuteMs }));
    // And that time was wrong once makes no order of every hour too old.
    await back.advance(41 * minuteMs);
    await second.take(signed({ what: siren, wall: back.wall() - minuteMs }));
    expect(second.effects).toEqual(['siren_test', 'siren_test']);
  });

  test('an earlier start that believed a later time makes its memory doubtful', async () => {
    const store = new OldStore(':memory:', [{ name: TrustedNow.mark, wall: noon + 72 * hourMs, detail: '' }]);
    const rig = await DeskRig.open({ store });
    await rig.take(signed({ what: siren }));
    expect(rig.told).toEqual(['refused before-this-journal']);
  });
});

describe('a duty check', () => {
  const asking = () => {
    const clock = new SimClock(noon);
    const drafts: EntryDraft[] = [];
    const requests = new OpenRequests(clock, (more) => drafts.push(...more));
    return { clock, drafts, requests };
  };

  test('is open until somebody answers, and says who and after how long', async () => {
    const { clock, drafts, requests } = asking();
    const outcome = requests.askDuty('c1', 'centre:duty-room', 300_000);
    expect(requests.all).toEqual([
      { is: 'duty-check', by: 'centre:duty-room', sinceWall: noon, untilWall: noon + 300_000, note: null },
    ]);
    await clock.advance(42_000);
    expect(requests.answerDuty('key:key-acknowledge/contact')).toBe(1);
    expect(await outcome).toMatchObject({ state: 'done', detail: { by: 'key:key-acknowledge/contact', afterS: 42 } });
    expect([requests.all, drafts.map(({ kind }) => kind)]).toEqual([[], ['duty.asked', 'duty.answered']]);
    expect(requests.answerDuty('cli:li')).toBe(0);
  });

  test('that nobody answers in time has failed', async () => {
    const { clock, requests } = asking();
    const outcome = requests.askDuty('c1', 'centre:duty-room', 60_000);
    await clock.advance(60_000);
    expect(await outcome).toMatchObject({ state: 'failed', reason: 'no-answer' });
    expect(requests.all).toEqual([]);
  });

  test('beyond eight at once no more can be asked, and resets have eight of their own', () => {
    const { requests } = asking();
    for (let asked = 0; asked < 8; asked++) void requests.askDuty(`c${asked}`, 'centre:duty-room', 60_000);
    expect([requests.isFull('duty-check'), requests.isFull('reset-request')]).toEqual([true, false]);
  });

  test('a request for a reset ends with a reset, or after an hour', async () => {
    const { clock, requests } = asking();
    requests.askReset('centre:duty-room', '灭了');
    requests.sawReset();
    expect(requests.all).toEqual([]);
    requests.askReset('centre:duty-room', null);
    await clock.advance(hourMs);
    expect(requests.all).toEqual([]);
  });
});

test('a site that takes no commands saves nothing for them', async () => {
  const rig = await DeskRig.open({ store: new InlineStore(':memory:'), over: { ...config, uplinks: [] } });
  await rig.clock.advance(2 * hourMs);
  expect([rig.journal.mark('commands.since'), rig.journal.mark(TrustedNow.mark)]).toEqual([null, null]);
});
