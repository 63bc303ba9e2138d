/**
 * Does a unit answer?   answering ──failure──▶ doubtful ──3 failures and 1 s──▶ silent ──answer──▶ answering
 * Both a count and a time, so that neither one lost frame nor a fast retry makes a fault. Pure.
 */
/** Failures in a row, and the time they must span, before a unit counts as silent. */
export const silentAfterFailures = 3;
export const silentAfterMs = 1000;
export const healthyUnit = { mode: 'answering', failures: 0, firstFailureMono: 0, lastFailureMono: 0 };
export function stepUnitHealth(health, hasAnswered, nowMono) {
    if (hasAnswered)
        return health.mode === 'answering' ? health : healthyUnit;
    const failures = health.failures + 1;
    const firstFailureMono = health.failures === 0 ? nowMono : health.firstFailureMono;
    const isSilent = health.mode === 'silent' || (failures >= silentAfterFailures && nowMono - firstFailureMono >= silentAfterMs);
    return { mode: isSilent ? 'silent' : 'doubtful', failures, firstFailureMono, lastFailureMono: nowMono };
}
