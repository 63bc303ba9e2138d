/** How much is kept on the box, and what is sampled. */
import { brandId } from './ids.js';
import { journalSchema, telemetrySchema } from './keeping-schema.js';
const dayMs = 86_400_000;
const minuteMs = 60_000;
const bytesOfMb = 1_000_000;
export function resolveJournal(journal) {
    const { size_max_mb, keep_days, telemetry_keep_days, card_mb_per_day } = journal ?? journalSchema.parse({});
    return {
        maxBytes: size_max_mb * bytesOfMb,
        keepMs: keep_days * dayMs,
        telemetryKeepMs: telemetry_keep_days * dayMs,
        cardBytesPerDay: card_mb_per_day * bytesOfMb,
    };
}
export function resolveTelemetry(telemetry, devices) {
    const { heartbeat_min, min_interval_s, off } = telemetry ?? telemetrySchema.parse({});
    const points = devices.flatMap(({ id, sampling }) => Object.entries(sampling).map(([key, each]) => [
        brandId(`${id}/${key}`),
        {
            deadband: each.deadband ?? null,
            heartbeatMs: each.heartbeat_min === undefined ? null : each.heartbeat_min * minuteMs,
            isOff: each.off,
        },
    ]));
    return {
        isOff: off,
        heartbeatMs: heartbeat_min * minuteMs,
        minIntervalMs: min_interval_s * 1000,
        points: new Map(points),
    };
}
