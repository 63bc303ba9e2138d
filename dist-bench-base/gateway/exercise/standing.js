import { isAbout } from '../annunciator/desired-outputs.js';
/** Detectors out of service or under test raise no fire that counts: nothing sounds for them. */
export function alarmsStanding(state, plans) {
    let [hasFire, hasSound] = [false, false];
    for (const facets of state.subjects.values()) {
        if (facets.alarm === null || facets.service !== null)
            continue;
        hasFire ||= facets.class === 'fire';
        hasSound ||= facets.sounder === 'sounding' && plans.some((plan) => sounds(plan, facets));
    }
    return { hasFire, hasSound };
}
/** Does the plan sound anything for this alarm, now or in a later step? A warning counts that is only spoken. */
function sounds(plan, facets) {
    const isSpokenHeard = facets.class === 'warning';
    return (isAbout(plan, facets) &&
        plan.steps.some(({ sound, say = [] }) => sound.length > 0 || (isSpokenHeard && say.length > 0)));
}
