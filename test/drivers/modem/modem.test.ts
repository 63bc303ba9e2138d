import { expect, test } from 'vitest';
import { fireText, job, modemRig, outcomeOf, startWall } from './rig.js';

const told = (rig: ReturnType<typeof modemRig>): readonly string[] => rig.sim.sent.map(({ text }) => text);

test('after its start sequence a message goes out, with a short validity and a report asked for', async () => {
  const rig = modemRig();
  await rig.clock.advance(5_000);
  expect(rig.states).toEqual(['ready']);
  expect(rig.modem.figures).toEqual({ signalDbm: -73, sim: 'ready', network: 'home' });
  const sending = outcomeOf(rig.modem.send(job()));
  await rig.clock.advance(20_000);
  expect(sending.is).toBe('sent');
  expect(rig.sim.sent).toMatchObject([{ to: '+8613800138000', text: fireText, validityMin: 30, wantsReport: true }]);
  expect(rig.reports).toEqual(['delivered']);
  expect(Math.abs((rig.times[0] ?? 0) - startWall)).toBeLessThan(5_000);
  expect(rig.sim.counts).toMatchObject({ overlapped: 0, badPdus: 0, boots: 0 });
});

test.each([
  [
    'words of its own in every answer, between PDU and result, and before the prompt',
    { mixes: ['RING', '+CREG: 2', '+CMTI: "ME",9'], mixesBeforePrompt: ['+CEREG: 1', 'OK'] },
  ],
  ['an echo that can not be turned off', { alwaysEchoes: true }],
  [
    'bytes one by one and noise before each answer',
    { pieceBytes: 1, garbage: Uint8Array.from([0xff, 0, 0x3e, 0x20, 0x0d]) },
  ],
  [
    'a module that knows neither CEREG nor the clock nor a store of its own',
    { unknown: ['AT+CEREG', 'AT+CCLK', 'AT+CTZ', 'ATZ'] },
  ],
  ['results that come late', { answerMs: 3_000, lateMs: 40_000 }],
  ['a busy network', { cmsErrors: [513, 515], promptErrors: ['+CMS ERROR: 512', '+CME ERROR: 14'] }],
] as const)('%s: the message goes once', async (_, knobs) => {
  const rig = modemRig({
    ...knobs,
    cmsErrors: [...('cmsErrors' in knobs ? knobs.cmsErrors : [])],
    promptErrors: [...('promptErrors' in knobs ? knobs.promptErrors : [])],
  });
  await rig.clock.advance(90_000);
  const sending = outcomeOf(rig.modem.send(job({ text: fireText.repeat(3) })));
  await rig.clock.advance(150_000);
  expect([sending.is, told(rig)]).toEqual(['sent', [fireText.repeat(3)]]);
  expect(rig.sim.counts.overlapped).toBe(0);
});

test('a result that comes after its time belongs to nobody but the message it names', async () => {
  const rig = modemRig({ lateMs: 62_000 });
  await rig.clock.advance(5_000);
  const sending = outcomeOf(rig.modem.send(job()));
  await rig.clock.advance(120_000);
  expect([sending.is, told(rig).length]).toEqual(['sent', 1]);
});

test.each(['prompt', 'payload'] as const)(
  'it hangs at the %s: started anew, and the message goes once',
  async (hangAt) => {
    const rig = modemRig({ hangAt });
    await rig.clock.advance(5_000);
    const message = job();
    const first = outcomeOf(rig.modem.send(message));
    await rig.clock.advance(120_000);
    expect(first.is).toBe('MODEM-001');
    expect([...rig.states.slice(0, 2), rig.states.at(-1)]).toEqual(['ready', 'MODEM-001', 'ready']);
    expect(rig.sim.counts.boots).toBe(1);
    const second = outcomeOf(rig.modem.send(message));
    await rig.clock.advance(20_000);
    expect([second.is, told(rig)]).toEqual(['sent', [fireText]]);
  },
);

test('of a message in parts only what did not go goes again', async () => {
  const rig = modemRig();
  await rig.clock.advance(5_000);
  const message = job({ text: fireText.repeat(3) });
  rig.sim.onEvent(({ kind }) => {
    if (kind === 'sent' && rig.sim.counts.boots === 0) rig.sim.knobs.hangAt = 'payload';
  });
  const first = outcomeOf(rig.modem.send(message));
  await rig.clock.advance(150_000);
  expect(first.is).toBe('MODEM-001');
  await Promise.all([rig.modem.send(message), rig.clock.advance(20_000)]);
  expect(rig.sim.sentParts).toHaveLength(2);
  expect(told(rig)).toEqual([fireText.repeat(3)]);
});

test('a modem that hears nothing at all is tried for ever, and works when its supply came back', async () => {
  const rig = modemRig({ hang: 'hard' });
  await rig.clock.advance(10 * 60_000);
  expect(rig.states).toEqual(['MODEM-001']);
  rig.sim.setPower(false);
  rig.sim.setPower(true);
  await rig.clock.advance(120_000);
  expect(rig.states.at(-1)).toBe('ready');
});

test('no SIM is a trouble of its own, and over when one is in', async () => {
  const rig = modemRig({ sim: 'missing' });
  await rig.clock.advance(60_000);
  expect([rig.states, rig.modem.figures.sim]).toEqual([['MODEM-002'], 'missing']);
  rig.sim.setSim('ready');
  await rig.clock.advance(90_000);
  expect(rig.states.at(-1)).toBe('ready');
  rig.sim.setSim('missing');
  await rig.clock.advance(5_000);
  expect(rig.states.at(-1)).toBe('MODEM-002');
});

test('the PIN opens the SIM; a wrong one is tried once, also by the next start; another one is tried again', async () => {
  const pins = (rig: ReturnType<typeof modemRig>): number => rig.commands.filter((each) => /CPIN=/.test(each)).length;
  const right = modemRig({ sim: 'pin', pinFile: '1234\n' });
  await right.clock.advance(30_000);
  expect([right.states, pins(right)]).toEqual([['ready'], 1]);

  const wrong = modemRig({ sim: 'pin', pinFile: '9999' });
  await wrong.clock.advance(30 * 60_000);
  expect([wrong.states, pins(wrong), wrong.sim.knobs.pinTries]).toEqual([['MODEM-004'], 1, 2]);
  const restarted = modemRig({ sim: 'pin', pinFile: '9999' }, wrong.mark);
  await restarted.clock.advance(30 * 60_000);
  expect([restarted.states, pins(restarted)]).toEqual([['MODEM-004'], 0]);
  expect(wrong.mark).not.toContain('9999');
  const corrected = modemRig({ sim: 'pin', pinFile: '1234' }, wrong.mark);
  await corrected.clock.advance(30_000);
  expect(corrected.states).toEqual(['ready']);
  for (const [sim, pinFile, code] of [
    ['pin', null, 'MODEM-003'],
    ['puk', '1234', 'MODEM-005'],
  ] as const) {
    const rig = modemRig({ sim, pinFile });
    await rig.clock.advance(30_000);
    expect(rig.states).toEqual([code]);
  }
});

test('a lost network is seen, and a message that meets it is not lost', async () => {
  const rig = modemRig();
  await rig.clock.advance(5_000);
  rig.sim.setNetwork('searching');
  const sending = outcomeOf(rig.modem.send(job()));
  await rig.clock.advance(30_000);
  expect([sending.is, rig.states]).toEqual(['MODEM-006', ['ready', 'MODEM-006']]);
  rig.sim.setNetwork('roaming');
  await rig.clock.advance(15_000);
  expect([rig.states.at(-1), rig.modem.figures.network]).toEqual(['ready', 'roaming']);
});

test('what the network refuses is told with its number', async () => {
  const rig = modemRig({ cmsErrors: [28] });
  await rig.clock.advance(5_000);
  await expect(Promise.all([rig.modem.send(job()), rig.clock.advance(10_000)])).rejects.toMatchObject({
    ...{ code: 'MODEM-007', got: 'CMS 28' },
  });
});

test('messages are read and deleted, those that came before the start as well', async () => {
  const rig = modemRig({ storeMax: 4 });
  rig.sim.receive('+8613800138000', '以前的');
  await rig.clock.advance(5_000);
  rig.sim.receive('10086', '您的余额不足');
  await rig.clock.advance(5_000);
  expect(rig.messages).toEqual(['+8613800138000: 以前的', '10086: 您的余额不足']);
  expect(rig.sim.store.size).toBe(0);
});

test('the adapter is pulled and put back', async () => {
  const rig = modemRig();
  await rig.clock.advance(5_000);
  rig.wire.setPlugged(false);
  await rig.clock.advance(30_000);
  expect(rig.states.slice(1)).toEqual(['LINK-005', 'LINK-001']);
  rig.wire.setPlugged(true);
  await rig.clock.advance(60_000);
  expect(rig.states.at(-1)).toBe('ready');
  await Promise.all([rig.modem.stop(), rig.clock.advance(3_000)]);
});

test('noise for hours makes nothing grow', async () => {
  const rig = modemRig();
  await rig.clock.advance(5_000);
  for (let n = 0; n < 200; n++) rig.sim.garble(Buffer.alloc(1_000, n % 2 === 0 ? 0x41 : 0x3e));
  for (let n = 0; n < 200; n++) rig.sim.urc(`+CMTI: "ME",${n}`);
  await rig.clock.advance(20_000);
  rig.sim.garble(Buffer.from('\r\n'));
  const sending = outcomeOf(rig.modem.send(job()));
  await rig.clock.advance(60_000);
  expect(sending.is).toBe('sent');
});
