/** Plays a scenario at the pace of the theatre's clock: in real time in the demo, in no time in tests. */
import { pause } from '../drivers/clock.js';
import { doDeed } from './deeds.js';
/** After the last step this long is left for what it should bring about, when no other time is asked for. */
const afterLastMs = 10_000;
/** Resolves when `forMs` (from now) are over, or some time after the last step. */
export async function playScenario(theatre, scenario, judge, forMs, onStep) {
    const { clock } = theatre;
    const beganMono = clock.mono();
    const steps = [...scenario.steps].sort((a, b) => a.at_s - b.at_s);
    const endMs = forMs ?? Math.max(...steps.map(({ at_s }) => at_s * 1000)) + afterLastMs;
    for (const step of steps) {
        if (step.at_s * 1000 > endMs)
            break;
        await pause(clock, beganMono + step.at_s * 1000 - clock.mono());
        judge.stepDone(step.id, clock.mono());
        onStep(step.id);
        await doDeed(theatre, step.do);
    }
    await pause(clock, beganMono + endMs - clock.mono());
}
