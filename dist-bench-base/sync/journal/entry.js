const operationKinds = new Set([
    'alarm.acknowledged',
    'alarm.silenced',
    'alarm.resounded',
    'alarm.reset',
    'service.changed',
    'output.found_on',
    'output.commanded',
    'output.proven',
]);
/** What nobody outside is told: of a walk test the district hears its summary (design.md §5), and a note about a drill may name
 * people (§6). */
const localKinds = new Set(['walk_test.seen', 'drill.noted']);
/** What belongs to a fire only if it belongs to an alarm: the words of an alarm, not the daily programme. */
const kindsOfAlarms = new Set(['voice.begun', 'voice.ended']);
/** Fire and what belongs to it (acknowledge, silence, reset, outputs, its words) travels in the fire lane; all else in `journal`. */
export function laneOf(draft) {
    if (localKinds.has(draft.kind))
        return 'local';
    if (kindsOfAlarms.has(draft.kind)) {
        if (draft.detail['occasion'] === 'walk-test')
            return 'local';
        if (draft.alarm !== null)
            return 'fire';
    }
    return draft.class === 'fire' || operationKinds.has(draft.kind) ? 'fire' : 'journal';
}
