import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { After } from '../../hardware-sim/centre/heard.js';
import { HeardBook } from '../../hardware-sim/centre/heard-book.js';
import { LaneChain } from '../../hardware-sim/centre/lane-chain.js';
import { Lanes } from '../../hardware-sim/centre/lanes.js';
import { momentOf, wallOf } from '../../hardware-sim/centre/moment.js';
import { type CentreOrder, orderNames } from '../../hardware-sim/centre/orders.js';
import { readMessage } from '../../hardware-sim/centre/read-message.js';
import { type HostileKind, hostileKinds } from '../../hardware-sim/centre/sent-command.js';
import { Signer } from '../../hardware-sim/centre/signing.js';
import { SimCentre } from '../../hardware-sim/centre/sim-centre.js';
import { nearTraits } from '../../hardware-sim/mqtt/link-faults.js';
import { SimBroker } from '../../hardware-sim/mqtt/sim-broker.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { exampleReport, exampleReportFromMemory, exampleTelemetry } from '../../sync/asyncapi-examples.js';
import { type CommandRefusal, verifyCommand } from '../../sync/command-envelope.js';
import { resultOf } from '../../sync/command-result.js';
import { toRfc3339 } from '../../sync/mqtt/rfc3339.js';
import { toSenml } from '../../sync/mqtt/senml.js';
import { addLink, emptyChain, gapsOf } from '../../sync/receiver/chain.js';
import { packSamples } from '../../sync/telemetry/pack-codec.js';
import { commandKey } from '../sync/command-rig.js';
import { pack } from '../sync/pump-rig.js';
import { fire, seeded } from '../sync/rig.js';
import { address, CentreRig, root } from './centre-rig.js';

const village = { district: 'yangshuo', site: 'old-town' };
const villageRoot = 'gengfu/v1/yangshuo/old-town';
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const read = (place: string, value: unknown) => readMessage(village, `${villageRoot}/${place}`, bytesOf(value)).said;

describe("the centre's own parsers", () => {
  const { messages } = parse(readFileSync('sync/asyncapi.yaml', 'utf8')).components;
  const places = { status: 'status', report: 'report/fire', telemetry: 'telemetry', result: 'result' } as const;

  test.each(Object.keys(places) as (keyof typeof places)[])('take every example of %s in asyncapi.yaml', (name) => {
    const said = messages[name].examples.map(({ payload }: { payload: unknown }) => read(places[name], payload));
    expect(said.length).toBeGreaterThan(0);
    for (const each of said) expect(each).toMatchObject({ what: name });
  });

  test('read what the example says', () => {
    expect(read('report/fire', exampleReport)).toMatchObject({
      ...{ id: exampleReport.id, epoch: 'k7m2xq9dtw', sequence: 4_711, previous: 4_702, position: 20_118 },
      ...{ lane: 'fire', kind: 'alarm.raised', durable: true, uplink: 'district', detail: { took_ms: 412 } },
      ...{ wall: Date.UTC(2026, 10, 30, 6, 12, 45, 120), zone: 'ancestral-hall', after: null },
    });
    expect(read('telemetry', exampleTelemetry)).toMatchObject({
      ...{ id: 'telemetry-k7m2xq9dtw-902', sequence: 902, previous: 901, position: 902, lane: 'telemetry' },
    });
  });

  test('read measurements in CBOR as in JSON', () => {
    const body = packSamples([
      { pointId: 'tank/level' as never, unit: 'm', afterMs: 0, value: 231.2, reason: null },
      { pointId: 'tank/level' as never, unit: 'm', afterMs: 12_500, value: -1_000_000, reason: null },
      { pointId: 'pump/running' as never, unit: null, afterMs: 20, value: '停', reason: null },
      { pointId: 'box/current' as never, unit: 'mA', afterMs: 20, value: null, reason: 'out-of-range' },
      { pointId: 'box/current' as never, unit: 'mA', afterMs: 90, value: Math.PI, reason: null },
    ]);
    const report = { pack: pack(7, { body }), previous: 3, isHistorical: true };
    const parsed = (['json', 'cbor'] as const).map((form) =>
      readMessage(village, `${villageRoot}/telemetry`, toSenml(report, village as never, form) ?? new Uint8Array()),
    );
    expect(parsed[0]?.said).toMatchObject({
      what: 'telemetry',
      epoch: 'e1',
      sequence: 7,
      previous: 3,
      isHistorical: true,
    });
    expect(parsed[1]).toEqual(parsed[0]);
  });

  const data = exampleReport.data;
  const [head, ...samples] = exampleTelemetry;
  test.each<[what: string, place: string, value: unknown, why: RegExp]>([
    ['a topic of nobody', 'reports/fire', exampleReport, /topic/],
    ['another class than its topic', 'report/fault', exampleReport, /class/],
    ['another site', 'report/fire', { ...exampleReport, source: '/gengfu/yangshuo/new-town/e' }, /source/],
    ['another type than its kind', 'report/fire', { ...exampleReport, type: 'gengfu.alarm.reset' }, /type/],
    ['no sequence', 'report/fire', { ...exampleReport, sequence: undefined }, /sequence/],
    ['a sequence that does not sort', 'report/fire', { ...exampleReport, sequence: '4711' }, /sequence/],
    ['a predecessor behind it', 'report/fire', { ...exampleReport, previous: '000000004711' }, /previous/],
    ['a place from memory', 'report/fire', { ...exampleReportFromMemory, sequence: '000000004711' }, /memory/],
    ['a word that is not described', 'report/fire', { ...exampleReport, data: { ...data, more: 1 } }, /more/],
    ['no detail and no word why', 'report/fire', { ...exampleReport, data: { ...data, detail: undefined } }, /detail/],
    ['a time with an offset', 'report/fire', { ...exampleReport, time: '2026-11-30T06:12:45+08:00' }, /time/],
    ['no status', 'status', { state: 'away' }, /state/],
    ['a pack of another site', 'telemetry', [{ ...head, bn: 'yangshuo/new-town/' }, ...samples], /site/],
    ['a pack without a place', 'telemetry', [{ ...head, vs: '1/district' }, ...samples], /head/],
    ['a bad point with a value', 'telemetry', [head, { n: 'tank/level:bad', v: 1 }], /bad/],
    ['a sample without a value', 'telemetry', [head, { n: 'tank/level' }], /v or vs/],
    ['an unknown end', 'result', { version: 1, command: 'x', state: 'maybe', reason: null, words: null }, /at/],
  ])('refuse %s', (_what, place, value, why) => {
    expect(read(place, value)).toEqual({ what: 'unreadable', why: expect.stringMatching(why) });
  });

  test('never throw, whatever the bytes', () => {
    const random = seeded(11);
    const good = [
      bytesOf(exampleReport),
      bytesOf(exampleTelemetry),
      toSenml({ pack: pack(1), previous: 0, isHistorical: false }, village as never, 'cbor'),
    ];
    for (let n = 0; n < 600; n++) {
      const bytes = Buffer.from(good[n % 3] ?? [n, 0x9f, 0xbf]);
      for (let k = 0; k < 3; k++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      for (const place of ['report/fire', 'telemetry', 'status', 'result'])
        expect(readMessage(village, `${villageRoot}/${place}`, bytes).said.what).toBeTypeOf('string');
    }
  });

  test('write and read moments as the product does', () => {
    const random = seeded(12);
    for (let n = 0; n < 500; n++) {
      const wall = Math.floor(random() * 4.1e12);
      expect([momentOf(wall), wallOf(momentOf(wall), 'time')]).toEqual([toRfc3339(wall), wall]);
    }
  });
});

describe("the centre's own chains", () => {
  const link = (sequence: number, previous: number) =>
    ({ lane: 'fire', epoch: 'e', sequence, previous, position: sequence }) as const;

  test("find the same gaps as the product's receiver, whatever is lost, doubled and out of order", () => {
    const random = seeded(13);
    for (let run = 0; run < 100; run++) {
      const told: (readonly [sequence: number, previous: number])[] = [];
      for (let n = 0, previous = 0; n < 30; n++) {
        const sequence = previous + 1 + Math.floor(random() * 3);
        told.push([sequence, previous]);
        previous = sequence;
      }
      const heard = told.flatMap((each) => (random() < 0.2 ? [] : random() < 0.2 ? [each, each] : [each]));
      for (let n = heard.length - 1; n > 0; n--) {
        const other = Math.max(0, n - Math.floor(random() * 5));
        const [one, two] = [heard[n], heard[other]];
        if (one !== undefined && two !== undefined) [heard[n], heard[other]] = [two, one];
      }
      const own = new LaneChain('fire', 'e');
      let theirs = emptyChain();
      for (const [sequence, previous] of heard) {
        own.add(link(sequence, previous));
        theirs = addLink(theirs, { sequence, previous, position: sequence });
        expect([own.head, own.gaps.map(({ from, to }) => ({ from, to }))]).toEqual([theirs.head, gapsOf(theirs)]);
      }
      for (const [sequence, previous] of told) own.add(link(sequence, previous));
      expect([own.head, own.gaps]).toEqual([told.at(-1)?.[0], []]);
    }
  });

  test('see that the last row of an older epoch is missing, and that one is told with a nearer predecessor', () => {
    const chain = new LaneChain('fire', 'e');
    chain.add(link(3, 0));
    chain.expect(9);
    expect(chain.gaps).toMatchObject([{ from: 4, to: 9 }]);
    chain.add(link(9, 7));
    expect(chain.gaps).toMatchObject([{ from: 4, to: 7 }]);
    chain.add(link(9, 3));
    expect([chain.head, chain.gaps]).toEqual([9, []]);
  });
});

test('an epoch that lacks its last row holds back the receipts of the next one; what was receipted is not forgotten', () => {
  const lanes = new Lanes();
  const add = (epoch: string, sequence: number, previous: number, position: number, after: After | null = null) =>
    lanes.add({ lane: 'fire', epoch, sequence, previous, position }, after, `${epoch}-${sequence}`, position);
  add('e1', 1, 0, 1);
  add('e1', 2, 1, 2);
  add('e2', 2, 0, 5, { epoch: 'e1', sequence: 4 });
  expect(lanes.gaps).toMatchObject([{ epoch: 'e1', from: 3, to: 4 }]);
  expect(lanes.kept).toEqual({ fire: { epoch: 'e1', sequence: 2, position: 2 } });
  // One that will never come.
  lanes.add({ lane: 'fire', epoch: 'e1', sequence: 3, previous: 2, position: 3 }, null, null, 6);
  add('e1', 4, 3, 4);
  expect([lanes.gaps, lanes.kept]).toEqual([[], { fire: { epoch: 'e2', sequence: 2, position: 5 } }]);
  lanes.writeDown();
  add('e2', 3, 2, 6);
  add('e2', 4, 3, 7);
  expect(lanes.forgetSince(7)).toEqual(['e2-4']);
  expect(lanes.headOf('fire', 'e2')).toBe(3);
  expect(lanes.forgetSince(0)).toEqual([]);
});

test('one id with two contents, two places or a place of another is a contradiction; a memory made durable is not', () => {
  const book = new HeardBook();
  const row = (over: object, from: object = exampleReport) => {
    const said = read('report/fire', { ...from, ...over });
    if (said.what !== 'report') throw new Error(JSON.stringify(said));
    return book.take(said);
  };
  expect(row({}, exampleReportFromMemory)).toEqual({ isDuplicate: false, makesDurable: false });
  expect(book.hasDurable(exampleReport.id)).toBe(false);
  expect(row({})).toEqual({ isDuplicate: true, makesDurable: true });
  const { detail: _, ...short } = exampleReport.data;
  row({ data: { ...short, historical: true, detailOmitted: true } });
  expect([book.hasDurable(exampleReport.id), book.contradictions]).toEqual([true, []]);
  row({ subject: 'point:smoke-4/smoke' });
  row({ data: { ...exampleReport.data, detail: { took_ms: 1 } } });
  row({ sequence: '000000004712' });
  row({ id: 'another' });
  expect(book.contradictions.map(({ what }) => what)).toEqual([
    ...['two contents', 'two details', 'sequence 4711 and 4712 of epoch k7m2xq9dtw'],
    `stands where ${exampleReport.id} stood: report k7m2xq9dtw 4711`,
  ]);
});

function centreAlone(seed = 1) {
  const clock = new SimClock();
  const broker = new SimBroker({ clock, random: seeded(seed) });
  const centre = new SimCentre({ link: broker.link(nearTraits), clock, random: seeded(seed), ...address });
  const used = new Set<string>();
  const keys = new Map([[centre.keyId, commandKey({ id: centre.keyId, publicKey: centre.publicKey })]]);
  /** As the product would say of it now. */
  const verdict = (envelope: Uint8Array): CommandRefusal | 'ok' => {
    const time = { isSure: true, wall: clock.wall() } as const;
    const never = { remembersSinceWall: Number.NEGATIVE_INFINITY, forgottenUpToWall: Number.NEGATIVE_INFINITY };
    const verified = verifyCommand(envelope, { keys, ...address, time, isUsed: (id) => used.has(id), ...never });
    if (verified.ok) used.add(verified.command.id);
    return verified.ok ? 'ok' : verified.reason;
  };
  return { clock, centre, verdict };
}

describe('orders', () => {
  const upTo = 'e-b-1';
  const sha256 = 'ab'.repeat(32);
  const orders: Record<(typeof orderNames)[number], CentreOrder> = {
    silence: { order: 'silence', upTo, zones: ['hall'] },
    reset_request: { order: 'reset_request', upTo, words: '请复位' },
    siren_test: { order: 'siren_test' },
    speaker_test: { order: 'speaker_test', zones: ['hall'] },
    broadcast: { order: 'broadcast', text: '今晚七点开会', repeat: 2 },
    broadcast_stop: { order: 'broadcast_stop' },
    duty_check: { order: 'duty_check', withinS: 120 },
    read_points: { order: 'read_points', points: ['smoke-1/smoke'] },
    shelve: { order: 'shelve', subjects: ['point:tank/level'], forS: 600 },
    unshelve: { order: 'unshelve', subjects: ['point:tank/level'] },
    time: { order: 'time', now: '2026-11-30T00:00:00Z' },
    config_fetch: { order: 'config_fetch', part: 1 },
    config_stage: { order: 'config_stage', sha256, part: 1, parts: 1, gzip: 'AAAA' },
    config_apply: { order: 'config_apply', sha256 },
    config_rollback: { order: 'config_rollback' },
  };

  test("are taken by the product's verifier, all fifteen", () => {
    const { centre, verdict } = centreAlone();
    expect(orderNames).toHaveLength(15);
    for (const what of Object.values(orders))
      expect([what.order, verdict(centre.order(what).envelope)]).toEqual([what.order, 'ok']);
    expect(centre.sent).toHaveLength(15);
  });

  test.each<[HostileKind, CommandRefusal]>([
    ['forged-signature', 'bad-signature'],
    ['foreign-key', 'bad-signature'],
    ['unknown-key', 'unknown-key'],
    ['unsigned', 'unsigned'],
    ['altered', 'bad-signature'],
    ['wrong-purpose', 'bad-signature'],
    ['expired', 'expired'],
    ['not-yet-valid', 'not-yet-valid'],
    ['life-too-long', 'life-too-long'],
    ['other-site', 'foreign'],
    ['replayed', 'replayed'],
    ['same-id', 'replayed'],
    ['garbage', 'malformed'],
    ['deep', 'malformed'],
    ['huge', 'oversize'],
  ])('that are hostile are refused: %s, %s', (kind, reason) => {
    const { centre, verdict } = centreAlone();
    expect(verdict(centre.order(orders.broadcast).envelope)).toBe('ok');
    const { hostile, envelope } = centre.attack(kind);
    expect([hostile, verdict(envelope)]).toEqual([kind, reason]);
    expect(hostileKinds).toContain(kind);
  });

  test('are signed as RFC 8032 and the examples in asyncapi.yaml say', () => {
    const secret = Buffer.from('nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=', 'base64');
    let at = 0;
    const signer = new Signer('district-duty', () => (secret[at++] ?? 0) / 256);
    const { messages } = parse(readFileSync('sync/asyncapi.yaml', 'utf8')).components;
    for (const purpose of ['command', 'receipt'] as const) {
      const { keyId, payload, signature } = messages[purpose].examples[0].payload;
      expect(signer.seal(purpose, payload, keyId)).toEqual({ keyId, payload, signature });
    }
    expect(signer.publicKey).toBe('11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=');
  });

  test('get through with a lost PUBACK and an absent centre, and every answer is remembered with its order', async () => {
    const rig = await new CentreRig().start();
    const good = rig.centre.order(orders.duty_check);
    const forged = rig.centre.attack('forged-signature');
    await rig.clock.advance(1_000);
    expect(rig.requests.map(({ envelope }) => Buffer.from(envelope))).toEqual(
      [good, forged].map(({ envelope }) => envelope),
    );
    const answer = (command: string | null, state: 'accepted' | 'done' | 'refused', reason: string | null = null) =>
      rig.uplink.answer(bytesOf(resultOf({ command, state, reason, words: null }, rig.clock.wall(), 'trusted')));
    const told = Promise.all([
      answer(good.id, 'accepted'),
      answer(null, 'refused', 'bad-signature'),
      answer(good.id, 'done'),
    ]);
    await rig.clock.advance(1_000);
    await told;
    expect(good.results.map(({ state }) => state)).toEqual(['accepted', 'done']);
    expect([forged.results, rig.centre.desk.answersToNobody]).toEqual([
      [],
      [expect.objectContaining({ state: 'refused' })],
    ]);
    rig.centre.setIll(true);
    const late = rig.centre.order(orders.siren_test);
    await rig.clock.advance(60_000);
    expect(rig.requests).toHaveLength(2);
    rig.centre.setIll(false);
    await rig.clock.advance(1_000);
    expect(Buffer.from(rig.requests.at(-1)?.envelope ?? [])).toEqual(late.envelope);
  });
});

describe('receipts', () => {
  const unkept = ({ pump }: CentreRig): readonly (number | undefined)[] =>
    (['fire', 'journal', 'telemetry'] as const).map((lane) => pump.lane(lane)?.unkept.rows);

  test.each(['unsigned', 'signed'] as const)('%s: the village takes them, and owes nothing', async (receipts) => {
    const rig = await new CentreRig({ config: { receipts }, centre: { receipts } }).start();
    rig.centre.receipts.isOn = false;
    await rig.record(8);
    await rig.clock.advance(10_000);
    expect(unkept(rig)).toEqual([4, 5, 8]);
    rig.centre.receipts.isOn = true;
    await rig.record(2);
    await rig.clock.advance(10_000);
    expect([unkept(rig), rig.news]).toEqual([[0, 0, 0], ['up']]);
  });

  test('by a centre that restarts and has forgotten stop before the gap, and go on when the village has told it again', async () => {
    const receipts = 'signed';
    const rig = await new CentreRig({ config: { receipts }, centre: { receipts } }).start();
    await rig.record(6);
    await rig.clock.advance(10_000);
    rig.centre.receipts.everyMs = 60_000;
    await rig.record(6, 200);
    rig.centre.restart(700);
    expect([rig.wrongs.filter((each) => each.startsWith('lost')).length, rig.centre.gaps]).toEqual([3, []]);
    rig.centre.receipts.everyMs = 2_000;
    await rig.record(4, 200);
    await rig.clock.advance(30_000);
    expect(rig.centre.gaps.map(({ lane }) => lane)).toEqual(expect.arrayContaining(['fire', 'journal', 'telemetry']));
    expect(unkept(rig).every((rows) => (rows ?? 0) > 0)).toBe(true);
    for (const lane of ['fire', 'journal', 'telemetry'] as const) rig.pump.tellAgain(lane);
    await rig.clock.advance(60_000);
    expect([rig.wrongs, unkept(rig)]).toEqual([[], [0, 0, 0]]);
  });
});

test('whoever listens is told of each message once, with its place, and of a duplicate that it is one', async () => {
  const rig = await new CentreRig({ config: { telemetry: 'cbor' } }).start();
  const told: string[] = [];
  rig.centre.onHeard((heard) => {
    if (heard.what === 'report')
      told.push(`${heard.kind} ${heard.sequence} after ${heard.previous}${heard.isDuplicate ? ' again' : ''}`);
  });
  rig.core.append({ drafts: [fire()], facets: [] });
  await rig.clock.advance(1_000);
  rig.broker.faults.duplicateShare = 1;
  rig.core.append({ drafts: [fire()], facets: [] });
  await rig.clock.advance(1_000);
  const again = 'alarm.raised 3 after 2';
  expect(told).toEqual(['alarm.raised 2 after 0', again, `${again} again`]);
  await rig.record(2);
  expect(rig.wrongs).toEqual([]);
  expect(rig.centre.countsByLane).toEqual({ fire: 3, journal: 2, telemetry: 2 });
  expect([rig.centre.countsByKind.get('alarm.raised'), rig.centre.heard[0]?.topic]).toEqual([4, `${root}/status`]);
});
