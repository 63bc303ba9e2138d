/** How many bytes MQTT packets have (MQTT 5.0 §2.1, 3.1.1 §2.2): a remaining length of one to four bytes, then what each has. Pure. */
import type { MqttConnectOptions, MqttMessage } from '../../sync/mqtt/mqtt-link.js';

/** Fixed header of one byte and a packet id. */
export const ackBytes = 4;
export const disconnectBytes = 2;
/** Protocol name, level, flags, keep-alive, an empty property list. */
const connectHeadBytes = 11;
/** CONNACK with a receive maximum, a packet size and an alias maximum. */
export const connackBytes = 19;

function packet(restBytes: number): number {
  const lengthBytes = restBytes < 128 ? 1 : restBytes < 16_384 ? 2 : restBytes < 2_097_152 ? 3 : 4;
  return 1 + lengthBytes + restBytes;
}

function text(value: string): number {
  return 2 + Buffer.byteLength(value);
}

/** QoS 1. */
export function publishBytes({ topic, payload, contentType }: MqttMessage, version: '5' | '3.1.1'): number {
  const properties = version === '5' ? 1 + (contentType === null ? 0 : 1 + text(contentType)) : 0;
  return packet(text(topic) + 2 + properties + payload.length);
}

export function connectBytes({ clientId, username, password, will }: MqttConnectOptions): number {
  const signIn = (username === null ? 0 : text(username)) + (password === null ? 0 : text(password));
  return packet(
    connectHeadBytes + text(clientId) + signIn + (will === null ? 0 : 1 + text(will.topic) + 2 + will.payload.length),
  );
}

export function subscribeBytes(filters: readonly string[]): number {
  return packet(3 + filters.reduce((sum, filter) => sum + text(filter) + 1, 0));
}
