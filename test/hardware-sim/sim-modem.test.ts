import { beforeEach, expect, it } from 'vitest';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { SimModem } from '../../hardware-sim/sim-modem.js';

let clock: SimClock;
let modem: SimModem;
let told: string[];

function send(text: string): void {
  modem.sendSms('13800138000', text).then(
    () => told.push(`sent ${clock.mono()}`),
    (error: Error) => told.push(error.message),
  );
}

beforeEach(() => {
  clock = new SimClock();
  modem = new SimModem(clock);
  told = [];
});

it('sends one message after the other, a long one in parts, and remembers when', async () => {
  send('火'.repeat(71));
  send('火'.repeat(70));
  await clock.advance(60_000);
  expect(told).toEqual(['sent 6000', 'sent 9000']);
  expect(modem.sent.map(({ number, text, parts, atMono }) => [number, text.length, parts, atMono])).toEqual([
    ['13800138000', 71, 2, 6_000],
    ['13800138000', 70, 1, 9_000],
  ]);
});

it('refused by the network, or without a SIM card, nothing was sent', async () => {
  modem.setFate('refused');
  send('火警');
  await clock.advance(10_000);
  modem.setFate('accepted');
  modem.hasSim = false;
  send('火警');
  await clock.advance(10_000);
  expect(told).toEqual([expect.stringMatching(/refused.*LINK-006/), expect.stringMatching(/no SIM.*LINK-006/)]);
  expect(modem.sent).toEqual([]);
});

it('hangs until it is said how it goes on, in the middle of a message too', async () => {
  send('火警');
  await clock.advance(1_000);
  modem.setFate('hangs');
  let signal: number | null | undefined;
  void modem.signalDbm().then((dbm) => {
    signal = dbm;
  });
  send('第二条');
  await clock.advance(3_600_000);
  expect([told, signal]).toEqual([[], undefined]);
  modem.signal = null;
  modem.setFate('accepted');
  await clock.advance(3_000);
  expect(told).toEqual(['sent 3601000', 'sent 3604000']);
  expect(signal).toBe(null);
});
