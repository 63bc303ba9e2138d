/** A fire that is not reset, whoever is silenced or out of service; a drill, siren test or walk test. */
export function standsInTheWay(alarms, isExercising) {
    for (const { alarm, class: alarmClass } of alarms.subjects.values()) {
        if (alarm !== null && alarmClass === 'fire')
            return 'fire';
    }
    return isExercising || alarms.walkTests.size > 0 ? 'exercise' : null;
}
