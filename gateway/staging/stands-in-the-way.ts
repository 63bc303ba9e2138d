/** Why a site file is not applied now. Pure. */
import type { AlarmState } from '../alarm/facets.js';

/** A fire that is not reset, whoever is silenced or out of service; a drill, siren test or walk test. */
export function standsInTheWay(alarms: AlarmState, isExercising: boolean): 'fire' | 'exercise' | null {
  for (const { alarm, class: alarmClass } of alarms.subjects.values()) {
    if (alarm !== null && alarmClass === 'fire') return 'fire';
  }
  return isExercising || alarms.walkTests.size > 0 ? 'exercise' : null;
}
