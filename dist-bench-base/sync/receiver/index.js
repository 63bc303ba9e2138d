export { OutFile } from './out-file.js';
export { invalidWords } from './read-message.js';
export { receiptEnvelope } from './receipt-sender.js';
export { Receiver } from './receiver.js';
export { ReceiverError, receiverErrors } from './receiver-store.js';
export { readSenmlPack } from './senml-reader.js';
export { SqliteReceiverStore } from './sqlite-receiver-store.js';
export { startReceiver } from './start-receiver.js';
export { readTopic, receiptTopic, subscriptionsOf } from './topics.js';
