/** How sirens sound and what is exercised, with what is built in where the file says nothing. Times in ms. */
import { brandId } from './ids.js';
import { resolveSay, speakersOf, weekdayOf } from './resolve-voice.js';
import { usualCadences, voiceless } from './site-defaults.js';
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
export function resolveCadences(yaml = {}) {
    return {
        fire: cadenceOf(yaml, 'fire'),
        warning: cadenceOf(yaml, 'warning'),
        supervisory: cadenceOf(yaml, 'supervisory'),
        fault: cadenceOf(yaml, 'fault'),
        technical: cadenceOf(yaml, 'technical'),
    };
}
/** Each key that is written replaces the one built in. */
export function cadenceOf(yaml, alarmClass) {
    const usual = usualCadences[alarmClass];
    const { burst_s, pause_s, voice_s, times, sounds_s, rests_s, resound_s } = yaml[alarmClass] ?? {};
    return {
        burstMs: msOr(burst_s, usual.burstMs),
        pauseMs: msOr(pause_s, usual.pauseMs),
        voiceMs: msOr(voice_s, usual.voiceMs),
        times: times ?? usual.times,
        soundsMs: msOr(sounds_s, usual.soundsMs),
        restsMs: msOr(rests_s, usual.restsMs),
        resoundMs: resound_s === undefined ? usual.resoundMs : msOf(resound_s),
    };
}
export function resolveExercises({ drill, siren_test, walk_test, outputs }) {
    const usual = voiceless.exercises;
    return {
        drill: drill === undefined
            ? usual.drill
            : {
                lastsMs: drill.lasts_min * minuteMs,
                begins: sayOrNull(drill.begins),
                ends: sayOrNull(drill.ends),
                dueAfterMs: drill.due_after_days * dayMs,
            },
        sirenTest: siren_test === undefined ? usual.sirenTest : sirenTestOf(siren_test, outputs),
        walkTest: walk_test === undefined ? usual.walkTest : { speakers: speakersOf(walk_test.on), chirpMs: walk_test.chirp_ms },
    };
}
function sirenTestOf(yaml, outputs) {
    const sirens = outputs.filter(({ kind }) => kind === 'siren').map(({ id }) => id);
    return {
        day: weekdayOf(yaml.day),
        at: yaml.at,
        begins: sayOrNull(yaml.begins),
        outputs: [...new Set(yaml.outputs ?? sirens)].map((id) => brandId(id)),
        soundsMs: msOf(yaml.sounds_s),
        volume: yaml.volume,
    };
}
function sayOrNull(say) {
    return say === undefined ? null : resolveSay(say);
}
function msOr(seconds, usualMs) {
    return seconds === undefined ? usualMs : msOf(seconds);
}
function msOf(seconds) {
    return Math.round(seconds * 1000);
}
