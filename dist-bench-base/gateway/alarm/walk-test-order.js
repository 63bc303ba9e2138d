/** The longest walk test (design.md §5). */
export const walkTestMaxMs = 30 * 60_000;
/** Why this can not be done; null: it can. `known`: all subjects of the site, of whatever class. */
export function walkTestRefusal({ zone, to, forMs = walkTestMaxMs }, state, known) {
    const isUnderTest = state.walkTests.has(zone);
    if (to === 'end')
        return isUnderTest ? null : 'not-under-test';
    if (isUnderTest)
        return 'already-under-test';
    if (!(forMs > 0 && forMs <= walkTestMaxMs))
        return 'too-long';
    // Latched, out of service or waiting for its delay: nobody plays at fire where there may be one.
    for (const { class: own, alarm, condition } of state.subjects.values()) {
        if (own === 'fire' && (alarm !== null || condition === 'pending'))
            return 'fire-stands';
    }
    return testable(zone, state, known).length === 0 ? 'nothing-to-test' : null;
}
/** The points of class fire of a zone that are in service. */
export function testable(zone, { subjects }, known) {
    return [...known].filter((each) => each.class === 'fire' && each.zone === zone && (subjects.get(each.key)?.service ?? null) === null);
}
