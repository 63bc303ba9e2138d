export function steppedDraft({ fromWall, toWall, steps, trust }) {
    const stepMs = Math.round(toWall - fromWall);
    const how = stepMs >= 0 ? { zh: '拨快', en: 'forward' } : { zh: '拨慢', en: 'back' };
    const span = spanWords(Math.abs(stepMs));
    const [from, to] = [describe(fromWall), describe(toWall)];
    const times = steps === 1 ? { zh: '', en: '' } : { zh: `（共 ${steps} 次）`, en: ` (${steps} steps)` };
    const words = {
        zh: `时钟被${how.zh} ${span.zh}${times.zh}：由 ${from} 变为 ${to}`,
        en: `the clock was set ${how.en} by ${span.en}${times.en}: from ${from} to ${to}`,
    };
    const detail = { from: Math.round(fromWall), to: Math.round(toWall), step_ms: stepMs, steps, trust };
    return draft('clock.stepped', words, detail);
}
/**
 * Rows of that boot with from_mono ≤ mono ≤ until_mono whose clock is not `trusted` are off: their true time is `wall` +
 * `correction_ms`. One such entry per stretch; 0: the clock was right all the time.
 */
export function correctedDraft(boot, { fromMono, untilMono }, correctionMs) {
    const offMs = Math.round(correctionMs);
    const off = spanWords(Math.abs(offMs));
    const [from, until] = [spanWords(fromMono), spanWords(untilMono)];
    const verdict = offMs === 0
        ? { zh: '时间无误', en: 'have the right time' }
        : offMs > 0
            ? { zh: `实际时间应加 ${off.zh}`, en: `are dated ${off.en} too early` }
            : { zh: `实际时间应减 ${off.zh}`, en: `are dated ${off.en} too late` };
    const words = {
        zh: `时钟已可信：本次启动后 ${from.zh} 至 ${until.zh} 的记录，${verdict.zh}`,
        en: `the clock can be trusted now: entries made ${from.en} to ${until.en} after this start ${verdict.en}`,
    };
    return draft('clock.corrected', words, { boot, from_mono: fromMono, until_mono: untilMono, correction_ms: offMs });
}
function draft(kind, words, detail) {
    return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin: null, detail };
}
const units = [
    [86_400_000, '天', 'd'],
    [3_600_000, '小时', 'h'],
    [60_000, '分', 'min'],
    [1_000, '秒', 's'],
];
/** The two largest units: `1 天 2 小时`, `1 d 2 h`. */
function spanWords(ms) {
    const parts = [];
    let left = ms;
    for (const [unitMs, zh, en] of units) {
        const count = Math.floor(left / unitMs);
        left -= count * unitMs;
        if (count > 0)
            parts.push([count, zh, en]);
    }
    if (parts.length === 0)
        return { zh: `${Math.round(ms)} 毫秒`, en: `${Math.round(ms)} ms` };
    const largest = parts.slice(0, 2);
    return {
        zh: largest.map(([count, zh]) => `${count} ${zh}`).join(' '),
        en: largest.map(([count, , en]) => `${count} ${en}`).join(' '),
    };
}
/** `2026-11-28 08:00:00`, local. */
function describe(wallMs) {
    return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }).format(wallMs);
}
