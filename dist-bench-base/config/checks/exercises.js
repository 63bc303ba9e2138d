import { cadenceOf } from '../resolve-exercises.js';
import { alarmClasses } from '../vocabulary.js';
import { missing } from './finding.js';
/** A burst and the voice after it fit into the time that a cadence sounds; a siren test names sirens. */
export const checkExercises = function* (site) {
    yield* cadencesFit(site);
    yield* testsSirens(site);
};
function* cadencesFit({ draft }) {
    const { cadences } = draft;
    for (const alarmClass of alarmClasses) {
        if (cadences?.[alarmClass] === undefined)
            continue;
        const { burstMs, voiceMs, soundsMs } = cadenceOf(cadences, alarmClass);
        if (burstMs + voiceMs <= soundsMs)
            continue;
        yield {
            code: 'CONF-081',
            path: ['cadences', alarmClass],
            where: `cadences.${alarmClass}`,
            expected: 'burst_s + voice_s ≤ sounds_s',
            got: `${burstMs / 1000} + ${voiceMs / 1000} > ${soundsMs / 1000}`,
        };
    }
}
function* testsSirens({ draft }) {
    const where = 'siren_test';
    for (const [at, id] of (draft.sirenTest?.outputs ?? []).entries()) {
        const path = ['siren_test', 'outputs', at];
        if (!draft.named.outputs.has(id))
            yield missing('CONF-050', path, where, id, draft.named.outputs);
        const kind = draft.outputs.find(({ value }) => value.id === id)?.value.kind;
        if (kind === undefined || kind === 'siren')
            continue;
        yield { code: 'CONF-086', path, where, expected: 'kind: siren', got: `${id} (kind: ${kind})` };
    }
}
