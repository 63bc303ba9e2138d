/** What a failed try to connect was about: the codes of OpenSSL, of Node and of the broker, as a fault that says what to do. Pure. */
import { quoteOutside } from '../../config/problem.js';
import { UplinkError } from '../uplink.js';
/** What each side can find wrong, first match wins. Node tells the verdict on the broker's certificate in words of its own
 * (https://nodejs.org/api/tls.html#x509-certificate-error-codes); what the broker finds wrong with ours comes as a TLS alert. */
const tlsVerdicts = [
    [/^CERT_HAS_EXPIRED$/, 'UPLINK-012'],
    [/^CERT_NOT_YET_VALID$/, 'UPLINK-013'],
    [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, 'UPLINK-014'],
    [/^ERR_SSL_.*_ALERT_(?:.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)/, 'UPLINK-015'],
    [/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|ERROR_IN_CERT)/, 'UPLINK-011'],
    // A certificate, key or authority file that is none, or a key that belongs to another certificate.
    [/^ERR_OSSL|^ERR_SSL_.*(?:PEM|KEY_VALUES_MISMATCH|NO_START_LINE)|^ERR_CRYPTO/, 'UPLINK-007'],
    [/^(?:ERR_TLS|ERR_SSL)/, 'UPLINK-020'],
];
/** The other side hung up. */
const cutCodes = new Set(['ECONNRESET', 'EPIPE']);
/** CONNACK codes of both protocol versions. */
const connackVerdicts = new Map([
    [1, 'UPLINK-021'],
    [0x84, 'UPLINK-021'],
    [2, 'UPLINK-017'],
    [0x85, 'UPLINK-017'],
    [4, 'UPLINK-002'],
    [5, 'UPLINK-002'],
    [0x86, 'UPLINK-002'],
    [0x87, 'UPLINK-002'],
    [0x8a, 'UPLINK-002'],
    [0x8c, 'UPLINK-002'],
    [0x9b, 'UPLINK-019'],
]);
/**
 * @param cause null: it was closed before an answer.
 * @param isWithoutTls somebody was there, but TLS never came about.
 */
export function connectError(where, cause, isWithoutTls = false) {
    const found = verdict(codeOf(cause));
    const wasCut = cause === null || cutCodes.has(String(codeOf(cause)));
    const got = cause === null ? 'closed before an answer' : textOf(cause);
    return new UplinkError(isWithoutTls && wasCut ? 'UPLINK-020' : found, where, got, cause ?? undefined);
}
function verdict(code) {
    if (typeof code === 'number')
        return connackVerdicts.get(code) ?? 'UPLINK-001';
    if (typeof code !== 'string')
        return 'UPLINK-001';
    return tlsVerdicts.find(([pattern]) => pattern.test(code))?.[1] ?? 'UPLINK-001';
}
export function codeOf(cause) {
    return cause instanceof Error && 'code' in cause ? cause.code : null;
}
/** The cause in one line, fit for a message. */
export function textOf(cause) {
    const code = codeOf(cause);
    const message = cause instanceof Error ? cause.message : String(cause);
    return quoteOutside(typeof code === 'string' && !message.includes(code) ? `${code} ${message}` : message);
}
