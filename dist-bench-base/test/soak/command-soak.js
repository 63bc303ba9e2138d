/** `npm run soak -- commands`: hostile commands by the million, with progress, speed and memory. */
import { fuzzCommands } from './command-fuzz.js';
/** So many at a time, so that progress shows. */
const portion = 50_000;
/** What the heap may have grown by after a collection: nothing is kept of what is refused. */
const heapMaxMb = 8;
/** False when one was accepted, or memory grew. */
export function soakCommands({ count, seed, asJson }) {
    const reasons = {};
    let [fed, accepted] = [0, 0];
    fuzzCommands(1_000, seed);
    const heapBeforeMb = heapMb();
    const beganMs = performance.now();
    while (fed < count) {
        const result = fuzzCommands(Math.min(portion, count - fed), seed + fed);
        fed += result.fed;
        accepted += result.accepted;
        for (const [reason, times] of Object.entries(result.reasons))
            reasons[reason] = (reasons[reason] ?? 0) + times;
        const leftS = (((performance.now() - beganMs) / fed) * (count - fed)) / 1000;
        process.stderr.write(`  … commands: ${fed} of ${count}, about ${leftS.toFixed(0)} s left\n`);
    }
    const tookS = (performance.now() - beganMs) / 1000;
    const grownMb = heapMb() - heapBeforeMb;
    const perS = Math.round(fed / tookS);
    process.stdout.write(asJson
        ? `${JSON.stringify({ what: 'commands', seed, fed, accepted, reasons, tookS, perS, grownMb })}\n`
        : `commands: ${fed} fed, ${accepted} accepted, 0 crashes, ${perS}/s, heap ${grownMb.toFixed(1)} MB more, ${tookS.toFixed(1)} s (seed ${seed})\n` +
            `  ${Object.entries(reasons)
                .map(([reason, times]) => `${reason} ${times}`)
                .join(', ')}\n`);
    return accepted === 0 && grownMb <= heapMaxMb;
}
/** Garbage does not count; `npm run soak` starts node with --expose-gc. */
function heapMb() {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
}
