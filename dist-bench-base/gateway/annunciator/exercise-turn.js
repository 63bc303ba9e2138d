import { alarmClasses } from '../../config/vocabulary.js';
/** A siren that is tried out does so without a gap. */
const steady = {
    burstMs: 60_000,
    pauseMs: 0,
    voiceMs: 30_000,
    times: 1,
    soundsMs: 60_000,
    restsMs: 0,
    resoundMs: null,
};
const names = {
    drill: { zh: '消防演练', en: 'fire drill' },
    'siren-test': { zh: '警铃试鸣', en: 'siren test' },
    'walk-test': { zh: '走测', en: 'walk test' },
};
/** What sounds and is said in an exercise, over what silenced alarms want quiet. Pure. */
export function exerciseTurn(wish, quiet) {
    const { kind, sound, sayings, origin } = wish;
    const outputs = new Map(quiet);
    for (const id of sound)
        outputs.set(id, { on: true, because: [], exercise: kind });
    const cadence = wish.cadence ?? steady;
    const announcement = {
        id: kind,
        rank: 'drill',
        occasion: kind,
        ...{ sayings, times: cadence.times, untilMono: Number.POSITIVE_INFINITY, volume: null, origin },
        ...{ alarm: null, zone: null, words: names[kind] },
    };
    return {
        ...{ outputs, cadence, isResting: false, weight: alarmClasses.length, subjects: new Set() },
        held: kind === 'drill' ? { speakers: new Set(sayings.keys()), rank: 'drill' } : null,
        words: sayings.size === 0 ? null : () => ({ announcement, said: new Map(), subjects: new Set() }),
    };
}
