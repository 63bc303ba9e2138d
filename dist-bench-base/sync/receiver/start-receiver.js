/** A whole receiver: broker, store, receipts. */
import { randomInt } from 'node:crypto';
import { SystemClock } from '../../drivers/clock.js';
import { randomId } from '../journal/random-id.js';
import { MqttClientLink } from '../mqtt/mqtt-client.js';
import { MqttIntake } from './mqtt-intake.js';
import { ReceiptSender } from './receipt-sender.js';
import { Receiver } from './receiver.js';
import { SqliteReceiverStore } from './sqlite-receiver-store.js';
import { subscriptionsOf } from './topics.js';
const gapAfterMsDefault = 10 * 60_000;
/** A gateway keeps rows for an uplink that is unused for as long. */
const keepMsDefault = 90 * 86_400_000;
/** Rejects with ReceiverError when the store can not be used; a broker that is away is tried for ever. */
export async function startReceiver(options) {
    const { clock = new SystemClock(), random = systemRandom, events = {}, login } = options;
    const receiver = new Receiver({
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
    const intake = new MqttIntake({
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
    const sender = new ReceiptSender({
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
function systemRandom() {
    return randomInt(2 ** 32) / 2 ** 32;
}
