/** The bytes of a PUBLISH of QoS 1 before its payload, MQTT 5 and 3.1.1 (OASIS, §3.3 of both). Pure. */

const publishQos1 = 0x32;
const retainFlag = 0x01;
const contentTypeId = 0x03;
const topicAliasId = 0x23;
/** A length that is written in four bytes of seven bits. */
const lengthMaxBytes = 4;

export interface PublishHead {
  readonly version: '5' | '3.1.1';
  /** Empty: the alias says it. */
  readonly topic: string;
  readonly id: number;
  readonly retain: boolean;
  readonly payloadBytes: number;
  /** Both of MQTT 5 only. */
  readonly contentType: string | null;
  readonly alias: number | null;
}

export function publishHead({ version, topic, id, retain, payloadBytes, contentType, alias }: PublishHead): Buffer {
  const topicBytes = Buffer.byteLength(topic);
  const typeBytes = contentType === null ? 0 : Buffer.byteLength(contentType);
  const propertyBytes = (contentType === null ? 0 : 3 + typeBytes) + (alias === null ? 0 : 3);
  const isFive = version === '5';
  const ownBytes = 2 + topicBytes + 2 + (isFive ? lengthBytes(propertyBytes) + propertyBytes : 0);
  const remainingBytes = ownBytes + payloadBytes;
  const head = Buffer.allocUnsafe(1 + lengthBytes(remainingBytes) + ownBytes);
  head[0] = publishQos1 | (retain ? retainFlag : 0);
  let at = writeText(head, writeLength(head, 1, remainingBytes), topic, topicBytes);
  at = writeShort(head, at, id);
  if (!isFive) return head;
  at = writeLength(head, at, propertyBytes);
  if (contentType !== null) {
    head[at] = contentTypeId;
    at = writeText(head, at + 1, contentType, typeBytes);
  }
  if (alias !== null) {
    head[at] = topicAliasId;
    writeShort(head, at + 1, alias);
  }
  return head;
}

function lengthBytes(length: number): number {
  let bytes = 1;
  for (let rest = length; rest >= 128 && bytes < lengthMaxBytes; rest >>= 7) bytes += 1;
  return bytes;
}

function writeLength(bytes: Buffer, from: number, length: number): number {
  let at = from;
  for (let rest = length; ; rest >>= 7) {
    bytes[at] = rest < 128 ? rest : (rest & 0x7f) | 0x80;
    at += 1;
    if (rest < 128) return at;
  }
}

function writeShort(bytes: Buffer, at: number, value: number): number {
  bytes[at] = value >> 8;
  bytes[at + 1] = value & 0xff;
  return at + 2;
}

function writeText(bytes: Buffer, at: number, text: string, textBytes: number): number {
  const from = writeShort(bytes, at, textBytes);
  if (textBytes > 0) bytes.write(text, from);
  return from + textBytes;
}
