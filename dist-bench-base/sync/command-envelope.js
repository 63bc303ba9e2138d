import { orderRules } from './command-rules.js';
import { isShallow } from './json-depth.js';
import { commandLifeMaxMs, commandSchema } from './messages/command.js';
import { endOfDay, readMoment } from './read-moment.js';
import { envelopeMaxBytes, isSignedBy, parseEnvelope } from './signed-envelope.js';
/** A sender's clock may be so far ahead of ours. */
export const aheadMaxMs = 5 * 60_000;
/** `{keyId, payload, signature}` and nothing inside. */
const envelopeDepth = 1;
/** `{what: {zones: […]}}`, and one to spare. */
const payloadDepth = 4;
export const commandRefusals = [
    'oversize',
    'malformed',
    'unsigned',
    'unknown-key',
    'bad-signature',
    'key-expired',
    'foreign',
    'replayed',
    'life-too-long',
    'expired',
    'not-yet-valid',
    'clock-untrusted',
    'before-this-journal',
    'no-right',
    'zone-not-allowed',
];
/** Never throws. */
export function verifyCommand(bytes, context) {
    const refused = (reason, keyId = null, command = null) => ({ ok: false, reason, command, keyId });
    if (bytes.length > envelopeMaxBytes)
        return refused('oversize');
    const envelope = isShallow(Buffer.from(bytes).toString('latin1'), envelopeDepth) ? parseEnvelope(bytes) : null;
    if (envelope === null)
        return refused('malformed');
    if (envelope.keyId === null || envelope.signature === null)
        return refused('unsigned');
    const key = context.keys.get(envelope.keyId);
    if (key === undefined)
        return refused('unknown-key');
    if (!isSignedBy(envelope, 'command', key.publicKey))
        return refused('bad-signature');
    // From here on it is known who speaks.
    if (earliest(context.time) > endOfDay(key.notAfter))
        return refused('key-expired', key.id);
    const command = readPayload(envelope.payload);
    if (command === null)
        return refused('malformed', key.id);
    const reason = refusalOf(command, key, context);
    if (reason !== null)
        return refused(reason, key.id, command.id);
    const expiresWall = readMoment(command.expires) ?? 0;
    return { ok: true, command, key, expiresWall, zones: zonesOf(command.what, key) };
}
function readPayload(payload) {
    // Half a character is signed as a whole one: the text would not be the one that was signed.
    if (Buffer.from(payload, 'utf8').toString('utf8') !== payload)
        return null;
    if (!isShallow(payload, payloadDepth))
        return null;
    try {
        const parsed = commandSchema.safeParse(JSON.parse(payload));
        return parsed.success ? parsed.data : null;
    }
    catch {
        return null;
    }
}
function refusalOf(command, key, context) {
    if (command.district !== context.district || command.site !== context.site)
        return 'foreign';
    if (context.isUsed(command.id))
        return 'replayed';
    const rule = orderRules[command.what.order];
    const untimely = timeRefusal(command, rule.needsTime, context);
    if (untimely !== null)
        return untimely;
    if (!key.rights.includes(rule.right))
        return 'no-right';
    if (key.zones === null)
        return null;
    const wanted = 'zones' in command.what ? (command.what.zones ?? []) : [];
    const allowed = key.zones;
    return rule.isWholeSite || wanted.some((zone) => !allowed.includes(zone)) ? 'zone-not-allowed' : null;
}
function timeRefusal(command, needsTime, { time, remembersSinceWall }) {
    const issuedWall = readMoment(command.issued);
    const expiresWall = readMoment(command.expires);
    if (issuedWall === null || expiresWall === null || expiresWall <= issuedWall)
        return 'malformed';
    if (expiresWall - issuedWall > commandLifeMaxMs)
        return 'life-too-long';
    if (earliest(time) > expiresWall)
        return 'expired';
    if (!time.isSure)
        return needsTime ? 'clock-untrusted' : null;
    if (issuedWall > time.wall + aheadMaxMs)
        return 'not-yet-valid';
    // Issued by a clock that is ahead, it may have been used just before the memory was lost.
    return issuedWall - aheadMaxMs < remembersSinceWall ? 'before-this-journal' : null;
}
function earliest(time) {
    return time.isSure ? time.wall : (time.atLeastWall ?? Number.NEGATIVE_INFINITY);
}
/** What an order leaves open is open only as far as its key reaches. */
function zonesOf(what, key) {
    return ('zones' in what ? what.zones : undefined) ?? key.zones;
}
