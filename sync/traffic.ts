/**
 * What a connection costs on a SIM. Counted are MQTT packets before TLS, because those an uplink knows; what TLS, TCP and IP add is
 * arithmetic. Operators bill IP packets, headers included.
 */
export interface Traffic {
  /** Bytes of MQTT packets, before TLS, since the start of the process. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** MQTT packets in both directions. */
  readonly packets: number;
  /** Connections that were tried. */
  readonly connects: number;
}

export const noTraffic: Traffic = { sentBytes: 0, receivedBytes: 0, packets: 0, connects: 0 };

/** IPv4 without options, TCP with the time stamps that Linux always sends. */
const ipTcpBytes = 20 + 32;
/** Payload of one TCP segment on a mobile network. */
const segmentBytes = 1_360;
/** Head, inner type and authentication tag of a TLS 1.3 record are 22 bytes; TLS 1.2 with AES-GCM has 29. The dearer one. */
const tlsRecordBytes = 29;
/** Certificates of broker and box (two each, ECDSA or RSA-2048), key exchange, session tickets: 3 to 5 kB are usual. */
const tlsHandshakeBytes = 5_000;
/** SYN, SYN-ACK, ACK; FIN, ACK, FIN, ACK. */
const tcpOpenCloseSegments = 7;
/** A message and its confirmation are two packets with one bare acknowledgement: the confirmation carries that of the message. */
const bareAcksPerPacket = 0.5;

/** Bytes that are billed for it. An estimate: ± 10 % on a link that loses little. */
export function billedBytes({ sentBytes, receivedBytes, packets, connects }: Traffic, isTls: boolean): number {
  const records = isTls ? packets * tlsRecordBytes : 0;
  const handshake = isTls ? connects * tlsHandshakeBytes : 0;
  const payload = sentBytes + receivedBytes + records + handshake;
  // Long messages take more than one segment, short ones one each.
  const segments = packets + payload / segmentBytes + packets * bareAcksPerPacket + connects * tcpOpenCloseSegments;
  return Math.round(payload + segments * ipTcpBytes);
}

/** What came since an earlier count; all of it when the counter began anew. */
export function trafficSince(now: Traffic, before: Traffic): Traffic {
  const isSame = now.sentBytes >= before.sentBytes && now.packets >= before.packets && now.connects >= before.connects;
  if (!isSame) return now;
  return {
    sentBytes: now.sentBytes - before.sentBytes,
    receivedBytes: now.receivedBytes - before.receivedBytes,
    packets: now.packets - before.packets,
    connects: now.connects - before.connects,
  };
}
