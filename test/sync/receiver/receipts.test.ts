import { describe, expect, test } from 'vitest';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { receiptSchema } from '../../../sync/messages/receipt.js';
import { ReceiptSender } from '../../../sync/receiver/receipt-sender.js';
import { parseEnvelope } from '../../../sync/signed-envelope.js';

const site = { district: 'yangshuo', site: 'old-town', uplink: 'district' };
const kept = { fire: { epoch: 'e1', sequence: 3, position: 3 } };

function start(): {
  clock: SimClock;
  sender: ReceiptSender;
  sentAt: number[];
  sent: Uint8Array[];
  fails: { times: number };
} {
  const clock = new SimClock();
  const sentAt: number[] = [];
  const sent: Uint8Array[] = [];
  const fails = { times: 0 };
  let isDue = true;
  const sender: ReceiptSender = new ReceiptSender({
    clock,
    key: null,
    receiver: {
      takeReceipts: () => {
        const due = isDue ? [{ ...site, kept }] : [];
        isDue = false;
        return due;
      },
      putBackReceipt: () => {
        isDue = true;
        sender.wake();
      },
    },
    publish: async (topic, payload) => {
      expect(topic).toBe('gengfu/v1/yangshuo/old-town/receipt');
      sentAt.push(clock.mono());
      if (fails.times-- > 0) throw new Error('gone');
      sent.push(payload);
    },
  });
  const wake = sender.wake.bind(sender);
  sender.wake = () => {
    isDue = true;
    wake();
  };
  return { clock, sender, sentAt, sent, fails };
}

describe('receipts', () => {
  test('of a lone alarm go within a quarter of a second, of a flood every two seconds', async () => {
    const { clock, sender, sentAt } = start();
    sender.open(true);
    for (let step = 0; step < 100; step++) {
      sender.wake();
      await clock.advance(100);
    }
    expect(sentAt.slice(0, 4)).toEqual([200, 2_200, 4_200, 6_200]);
  });

  test('wait for the broker, and one that did not get through goes again', async () => {
    const { clock, sender, sentAt, sent, fails } = start();
    sender.wake();
    await clock.advance(10_000);
    expect(sentAt).toEqual([]);
    fails.times = 1;
    sender.open(true);
    await clock.advance(10_000);
    expect([sentAt.length, sent.length]).toEqual([2, 1]);
  });

  test('of many sites go ten at a time', async () => {
    const clock = new SimClock();
    let inFlight = 0;
    let most = 0;
    let sent = 0;
    const many = Array.from({ length: 500 }, (_, index) => ({ ...site, site: `site-${index}`, kept }));
    const sender = new ReceiptSender({
      ...{ clock, key: null },
      receiver: { takeReceipts: () => many.splice(0), putBackReceipt: () => undefined },
      publish: async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise<void>((resolve) => clock.after(20, resolve));
        inFlight -= 1;
        sent += 1;
      },
    });
    sender.open(true);
    await clock.advance(5_000);
    expect([sent, most]).toEqual([500, 10]);
  });

  test('without a key say so, and are whole', async () => {
    const { clock, sender, sent } = start();
    sender.open(true);
    await clock.advance(1_000);
    const envelope = parseEnvelope(sent[0] ?? Buffer.alloc(0));
    expect(envelope).toMatchObject({ keyId: null, signature: null });
    expect(receiptSchema.parse(JSON.parse(envelope?.payload ?? ''))).toMatchObject({ version: 1, ...site, kept });
  });
});
