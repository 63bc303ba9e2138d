/** A whole receiver: broker, store, receipts. */
import { randomInt } from 'node:crypto';
import { type Clock, SystemClock } from '../../drivers/clock.js';
import { randomId } from '../journal/random-id.js';
import { MqttClientLink } from '../mqtt/mqtt-client.js';
import type { UplinkError } from '../uplink.js';
import { type BrokerLogin, MqttIntake } from './mqtt-intake.js';
import { type ReceiptKey, ReceiptSender } from './receipt-sender.js';
import { Receiver, type ReceiverCounts, type ReceiverEvents, type ReceiverOptions } from './receiver.js';
import { SqliteReceiverStore } from './sqlite-receiver-store.js';
import { subscriptionsOf } from './topics.js';

const gapAfterMsDefault = 10 * 60_000;
/** A gateway keeps rows for an uplink that is unused for as long. */
const keepMsDefault = 90 * 86_400_000;

export interface StartReceiverOptions
  extends Pick<ReceiverOptions, 'handOn' | 'joins' | 'acceptsGaps' | 'parseTelemetry'> {
  readonly login: BrokerLogin;
  readonly districts: readonly string[];
  /** Null: all of the districts. */
  readonly sites: readonly string[] | null;
  /** The store's file; its folder must exist. */
  readonly storePath: string;
  /** Null: receipts are not signed, and free no row on a box before 30 days. */
  readonly receiptKey: ReceiptKey | null;
  readonly gapAfterMs?: number;
  readonly keepMs?: number;
  readonly events?: ReceiverEvents & { onUp?(): void; onDown?(error: UplinkError): void };
  readonly clock?: Clock;
  /** 0 ≤ r < 1. */
  readonly random?: () => number;
}

export interface RunningReceiver {
  readonly counts: Readonly<ReceiverCounts>;
  /** What was taken is handed on and written down; what was not stays with the broker. */
  stop(): Promise<void>;
}

/** Rejects with ReceiverError when the store can not be used; a broker that is away is tried for ever. */
export async function startReceiver(options: StartReceiverOptions): Promise<RunningReceiver> {
  const { clock = new SystemClock(), random = systemRandom, events = {}, login } = options;
  const receiver: Receiver = new Receiver({
    store: new SqliteReceiverStore(options.storePath, randomId(random)),
    ...{ clock, random, handOn: options.handOn, parseTelemetry: options.parseTelemetry },
    joins: options.joins ?? false,
    acceptsGaps: options.acceptsGaps ?? false,
    gapAfterMs: options.gapAfterMs ?? gapAfterMsDefault,
    keepMs: options.keepMs ?? keepMsDefault,
    events: {
      onStatus: (...all) => events.onStatus?.(...all),
      onInvalid: (...all) => events.onInvalid?.(...all),
      onGap: (...all) => events.onGap?.(...all),
      onGapClosed: (...all) => events.onGapClosed?.(...all),
      onGapAccepted: (...all) => events.onGapAccepted?.(...all),
      onTrouble: (...all) => events.onTrouble?.(...all),
      onReceiptDue: () => {
        sender.wake();
        events.onReceiptDue?.();
      },
    },
  });
  const intake: MqttIntake = new MqttIntake({
    ...{ login, clock, random, link: new MqttClientLink() },
    subscriptions: subscriptionsOf(options.districts, options.sites),
    take: (topic, payload) => receiver.take(topic, payload),
    onUp: () => {
      sender.open(true);
      events.onUp?.();
    },
    onDown: (error) => {
      sender.open(false);
      events.onDown?.(error);
    },
  });
  const sender: ReceiptSender = new ReceiptSender({
    ...{ receiver, clock, key: options.receiptKey },
    publish: (topic, payload) => intake.publish(topic, payload),
  });
  await receiver.start();
  intake.start();
  return {
    counts: receiver.counts,
    stop: async () => {
      sender.open(false);
      await intake.stop();
      await receiver.stop();
    },
  };
}

function systemRandom(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}
