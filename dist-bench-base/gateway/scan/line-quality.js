/** From this share of the unit's response time on, answers count as slow. */
const slowFrom = 0.5;
/** What is taken away when answers come at the very end of the response time. */
const slowestCost = 20;
/**
 * 0 to 100; null when the unit was not asked. 100 is taken to be perfect, and what is lost is taken away:
 *
 *   100 × (1 − (time-outs + garbled answers + ½ (second answers + late answers)) ÷ requests)
 *     − 20 × how far the 95th percentile of the turnaround stands between half of the response time and all of it
 *
 * never below 0. A time-out and its late answer together cost one request and a half.
 */
export function qualityOf(stats, responseTimeoutMs) {
    const { requests, timeouts, crcErrors, doubles, lateAnswers, latencyP95Ms } = stats;
    if (requests === 0)
        return null;
    const lost = (timeouts + crcErrors + (doubles + lateAnswers) / 2) / requests;
    const share = latencyP95Ms === null ? 0 : latencyP95Ms / responseTimeoutMs;
    const slow = Math.min(1, Math.max(0, (share - slowFrom) / (1 - slowFrom)));
    return Math.max(0, Math.round(100 * (1 - lost) - slowestCost * slow));
}
/** The same for several units together; the slowest speaks for the latency. */
export function sumOf(all) {
    const sum = (what) => all.reduce((total, stats) => total + stats[what], 0);
    const latencies = all.flatMap(({ latencyP95Ms }) => (latencyP95Ms === null ? [] : [latencyP95Ms]));
    return {
        requests: sum('requests'),
        answers: sum('answers'),
        timeouts: sum('timeouts'),
        crcErrors: sum('crcErrors'),
        lateAnswers: sum('lateAnswers'),
        doubles: sum('doubles'),
        latencyP95Ms: latencies.length === 0 ? null : Math.max(...latencies),
    };
}
