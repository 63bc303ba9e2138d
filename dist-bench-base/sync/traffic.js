export const noTraffic = { sentBytes: 0, receivedBytes: 0, connects: 0 };
/** IPv4 without options, TCP with the time stamps that Linux always sends. */
const ipTcpBytes = 20 + 32;
/** Payload of one TCP segment on a mobile network. */
const segmentBytes = 1_360;
/** Head, inner type and authentication tag of a TLS 1.3 record are 22 bytes; TLS 1.2 with AES-GCM has 29. The dearer one. */
export const tlsRecordBytes = 29;
/** Certificates of broker and box (two each, ECDSA or RSA-2048), key exchange, session tickets: 3 to 5 kB are usual. */
export const tlsHandshakeBytes = { sent: 2_000, received: 3_000 };
/** A PUBACK of MQTT. */
const confirmationBytes = 4;
/** SYN, SYN-ACK, ACK; FIN, ACK, FIN, ACK. */
const tcpOpenCloseSegments = 7;
/** A message and its confirmation are two packets with one bare acknowledgement: the confirmation carries that of the message. */
const bareAcksPerPacket = 0.5;
/** Bytes that are billed for it. An estimate: within a tenth on a link that loses little. */
export function billedBytes(traffic, isTls) {
    const { sentBytes, receivedBytes, connects, packets = estimatedPackets(traffic, isTls) } = traffic;
    const payload = sentBytes + receivedBytes;
    // Short messages take one segment each, long ones more.
    const segments = packets + payload / segmentBytes + packets * bareAcksPerPacket + connects * tcpOpenCloseSegments;
    return Math.round(payload + segments * ipTcpBytes);
}
function estimatedPackets({ receivedBytes, connects }, isTls) {
    const handshakes = isTls ? connects * tlsHandshakeBytes.received : 0;
    const confirmations = Math.max(0, receivedBytes - handshakes) / (confirmationBytes + (isTls ? tlsRecordBytes : 0));
    return 2 * confirmations;
}
/** What came since an earlier count; all of it when the counter began anew. */
export function trafficSince(now, before) {
    const { sentBytes, receivedBytes, connects, packets } = before;
    if (now.sentBytes < sentBytes || now.receivedBytes < receivedBytes || now.connects < connects)
        return now;
    const since = {
        sentBytes: now.sentBytes - sentBytes,
        receivedBytes: now.receivedBytes - receivedBytes,
        connects: now.connects - connects,
    };
    return now.packets === undefined ? since : { ...since, packets: now.packets - (packets ?? 0) };
}
