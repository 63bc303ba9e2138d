/** Centres, the keys that may order something from there, and codes that their platforms know. */
import { brandId } from './ids.js';
import { beside } from './resolve-path.js';
const hourMs = 3_600_000;
const bytesOfMb = 1_000_000;
export function resolveUplink(file, uplink) {
    const optionalFile = (name) => (name === undefined ? null : beside(file, name));
    const { tell, templates } = uplink;
    return {
        id: brandId(uplink.id),
        kind: uplink.kind,
        url: uplink.url,
        mqttVersion: uplink.mqtt_version === '3.1.1' ? '3.1.1' : '5',
        clientId: uplink.client_id ?? null,
        username: uplink.username ?? null,
        passwordFile: optionalFile(uplink.password_file),
        caFile: optionalFile(uplink.ca_file),
        certFile: optionalFile(uplink.cert_file),
        keyFile: optionalFile(uplink.key_file),
        keepaliveS: uplink.keepalive_s,
        tell: {
            classes: tell?.classes ?? null,
            zones: tell?.zones?.map((zone) => brandId(zone)) ?? null,
            kinds: tell?.kinds ?? null,
            withPrivate: tell?.private ?? false,
        },
        format: uplink.format,
        templates: {
            report: templates?.report ?? null,
            telemetry: templates?.telemetry ?? null,
            status: templates?.status ?? null,
        },
        telemetry: uplink.telemetry,
        pacePerS: uplink.pace_per_s,
        dataBudgetBytes: uplink.data_budget_mb === undefined ? null : uplink.data_budget_mb * bytesOfMb,
        receipts: uplink.receipts,
        receiptWithinMs: uplink.receipt_within_h * hourMs,
        takesCommands: uplink.commands,
    };
}
export function resolveCommandKey(key) {
    return {
        id: key.id,
        publicKey: key.public_key,
        rights: key.rights,
        zones: key.zones?.map((zone) => brandId(zone)) ?? null,
        notAfter: key.not_after,
    };
}
/** By the id of the device, or of the point of a listed object. */
export function resolveCodes(devices) {
    const codes = devices.flatMap(({ id, code, objects }) => [
        ...(code === undefined ? [] : [[id, code]]),
        ...objects.flatMap((object) => (object.code === undefined ? [] : [[`${id}/${object.id}`, object.code]])),
    ]);
    return new Map(codes);
}
