const minuteMs = 60_000;
/** GB 50116-2013 4.8.6: a burst of 8 to 20 s, then 10 to 30 s of voice [V*]. Cheap horn sirens are rated for minutes, and after three
 * of them everybody who can be woken is awake. */
const fire = {
    burstMs: 15_000,
    pauseMs: 0,
    voiceMs: 30_000,
    times: 2,
    soundsMs: 3 * minuteMs,
    restsMs: minuteMs,
    resoundMs: 10 * minuteMs,
};
/** Told from a fire by ear: short, with gaps. */
const warning = { ...fire, burstMs: 3000, pauseMs: 5000, times: 1, resoundMs: 30 * minuteMs };
/** A chirp for whoever is near: nothing burns. */
const lesser = { ...warning, burstMs: 1000, pauseMs: 19_000, resoundMs: null };
/** How sirens sound. */
export const usualCadences = {
    fire,
    warning,
    supervisory: lesser,
    fault: lesser,
    technical: lesser,
};
/** A site without a loudspeaker, without exercises, and without anything that wears out. */
export const voiceless = {
    speakers: [],
    messages: [],
    programme: [],
    quietHours: null,
    cadences: usualCadences,
    exercises: {
        drill: { lastsMs: 10 * minuteMs, begins: null, ends: null, dueAfterMs: null },
        sirenTest: null,
        walkTest: { speakers: [], chirpMs: 500 },
    },
    upkeep: [],
};
