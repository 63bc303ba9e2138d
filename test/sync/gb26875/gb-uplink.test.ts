import { describe, expect, it } from 'vitest';
import type { GbUplinkConfig } from '../../../config/site-telling.js';
import { settleMsOf } from '../../../gateway/uplink-outage.js';
import { attackKinds } from '../../../hardware-sim/centre26875/attacks.js';
import type { GbAdu } from '../../../sync/gb26875/frame-types.js';
import type { GbConnectionEvents, GbLink } from '../../../sync/gb26875/gb-link.js';
import { GbUplink } from '../../../sync/gb26875/gb-uplink.js';
import { GbOutbox } from '../../../sync/gb26875/outbox.js';
import type { Entry } from '../../../sync/journal/entry.js';
import { Pump } from '../../../sync/pump.js';
import type { Report } from '../../../sync/uplink.js';
import { ListJournal, pack } from '../pump-rig.js';
import { seeded, stored } from '../rig.js';
import { gbConfig, plainSite, plainTellings } from './plain-site.js';
import { GbRig } from './uplink-rig.js';

const wall = Date.UTC(2026, 10, 22, 2, 0, 0);

function report(position: number, over: Parameters<typeof stored>[1] = {}): Report {
  const lane = 'journal';
  return {
    durable: true,
    entry: stored(position, { lane, class: 'fault', wall, ...over }),
    previous: 0,
    isHistorical: false,
  };
}

function fire(position: number): Report {
  return report(position, { lane: 'fire', class: 'fire' });
}

describe('reports to a centre of GB/T 26875.3', () => {
  it('asked in one turn go as objects of one frame, and resolve when it is confirmed', async () => {
    const rig = await new GbRig().up();
    let carried = 0;
    for (let n = 1; n <= 30; n++) void rig.uplink.send(report(n)).then(() => (carried += 1));
    await rig.clock.advance(1);
    expect([rig.uploads, carried]).toEqual([['2×22'], 0]);
    await rig.clock.advance(10);
    expect([rig.uploads, carried]).toEqual([['2×22', '2×8'], 30]);
    expect(rig.centre.heard.fresh(2).map(({ object }) => object.componentAddress?.slice(0, 2))).toEqual(
      Array.from({ length: 30 }, (_, n) => (n + 1).toString(16).padStart(2, '0')),
    );
  });

  it('a fire goes at once, while another exchange waits for its confirmation', async () => {
    const rig = await new GbRig().up();
    rig.centre.knobs.silentNext = 1;
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    void rig.uplink.send(report(2));
    const carried = rig.uplink.send(fire(3));
    await rig.clock.advance(5);
    await carried;
    expect(rig.centre.heard.fresh(2).map(({ object }) => object.state)).toEqual([5, 3]);
    await rig.clock.advance(10_000);
    expect(rig.uploads).toEqual(['2×1', '2×1', '2×1 again', '2×1']);
  });

  it('what is nothing in this language is done at once; what can not be written is refused for good, alone', async () => {
    const rig = await new GbRig().up();
    const nothing = report(1, { kind: 'gateway.started', class: null });
    await rig.uplink.send(nothing);
    const said = report(2);
    const good = rig.uplink.send(said);
    // Nobody takes it for carried, and whoever tells people by another way knows that this one told nobody.
    expect([nothing, said].map(({ entry }) => rig.uplink.whyNotTold?.(entry.id))).toEqual(['no-word', null]);
    await expect(rig.uplink.send(report(3, { subject: 'point:bad/bad' }))).rejects.toMatchObject({
      code: 'UPLINK-024',
    });
    await rig.clock.advance(5);
    await good;
    expect(rig.uploads).toEqual(['2×1']);
  });

  it('a denied report is refused after its resends and the link stays; the next one goes', async () => {
    const rig = await new GbRig().up();
    rig.centre.knobs.denyNext = 4;
    const refused = expect(rig.uplink.send(report(1))).rejects.toMatchObject({ code: 'UPLINK-005' });
    await rig.clock.advance(2_000);
    await refused;
    const carried = rig.uplink.send(report(2));
    await rig.clock.advance(10);
    await carried;
    expect(rig.news).toEqual(['up']);
  });

  it('a joined frame that is denied goes again report by report, and only what fails alone is refused', async () => {
    const rig = await new GbRig().up();
    // The joined frame four times, and then the first of its reports four times.
    rig.centre.knobs.denyNext = 8;
    const ends = [1, 2, 3].map((n) =>
      rig.uplink.send(report(n)).then(
        () => 'carried',
        (error) => error.code,
      ),
    );
    await rig.clock.advance(6_000);
    expect(await Promise.all(ends)).toEqual(['UPLINK-005', 'carried', 'carried']);
    expect([rig.uploads.filter((each) => !each.endsWith('again')), rig.news]).toEqual([
      ['2×3', '2×1', '2×1', '2×1'],
      ['up'],
    ]);
  });

  it('a centre that says nothing for all resends is left, told, and tried again', async () => {
    const rig = await new GbRig().up();
    rig.centre.knobs.answers = 'silent';
    const lost = expect(rig.uplink.send(report(1))).rejects.toMatchObject({ code: 'UPLINK-003' });
    await rig.clock.advance(40_000);
    await lost;
    expect(rig.news).toEqual(['up', 'UPLINK-004']);
    expect(rig.uploads).toEqual(['2×1', '2×1 again', '2×1 again', '2×1 again']);
    await rig.clock.advance(10_000);
    expect(rig.news.at(-1)).toBe('up');
  });

  it('half open with a sign of life: found within two minutes while nothing is to be told', async () => {
    const rig = await new GbRig({ preset: 'heartbeat' }).up();
    await rig.clock.advance(45_000);
    expect(rig.centre.heard.counts.heartbeats).toBe(2);
    rig.network.setStalled(true);
    await rig.clock.advance(75_000);
    expect(rig.news.slice(0, 2)).toEqual(['up', 'UPLINK-004']);
  });

  it('a silent centre is left before its path is called dead, and is well only after a sign of life had its time', async () => {
    const rig = await new GbRig({ preset: 'heartbeat' }).up();
    const { dialect, timeoutMs, resends } = gbConfig('heartbeat');
    const leftAfterMs = dialect.heartbeatMs + (resends + 1) * timeoutMs;
    expect(rig.uplink.expectsHeardWithinMs).toBeGreaterThan(leftAfterMs);
    expect(settleMsOf(gbConfig('heartbeat'))).toBeGreaterThan(leftAfterMs);
    expect(settleMsOf(gbConfig('standard'))).toBe(70_000);
  });

  it('a fire that waits cuts the rest short', async () => {
    const rig = new GbRig();
    rig.network.door = 'refuse';
    rig.uplink.start(rig.events);
    await rig.clock.advance(120_000);
    rig.network.door = 'open';
    rig.uplink.hurry();
    await rig.clock.advance(2_200);
    expect(rig.news.at(-1)).toBe('up');
  });

  it('login: nothing is sent before it; a wrong password is told as that', async () => {
    const readPassword = async (): Promise<Uint8Array> => Buffer.from('secret\n');
    const config = { username: 'box', passwordFile: '/etc/x' };
    const rig = new GbRig({ preset: 'login', config, more: { readPassword } });
    rig.centre.knobs.accounts = new Map([['box', 'other']]);
    await rig.up();
    expect(rig.news).toEqual(['UPLINK-002']);
    rig.centre.knobs.accounts = new Map([['box', 'secret']]);
    await rig.clock.advance(10_000);
    expect(rig.news).toEqual(['UPLINK-002', 'up']);
  });

  it('measurements go as type 3, 63 in a frame, and behind them other reports still go', async () => {
    const rig = await new GbRig().up();
    const carried = rig.uplink.sendTelemetry({
      pack: pack(1, { samples: 150, wall }),
      previous: 0,
      isHistorical: false,
    });
    await rig.clock.advance(20);
    await carried;
    expect(rig.uploads).toEqual(['3×63', '3×63', '3×24']);
  });
});

describe('a lying length', () => {
  it('is given up after five seconds, although more bytes drip in behind it', async () => {
    const rig = new GbRig();
    let events: GbConnectionEvents | null = null;
    const connection = { bytes: { sent: 0, received: 0 }, waitingBytes: 0, send: () => undefined };
    const link: GbLink = {
      connect: (_target, its) => {
        events = its;
        return { ...connection, end: async () => undefined, drop: () => undefined };
      },
    };
    const uplink = new GbUplink({
      ...{ config: gbConfig('standard'), siteKey: 'x', clock: rig.clock, random: seeded(5), link },
      ...{ tellings: plainTellings, site: plainSite },
    });
    uplink.start(rig.events);
    await rig.clock.advance(1);
    const its = events as GbConnectionEvents | null;
    its?.onOpen();
    // A head that promises 1000 bytes.
    its?.onBytes(Uint8Array.from([0x40, 0x40, ...Array(22).fill(0), 0xe8, 0x03, 2]));
    for (let n = 0; n < 6; n++) {
      await rig.clock.advance(1_000);
      its?.onBytes(Uint8Array.of(0));
    }
    expect(uplink.counted.bad).toBe(1);
    await uplink.stop();
  });
});

describe('the last word of a component that burns is that it burns', () => {
  /** One component whose reset and fire are told as it stands when they go; `isFrozen`: as it stood when they were asked for. */
  async function hall(config: Partial<GbUplinkConfig> = {}, isFrozen = false) {
    const now = { state: 1 };
    const [row] = plainSite.components();
    if (row === undefined) throw new Error('no such component');
    const { analogs, ...where } = row;
    const unit = (): readonly GbAdu[] => [{ type: 2, objects: [{ ...where, state: now.state }] }];
    const site = { ...plainSite, components: () => [{ ...row, state: now.state }] };
    const silenced: GbAdu = { type: 24, objects: [{ operation: 2, operator: 1, time: null }] };
    const entry = ({ kind }: Entry) => {
      const told = isFrozen ? unit() : null;
      return kind === 'test.noted' ? [] : [kind === 'alarm.silenced' ? () => [silenced] : () => told ?? unit()];
    };
    const tellings = { ...plainTellings, entry };
    const rig = await new GbRig({ config, more: { site, tellings } }).up();
    const told = () => rig.centre.heard.objects.filter(({ type }) => type === 2).map(({ object }) => object.state);
    return { rig, now, told };
  }

  it('a reset that waited behind it says how it is when it goes', async () => {
    const { rig, now, told } = await hall();
    rig.centre.knobs.lateMs = 500;
    void rig.uplink.send(report(1, { kind: 'alarm.returned' }));
    await rig.clock.advance(5);
    void rig.uplink.send(report(2, { kind: 'alarm.returned' }));
    now.state = 3;
    void rig.uplink.send(fire(3));
    await rig.clock.advance(2_000);
    expect(told().slice(0, 3)).toEqual([1, 3, 3]);
    expect(told().at(-1)).toBe(3);
  });

  it('an all-clear that had to be sent again is followed by how it is now', async () => {
    const { rig, now, told } = await hall();
    rig.centre.knobs.silentNext = 1;
    void rig.uplink.send(report(1, { kind: 'alarm.returned' }));
    await rig.clock.advance(5);
    now.state = 3;
    void rig.uplink.send(fire(2));
    await rig.clock.advance(11_000);
    expect(rig.uploads).toEqual(['2×1', '2×1', '2×1 again', '2×1']);
    expect(told()).toEqual([1, 3, 3]);
  });

  it('… and that goes before a backlog, as a fire does', async () => {
    const { rig, now, told } = await hall({}, true);
    rig.centre.knobs.silentNext = 1;
    void rig.uplink.send(report(1, { kind: 'alarm.returned' }));
    await rig.clock.advance(5);
    now.state = 3;
    void rig.uplink.send(fire(2));
    // It never runs out.
    let n = 3;
    const more = (): void => {
      void rig.uplink.send(report(n++, { kind: 'alarm.silenced' })).then(more, () => undefined);
    };
    for (let i = 0; i < 30; i++) more();
    await rig.clock.advance(10_200);
    const again = rig.uploads.indexOf('2×1 again');
    expect([again > 0, rig.uploads[again + 1]]).toEqual([true, '2×1']);
    expect(told()).toEqual([1, 3, 3]);
  });

  it.each([
    ['a fire that had to be sent again', fire(1)],
    ['an alarm of the last minute that goes behind its own end', report(1, { kind: 'alarm.raised' })],
  ])('%s and is over by then is followed by its end', async (_, raised) => {
    const { rig, now, told } = await hall({}, true);
    now.state = 3;
    rig.centre.knobs.silentNext = 1;
    void rig.uplink.send(raised);
    await rig.clock.advance(5);
    now.state = 1;
    await rig.clock.advance(11_000);
    expect(told()).toEqual([3, 1]);
  });

  it('what stands after a start is told once it is known: an earlier start may have told its end, and lost it with its disk', async () => {
    const [row] = plainSite.components();
    if (row === undefined) throw new Error('no such component');
    const known = { is: false };
    const components = () => [{ ...row, state: known.is ? 3 : 1 }];
    const site = { ...plainSite, components, isKnown: () => known.is };
    const rig = await new GbRig({ more: { site } }).up();
    const told = () => rig.centre.heard.objects.map(({ object }) => object.state);
    await rig.clock.advance(30_000);
    expect(told()).toEqual([]);
    known.is = true;
    await rig.clock.advance(2_000);
    expect(told()).toEqual([3]);
    rig.centre.hangUp();
    await rig.clock.advance(60_000);
    expect([rig.news, told()]).toEqual([['up', 'UPLINK-003', 'up'], [3]]);
  });

  it('that it changed while its frame was under way is told over the next link, as it is then', async () => {
    const { rig, now, told } = await hall();
    rig.centre.knobs.silentNext = 1;
    void rig.uplink.send(report(1, { kind: 'alarm.returned' }));
    await rig.clock.advance(5);
    now.state = 3;
    await rig.clock.advance(9_990);
    for (let ms = 0; ms < 20 && rig.uploads.length < 3; ms++) {
      if (rig.uploads.length === 2) rig.centre.knobs.silentNext = 1;
      await rig.clock.advance(1);
    }
    // The frame of what has changed is on the wire, and lost.
    expect(rig.uploads).toEqual(['2×1', '2×1 again', '2×1']);
    rig.centre.hangUp();
    await rig.clock.advance(100);
    now.state = 7;
    await rig.clock.advance(10_000);
    expect(rig.news).toEqual(['up', 'UPLINK-003', 'up']);
    expect(told().at(-1)).toBe(7);
  });

  it('what has changed is told as the site has it, once for each component, and not as its entry would say it again', () => {
    const [row] = plainSite.components();
    if (row === undefined) throw new Error('no such component');
    const { analogs, ...where } = row;
    const word = (state: number): GbAdu => ({ type: 2, objects: [{ ...where, state }] });
    const outbox = new GbOutbox((told) => () => (told.type === 2 ? [word(1)] : []));
    const all = { fire: true, others: true, states: true, changed: true };
    const now = { state: 3 };
    const told = () => [word(now.state)];
    for (const rank of ['fire', 'others'] as const) void outbox.add([told], rank);
    const loads = [outbox.next(all), outbox.next(all)];
    now.state = 7;
    for (const load of loads) outbox.confirmed(load?.id ?? 0);
    expect([outbox.next(all)?.adu, outbox.next(all)]).toEqual([word(1), null]);
  });

  it('states that a centre asked for are told as they are when they go', async () => {
    const { rig, now, told } = await hall({ mayInitialise: true });
    rig.centre.ask(81);
    await rig.clock.advance(5);
    void rig.uplink.send(report(1, { kind: 'alarm.returned' }));
    await rig.clock.advance(5);
    rig.centre.knobs.lateMs = 500;
    rig.centre.initialise();
    await rig.clock.advance(20);
    now.state = 3;
    void rig.uplink.send(fire(2));
    await rig.clock.advance(5_000);
    expect(rig.uploads).toContain('21×1');
    expect(told()).toEqual([1, 3, 3]);
  });
});

describe('what a centre asks of the site', () => {
  it('reads are answered from how it stands; what is not there is denied', async () => {
    const rig = await new GbRig().up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    const where = { system: 1, systemAddress: 1 };
    const there = { ...where, componentAddress: '05000100' };
    for (const [type, objects] of [
      [61, [where]],
      [62, [there, { ...where, componentAddress: 'ffffffff' }]],
      [63, [there]],
      [64, [{ ...where, records: 5, time: null }]],
      [67, [there]],
      [81, [{}]],
      [84, [{ records: 5, time: null }]],
      [85, [{}]],
      [86, [{}]],
      [88, [{}]],
    ] as const) {
      rig.centre.ask(type, objects);
      await rig.clock.advance(200);
    }
    const answers = rig.centre.heard.frames.filter(({ kind }) => kind === 'answer' || kind === 'deny');
    expect(answers.map(({ adu }) => `${adu?.type}×${adu?.objects.length}`)).toEqual([
      ...['1×1', '2×1', '3×1', 'undefined×undefined', '7×1', '21×1', '24×1', '25×1', '26×1', '28×1'],
    ]);
  });

  it('a read of more records than a frame holds gets a full frame; one that can not be made is denied; the link stays', async () => {
    const where = { system: 1, systemAddress: 1 };
    const done = { operation: 1, operator: 0, time: null, wall: 0 };
    const operations = [where, null].flatMap((of) => Array.from({ length: 200 }, () => ({ ...done, of })));
    const device = () => ({ state: 999, major: 0, minor: 1, text: '' });
    const rig = await new GbRig({ more: { site: { ...plainSite, device, operations: () => operations } } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    for (const [type, object] of [
      [64, { ...where, records: 255, time: null }],
      [84, { records: 255, time: null }],
      [81, {}],
    ] as const) {
      rig.centre.ask(type, [object]);
      await rig.clock.advance(200);
    }
    const answers = rig.centre.heard.frames.filter(({ kind }) => kind === 'answer' || kind === 'deny');
    expect(answers.map(({ kind, adu }) => `${kind} ${adu?.type}×${adu?.objects.length}`)).toEqual([
      ...['answer 4×102', 'answer 24×127', 'deny undefined×undefined'],
    ]);
    expect([rig.news, rig.uplink.counted.malformed]).toEqual([['up'], 1]);
  });

  it('a duty check comes up once, with its time; a clock only where it may', async () => {
    const rig = await new GbRig({ config: { maySetClock: true } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    const order = rig.centre.checkPost(10);
    if (order !== null) rig.centre.repeat(order);
    rig.centre.setClock(wall + 60_000);
    await rig.clock.advance(5);
    expect(rig.asked).toEqual([
      { kind: 'duty-check', withinMs: 600_000 },
      { kind: 'clock', wall: wall + 60_000 },
    ]);
  });

  it('initialise tells all states anew, behind whatever else is to be told', async () => {
    const rig = await new GbRig({ config: { mayInitialise: true } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    rig.centre.initialise();
    await rig.clock.advance(1);
    void rig.uplink.send(report(2));
    await rig.clock.advance(50);
    expect(rig.uploads).toEqual(['2×1', '21×1', '2×1', '1×1', '2×22', '2×8']);
    expect(rig.asked).toEqual([{ kind: 'initialise' }]);
  });

  it('states that a link did not carry are told over the next one, once each', async () => {
    const rig = await new GbRig({ config: { mayInitialise: true } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    rig.centre.initialise();
    await rig.clock.advance(3);
    rig.centre.hangUp();
    await rig.clock.advance(10_000);
    expect(rig.news).toEqual(['up', 'UPLINK-003', 'up']);
    const told = rig.centre.heard.objects.filter(({ type, isConfirmed }) => type === 2 && isConfirmed);
    expect(new Set(told.map(({ object }) => object.componentAddress)).size).toBe(31);
  });

  it('states whose frame is denied go again one by one; one that is denied alone waits for the next link', async () => {
    const rig = await new GbRig({ config: { mayInitialise: true } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    // That of the box, and then the first frame of components.
    rig.centre.knobs.denyNext = 4;
    rig.centre.initialise();
    await rig.clock.advance(10_000);
    expect(rig.uploads.filter((each) => each === '21×1')).toHaveLength(1);
    const confirmed = () => rig.centre.heard.objects.filter((each) => each.isConfirmed).map(({ type }) => type);
    expect(confirmed()).not.toContain(21);
    rig.centre.knobs.denyNext = 0;
    rig.centre.hangUp();
    await rig.clock.advance(10_000);
    expect(confirmed().filter((type) => type === 21)).toHaveLength(1);

    rig.centre.initialise();
    await rig.clock.advance(51_000);
    const before = confirmed().length;
    rig.centre.initialise();
    await rig.clock.advance(4);
    rig.centre.knobs.denyNext = 4;
    await rig.clock.advance(60_000);
    expect(confirmed().length - before).toBe(32);
  });

  it('what stands is neither read nor told before it is known', async () => {
    const known = { is: false };
    const site = { ...plainSite, isKnown: () => known.is };
    const rig = await new GbRig({ config: { mayInitialise: true }, more: { site } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    for (const type of [61, 62, 81])
      rig.centre.ask(type, [type === 81 ? {} : { system: 1, systemAddress: 1, componentAddress: '05000100' }]);
    rig.centre.initialise();
    await rig.clock.advance(5_000);
    const replies = () => rig.centre.heard.frames.filter(({ kind }) => kind === 'answer' || kind === 'deny').length;
    expect([rig.uploads, replies(), rig.asked]).toEqual([['2×1'], 0, [{ kind: 'initialise' }]]);
    known.is = true;
    await rig.clock.advance(2_000);
    expect(rig.uploads).toEqual(['2×1', '21×1', '1×1', '2×22', '2×8']);
    rig.centre.ask(81, [{}]);
    await rig.clock.advance(100);
    expect(replies()).toBe(1);
  });

  it.each(attackKinds)('attack %s: no order, no crash, and the next fire is confirmed', async (kind) => {
    const rig = await new GbRig({ config: { mayInitialise: false } }).up();
    void rig.uplink.send(report(1));
    await rig.clock.advance(5);
    rig.centre.attack(kind);
    await rig.clock.advance(20_000);
    const carried = rig.uplink.send(fire(2)).then(
      () => 'carried',
      (error) => error.code,
    );
    await rig.clock.advance(50_000);
    const again = rig.news.at(-1) === 'up' ? rig.uplink.send(fire(3)).then(() => 'carried') : 'down';
    await rig.clock.advance(50);
    expect([await carried, await again]).toContain('carried');
    expect(rig.asked).toEqual([]);
  });
});

describe('a backlog', () => {
  it('drains in order, 22 to a frame, over cuts and silences; a fire in between is out within a second', async () => {
    const rows = 600;
    const rig = new GbRig();
    const journal = new ListJournal();
    journal.add('journal', rows, { class: 'fault', wall });
    const carriedMono = new Map<string, number>();
    const pump = new Pump({
      ...{ uplink: rig.uplink, journal, clock: rig.clock, random: seeded(3) },
      events: {
        onUp: () => rig.news.push('up'),
        onDown: (error) => rig.news.push(error.code),
        onCarried: ({ entryId }) => carriedMono.set(entryId, rig.clock.mono()),
      },
    });
    pump.start();
    await rig.clock.advance(100);
    rig.centre.hangUp();
    await rig.clock.advance(8_000);
    rig.centre.knobs.silentNext = 1;
    await rig.clock.advance(50);
    journal.add('fire', 1, { class: 'fire', wall: rig.clock.wall() });
    pump.wake();
    const askedMono = rig.clock.mono();
    await rig.clock.advance(60_000);
    const burning = rig.centre.heard.fresh(2).find(({ object }) => object.state === 3);
    expect((burning?.atMono ?? Infinity) - askedMono).toBeLessThanOrEqual(1_000);
    const told = rig.centre.heard.fresh(2).filter(({ object }) => object.state === 5);
    const places = told.map(({ object }) => Buffer.from(object.componentAddress ?? '', 'hex').readUInt16LE(0));
    expect(places).toEqual(Array.from({ length: rows }, (_, n) => n + 1));
    expect(told.every(({ isConfirmed }) => isConfirmed)).toBe(true);
    expect(rig.centre.heard.counts.repeats).toBeLessThanOrEqual(44);
    expect(rig.centre.heard.counts.uploads).toBeLessThan(rows / 10);
    await pump.stop();
  });
});
