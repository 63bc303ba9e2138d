/** `gengfu test siren|speaker|lamp|uplink` against a whole gateway on a simulated village. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { brandId, type EntryId, type UplinkId } from '../../../config/ids.js';
import { loadConfigText } from '../../../config/load-config.js';
import { runTest, type TestResult, type TestTalk, testable } from '../../../gateway/cli/wire/test-talk.js';
import { answerControl } from '../../../gateway/command/answer-control.js';
import type { CommissioningRequest } from '../../../gateway/command/commissioning-request.js';
import { type ControlRequest, controlRequest } from '../../../gateway/command/control-socket.js';
import { lampExample } from '../../../gateway/command/refusal-words.js';
import type { ConfigRequest } from '../../../gateway/staging/config-request.js';
import { UplinkTestEntry } from '../../../gateway/uplink-test-entry.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import type { StoredEntry } from '../../../sync/journal/entry.js';
import { tellAll } from '../../../sync/tell-filter.js';
import { known, profiles } from '../../config/rig.js';
import { device, hallSiren, hallSmoke, townConfig, VillageRig } from '../village-rig.js';

const nothing = { text: null, message: null };

async function villageTalk(confirm: TestTalk['confirm'] = null) {
  const town = await townConfig();
  // Nothing is tested by the calendar, and nothing said before: one can be tried all the same.
  const config = { ...town, exercises: { ...town.exercises, sirenTest: null } };
  const rig = await VillageRig.watching({ config });
  onTestFinished(() => rig.stop());
  const told: string[] = [];
  const talk: TestTalk = {
    ...{ config, clock: rig.clock, user: 'li', confirm },
    // As the socket takes it: whatever is no request is refused there.
    ask: async (request) => {
      const parsed = controlRequest.parse(JSON.parse(JSON.stringify(request)));
      return answerControl(
        rig.runtime,
        parsed as Exclude<ControlRequest, ConfigRequest | CommissioningRequest>,
        rig.runtime.orders,
      );
    },
    tell: (words) => told.push(words.en),
  };
  const run = async (kind: Parameters<typeof runTest>[0], id: string | null, said = nothing) => {
    let result: Awaited<ReturnType<typeof runTest>> | null = null;
    const running = runTest(kind, id, said, talk).then((each) => {
      result = each;
    });
    await rig.clock.until(() => result !== null, 300_000, 50);
    await running;
    if (result === null) throw new Error('no result');
    return result as Awaited<ReturnType<typeof runTest>>;
  };
  return { rig, run, told, config };
}

test('one siren sounds shortly, is proven on and off, and what the person heard is journaled by his name', async () => {
  const { rig, run } = await villageTalk(async () => false);
  const sounded: string[] = [];
  rig.village.onOutputChange((id, on) => sounded.push(`${id} ${on}`));
  const result = await run('siren', hallSiren);
  expect(result).toMatchObject({ ok: false, detail: { proven: true, person: false } });
  expect(sounded.filter((each) => each.startsWith('siren'))).toEqual([`${hallSiren} true`, `${hallSiren} false`]);
  expect(rig.entriesOf('siren_test.ended')[0]?.detail).toMatchObject({ outputs: { [hallSiren]: 'proven' } });
  const [noted] = rig.entriesOf('test.noted');
  expect([noted?.origin, noted?.detail]).toEqual(['cli:li', { what: 'siren', id: hallSiren, good: false }]);
});

test('a siren whose relay has no supply is told as not proven', async () => {
  const { rig, run } = await villageTalk();
  const relay = rig.config.outputs.find(({ id }) => id === hallSiren)?.target;
  if (relay?.kind !== 'unit') throw new Error('a relay');
  rig.village.switchUnit(device(relay.device), false);
  expect(await run('siren', hallSiren)).toMatchObject({ ok: false, detail: { outcome: 'not-proven' } });
});

test('a fire goes before every test: none begins, and the one that runs is broken off', async () => {
  const { rig, run } = await villageTalk();
  rig.clock.after(1_000, () => rig.village.setPoint(hallSmoke, 'alarm'));
  expect(await run('siren', 'siren-street')).toMatchObject({ ok: false, detail: { reason: 'fire' } });
  for (const [kind, id] of [
    ['siren', hallSiren],
    ['lamp', null],
  ] as const) {
    expect(await run(kind, id)).toMatchObject({ ok: false, detail: { reason: 'fire-stands' } });
  }
  expect(rig.entriesOf('command.refused').map(({ detail }) => detail['reason'])).toEqual([
    'fire-stands',
    'fire-stands',
  ]);
});

test('what there is not is refused in words, with what there is', async () => {
  const { run } = await villageTalk();
  const result = await run('siren', 'siren-moon');
  expect(result.words.en).toMatch(/^refused: there is no such output.* There are: .*siren-hall/);
  expect(result.words.zh).toMatch(/^被拒绝：没有这个可测试的输出。有：/);
  expect((await run('uplink', 'moon')).words.en).toMatch(/^refused: there is no such uplink\. There are: /);
});

test('where no lamp shows anything the answer is how one is written, and written so it is taken', async () => {
  const { run, config } = await villageTalk();
  expect(config.outputs.filter(({ shows }) => shows !== undefined)).toEqual([]);
  const { ok, words } = await run('lamp', null);
  expect([ok, words.en]).toEqual([false, expect.stringContaining(lampExample)]);
  const town = readFileSync('config/examples/ancient-town.yaml', 'utf8');
  const lit = town.replace('\noutputs:\n', `\noutputs:\n  ${lampExample}\n`);
  const loaded = loadConfigText('/site/gateway.yaml', lit, { ...known, profiles });
  expect(loaded.ok ? loaded.config.outputs[0] : loaded.problems).toMatchObject({ shows: 'fault' });
});

test('a loudspeaker says its sentence, and an uplink tells when its entry was carried', async () => {
  const { rig, run, told, config } = await villageTalk(async () => true);
  const reader = testable('speaker', config).find(({ id }) =>
    config.speakers.some((each) => each.id === id && each.player.kind === 'chip' && each.player.chip === 'syn6288'),
  );
  if (reader === undefined) throw new Error('a speaker that reads');
  expect(await run('speaker', reader.id)).toMatchObject({ ok: true, detail: { said: true, person: true } });
  const centre = config.uplinks[0]?.id ?? '';
  rig.uplink.setPulled(true);
  rig.clock.after(5_000, () => rig.uplink.setPulled(false));
  const result = await run('uplink', centre);
  expect(result).toMatchObject({ ok: true, detail: { id: centre, carried_s: expect.any(Number) } });
  expect(Number(result.detail['carried_s'])).toBeGreaterThan(4);
  expect(told.slice(-2)).toEqual(['queued', expect.stringMatching(/^carried after/)]);
  expect(rig.uplink.reports.some(({ entry }) => entry.kind === 'test.noted' && entry.detail['what'] === 'uplink')).toBe(
    true,
  );
});

/** What the doctor of a running gateway says of the centre at each look; the newest goes on. */
async function uplinkTalk(receipts: 'none' | 'mqtt', ...looks: readonly (string | null)[]) {
  return talkTo({ id: 'centre', kind: 'mqtt', receipts }, {}, ...looks);
}

async function talkTo(uplink: object, centre: object, ...looks: readonly (string | null)[]) {
  const clock = new SimClock();
  const [entry, earlier] = ['e2', 'e1'];
  const rest = [...looks];
  let now = rest[0] ?? null;
  const talk = {
    ...{ clock, user: 'li', confirm: null, tell: () => undefined },
    config: { uplinks: [uplink] },
    ask: async ({ ask }: { readonly ask: string }) => {
      if (ask !== 'doctor') return { accepted: true, done: { zh: '', en: '' } };
      now = rest.shift() ?? now;
      const test = now === 'before' ? { entry: earlier, is: 'carried' } : now === null ? null : { entry, is: now };
      return { uplinks: [{ id: 'centre', isUp: true, error: null, ...centre, test }] };
    },
  } as unknown as TestTalk;
  let result: TestResult | null = null;
  void runTest('uplink', 'centre', nothing, talk).then((told) => {
    result = told;
  });
  await clock.until(() => result !== null, 300_000, 50);
  return result as TestResult | null;
}

test.each([
  ['none', ['before', 'before', 'queued', 'carried'], true, 'sends no receipts'],
  ['mqtt', [null, 'queued', 'carried', 'carried', 'kept'], true, 'kept after'],
  ['mqtt', [null, 'queued', 'carried'], false, 'no receipt came'],
  // An earlier test that was carried is none of this one.
  ['mqtt', ['before'], false, 'older entries are still on their way'],
  ['mqtt', [null, 'queued'], false, 'older entries are still on their way'],
  ['mqtt', [null, 'not-told'], false, 'nothing to carry'],
] as const)('test uplink: receipts %s, %j is ok: %s, %s', async (receipts, looks, ok, words) => {
  expect(await uplinkTalk(receipts, ...looks)).toMatchObject({ ok, words: { en: expect.stringContaining(words) } });
});

test.each([
  ['gb26875', {}, ['queued', 'carried'], true, 'the operation "test" of this device'],
  ['http', {}, ['queued', 'carried'], true, 'HTTP 2xx'],
  ['http', {}, ['queued', 'no-word'], true, 'no word for a test, so nothing was sent; the link is up'],
  ['http', { isUp: false, error: { zh: '', en: 'no answer' } }, ['no-word'], false, 'nothing was sent; no answer'],
  ['http', { path: { isDead: true } }, ['no-word'], false, 'nothing was sent; the link is not up'],
  ['sms', {}, ['queued', 'carried'], true, 'for 2 recipients; ask them'],
] as const)('test uplink over %s, %j, %j is ok: %s, %s', async (kind, centre, looks, ok, words) => {
  const uplink = { id: 'centre', kind, receipts: 'none', recipients: [{}, {}] };
  expect(await talkTo(uplink, centre, null, ...looks)).toMatchObject({
    ok,
    words: { en: expect.stringContaining(words) },
  });
});

test.each([
  ['nothing was tested', tellAll, [], 0, null],
  ['it waits', tellAll, ['see'], 9, 'queued'],
  ['this centre is not told of it', { ...tellAll, classes: ['fire'] }, ['see'], 9, 'not-told'],
  ['another one was carried', tellAll, ['see', 'carried e1'], 9, 'queued'],
  ['carried before it is on the disk', tellAll, ['see', 'carried e2'], 9, 'carried'],
  ['carried, and what was before it is kept', tellAll, ['see', 'durable', 'carried e2'], 6, 'carried'],
  ['carried and kept', tellAll, ['see', 'durable', 'carried e2'], 7, 'kept'],
  // A receipt for what was queued before may tell its position, too.
  ['kept, but not carried by us', tellAll, ['see', 'durable'], 7, 'queued'],
  ['settled, and its language has no word for it', tellAll, ['see', 'carried e2 nobody'], 9, 'no-word'],
  ['a newer one begins anew', tellAll, ['see', 'durable', 'carried e2', 'see'], 9, 'queued'],
] as const)('a test entry: %s', (_, tell, steps, kept, expected) => {
  const noted = { id: 'e2', kind: 'test.noted', class: null, zone: null, lane: 'journal', alarm: null };
  const stored = { ...noted, detail: { what: 'uplink', id: 'centre' }, position: 7 } as unknown as StoredEntry;
  const entry = new UplinkTestEntry({ id: brandId<UplinkId>('centre'), tell });
  for (const step of steps) {
    if (step === 'see') entry.see([stored]);
    else if (step === 'durable') entry.durable([stored]);
    else entry.carried(brandId<EntryId>(step.slice('carried '.length, 10)), step.endsWith('nobody') ? 'nobody' : null);
  }
  expect(entry.state(kept)?.is ?? null).toBe(expected);
});
