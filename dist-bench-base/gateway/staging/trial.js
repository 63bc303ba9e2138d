export const lineMaxMs = 60_000;
export const uplinkMaxMs = 300_000;
/** What a line answers at once may still be the answer to the file before. */
const settleMs = 3_000;
/** What was seen before, and is in the new file: a line or centre that somebody took out is not waited for. */
export function beginTrial(site, before, nowMono) {
    const lines = site.lines
        .filter(({ id }) => before.lines.includes(id))
        .map((line) => ({ id: line.id, name: line.name, maxMs: longestMs(site, line), isSeen: false }));
    const same = site.uplinks.filter(({ id }) => id === before.uplink);
    const wanted = before.uplink === null ? [] : same.length > 0 ? same : site.uplinks;
    return {
        beganMono: nowMono,
        lines,
        uplinks: wanted.map(({ id }) => ({ id, isSeen: false })),
    };
}
export function stepTrial(state, input, nowMono) {
    const sinceMs = nowMono - state.beganMono;
    const isSettled = sinceMs >= settleMs;
    const next = {
        ...state,
        lines: state.lines.map((line) => ({ ...line, isSeen: line.isSeen || (isSettled && input.lines.has(line.id)) })),
        uplinks: state.uplinks.map((uplink) => ({ ...uplink, isSeen: uplink.isSeen || input.uplinks.has(uplink.id) })),
    };
    return { state: next, verdict: verdictOf(next, sinceMs) };
}
function verdictOf({ lines, uplinks }, sinceMs) {
    const lost = lines.find(({ isSeen, maxMs }) => !isSeen && sinceMs >= maxMs);
    if (lost !== undefined) {
        const s = Math.round(lost.maxMs / 1000);
        const words = {
            zh: `线路${lost.name.zh} ${s} 秒内无应答`,
            en: `line ${lost.name.en} did not answer within ${s} s`,
        };
        return { kind: 'failed', reason: 'line', what: lost.id, words };
    }
    const isReached = uplinks.length === 0 || uplinks.some(({ isSeen }) => isSeen);
    if (!isReached && sinceMs >= uplinkMaxMs) {
        const what = uplinks.map(({ id }) => id).join(', ');
        const words = { zh: `平台 ${what} 5 分钟内未连上`, en: `uplink ${what} was not reached within 5 min` };
        return { kind: 'failed', reason: 'uplink', what, words };
    }
    return { kind: isReached && lines.every(({ isSeen }) => isSeen) ? 'healthy' : 'waiting' };
}
/** Nobody is asked on a line whose devices speak by themselves: they have the time after which they count as silent. */
function longestMs({ streams }, { id }) {
    return Math.max(lineMaxMs, ...streams.filter(({ line }) => line === id).map(({ silenceMs }) => silenceMs));
}
