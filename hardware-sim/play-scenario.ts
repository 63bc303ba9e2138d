/** Plays a scenario at the pace of the theatre's clock: in real time in the demo, in no time in tests. */
import { type Cancel, pause } from '../drivers/clock.js';
import { doDeed, type Theatre } from './deeds.js';
import type { Scenario } from './scenario.js';
import type { ScenarioJudge } from './scenario-judge.js';
import type { Village } from './village.js';

/** Resolves when `forMs` (from now) are over, or the rest after the last step. */
export async function playScenario(
  theatre: Theatre,
  scenario: Scenario,
  judge: ScenarioJudge,
  forMs: number | null,
  onStep: (stepId: string) => void,
): Promise<void> {
  const { clock } = theatre;
  const beganMono = clock.mono();
  const steps = [...scenario.steps].sort((a, b) => a.at_s - b.at_s);
  const endMs = forMs ?? (Math.max(...steps.map(({ at_s }) => at_s)) + scenario.rest_s) * 1000;
  for (const step of steps) {
    if (step.at_s * 1000 > endMs) break;
    await pause(clock, beganMono + step.at_s * 1000 - clock.mono());
    judge.stepDone(step.id, clock.mono());
    onStep(step.id);
    await doDeed(theatre, step.do);
  }
  await pause(clock, beganMono + endMs - clock.mono());
}

/** Shows the judge what the sirens of the village do, from now on. */
export function watchOutputs(
  { config, outputIsOn, onOutputChange }: Village,
  judge: ScenarioJudge,
  mono: () => number,
): Cancel {
  for (const { id } of config.outputs) judge.seeOutput(id, outputIsOn(id), mono());
  return onOutputChange((id, on) => judge.seeOutput(id, on, mono()));
}
