/** The reference receiver as a library; README.md shows its use. */
export type { Gap } from './chain.js';
export type { HandedOn } from './handed-on.js';
export type { ReceivedReport, ReceivedStatus } from './message-shape.js';
export type { BrokerLogin } from './mqtt-intake.js';
export { OutFile } from './out-file.js';
export { type InvalidWhy, invalidWords } from './read-message.js';
export { type ReceiptKey, receiptEnvelope } from './receipt-sender.js';
export { Receiver, type ReceiverCounts, type ReceiverEvents, type ReceiverOptions } from './receiver.js';
export { ReceiverError, type ReceiverStore, receiverErrors, type StoredChain } from './receiver-store.js';
export { readSenmlPack } from './senml-reader.js';
export { SqliteReceiverStore } from './sqlite-receiver-store.js';
export { type RunningReceiver, type StartReceiverOptions, startReceiver } from './start-receiver.js';
export type { ReceivedPack, TelemetryParser } from './telemetry-parser.js';
export { readTopic, receiptTopic, type SiteName, subscriptionsOf } from './topics.js';
