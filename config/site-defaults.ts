/** What stands where the site file says nothing. */
import type { Cadence, SiteConfig, SitePanel, StepsByClass } from './site.js';
import type { AlarmClass } from './vocabulary.js';

const minuteMs = 60_000;

/** GB 50116-2013 4.8.6: a burst of 8 to 20 s, then 10 to 30 s of voice [V*]. Cheap horn sirens are rated for minutes, and after three
 * of them everybody who can be woken is awake. */
const fire: Cadence = {
  burstMs: 15_000,
  pauseMs: 0,
  voiceMs: 30_000,
  times: 2,
  soundsMs: 3 * minuteMs,
  restsMs: minuteMs,
  resoundMs: 10 * minuteMs,
};

/** Told from a fire by ear: short, with gaps. */
const warning: Cadence = { ...fire, burstMs: 3000, pauseMs: 5000, times: 1, resoundMs: 30 * minuteMs };

/** A chirp for whoever is near: nothing burns. */
const lesser: Cadence = { ...warning, burstMs: 1000, pauseMs: 19_000, resoundMs: null };

/** How sirens sound. */
export const usualCadences: Readonly<Record<AlarmClass, Cadence>> = {
  fire,
  warning,
  supervisory: lesser,
  fault: lesser,
  technical: lesser,
};

type Voiceless =
  | keyof SitePanel
  | 'speakers'
  | 'messages'
  | 'programme'
  | 'quietHours'
  | 'cadences'
  | 'exercises'
  | 'upkeep';

/** A site without a loudspeaker, without exercises, without a panel, and without anything that wears out. */
export const voiceless: Pick<SiteConfig, Voiceless> = {
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
  panel: null,
  households: [],
};

/**
 * What people do about an alarm where its plan says nothing. GB 25506-2010 4.2.2 [M]: look at once by the quickest way; when it is
 * a fire call 119 (where, what burns, how large, who calls), begin the evacuation, tell whoever is responsible. Micro stations are
 * at the place within 3 minutes (公消〔2015〕301 [V*]). No step asks anybody to stay in smoke.
 */
export const usualSteps: StepsByClass = {
  fire: [
    { zh: '马上去看，带上灭火器和对讲机', en: 'Go and look at once; take an extinguisher and a radio' },
    {
      zh: '有火就打 119：在哪里，烧什么，有没有人被困',
      en: 'If it burns, call 119: where, what burns, is anybody trapped',
    },
    { zh: '叫醒附近的人，先帮老人、孩子出来', en: 'Wake the people near it; help the old and the children out first' },
    { zh: '能安全做到就断电、断气', en: 'Cut power and gas if that is safe' },
    {
      zh: '火小就灭，火大就撤，派人到路口接消防车',
      en: 'Fight a small fire, leave a large one; meet the fire engine at the road',
    },
  ],
  warning: [
    { zh: '去看这里：有没有烟、焦味、燃气味', en: 'Go and look: smoke, a burnt smell, gas' },
    {
      zh: '有燃气味：不点火，不碰开关，开窗，关气阀',
      en: 'Gas: no flame, touch no switch, open windows, shut the valve',
    },
    { zh: '电气报警：断开这一路电，修好再合', en: 'Electrical: switch this circuit off until it is mended' },
    { zh: '有烟有火，按火警办，打 119', en: 'With smoke or flame it is a fire: call 119' },
  ],
  supervisory: [
    { zh: '去看水池、水泵、阀门和水压', en: 'Look at tank, pump, valve and pressure' },
    { zh: '恢复原样：补水、开阀、水泵放自动', en: 'Put it back: fill up, open the valve, pump to automatic' },
    { zh: '恢复不了就报修，这期间多巡查', en: 'If you can not, report it, and go round more often until it is mended' },
  ],
  fault: [
    { zh: '看设备有没有电，接线松没松', en: 'Look whether the device has power and its wires are tight' },
    { zh: '修好之前，派人多看这里几次', en: 'Until it is mended, have somebody look here more often' },
    { zh: '报修，写进值班记录', en: 'Report it for repair, and write it into the duty book' },
  ],
  technical: [
    { zh: '不急：白天处理，写进值班记录', en: 'No hurry: see to it by day, and write it into the duty book' },
  ],
};
