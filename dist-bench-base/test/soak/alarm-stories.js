/** Many random lives of the alarm engine, each with a seed of its own; a broken rule is thrown with it. */
import { AlarmStory } from '../gateway/alarm-story.js';
/** Long enough to grow old, short enough to be read again by its seed. */
const stepsOfStory = 2_000;
export function liveStories({ steps, seed, asJson }) {
    const beganMs = performance.now();
    const counts = {};
    let done = 0;
    for (let n = 0; done < steps; n++) {
        const story = new AlarmStory(seed + n);
        for (let i = 0; i < stepsOfStory && done < steps; i++, done++)
            story.live();
        for (const [kind, count] of Object.entries(story.counts))
            counts[kind] = (counts[kind] ?? 0) + count;
        if (done % 20_000 === 0)
            process.stderr.write(`  … alarm: ${done} of ${steps} steps\n`);
    }
    const tookS = (performance.now() - beganMs) / 1000;
    const reached = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
    process.stdout.write(asJson
        ? `${JSON.stringify({ what: 'alarm', seed, steps, counts, tookS })}\n`
        : `alarm: ${steps} steps, no rule broken, ${tookS.toFixed(1)} s (seeds from ${seed})\n  ${reached.join(', ')}\n`);
}
