/**
 * How each class sounds in the page: pitch and rhythm of its own, so that the ear tells fire from a lost wire; and how often, by
 * day and by night: fire never waits, what can wait lets people sleep. When night is says the site file. Data.
 */
export type SoundName = 'fire' | 'warning' | 'supervisory' | 'fault' | 'technical' | 'duty-check' | 'lost';

export interface Tone {
  /** Pitch at its begin and its end, Hz. */
  readonly fromHz: number;
  readonly toHz: number;
  readonly ms: number;
  readonly restMs: number;
}

/** From the end of one round to the next, ms; `once`: for each new alarm; `never`: it waits for the morning. */
export type Pause = number | 'once' | 'never';

export interface Cadence {
  readonly tones: readonly Tone[];
  readonly day: Pause;
  readonly night: Pause;
  /** 0 to 1. */
  readonly loudness: number;
}

const beep = (hz: number, ms: number, restMs: number): Tone => ({ fromHz: hz, toHz: hz, ms, restMs });
/** A slow whoop up and down: nothing else here glides. */
const howl: readonly Tone[] = [
  { fromHz: 650, toHz: 1400, ms: 600, restMs: 0 },
  { fromHz: 1400, toHz: 650, ms: 600, restMs: 0 },
];
const three = [beep(1050, 220, 130), beep(1050, 220, 130), beep(1050, 220, 0)];
const ring = [beep(880, 160, 60), beep(1175, 160, 60), beep(880, 160, 60), beep(1175, 160, 0)];
const down = [beep(600, 300, 60), beep(450, 300, 60), beep(340, 500, 0)];

/** The lower the class, the rarer and softer. Old ears hear 500 to 2000 Hz best. */
export const cadences: Readonly<Record<SoundName, Cadence>> = {
  fire: { tones: howl, day: 200, night: 200, loudness: 0.9 },
  warning: { tones: three, day: 1200, night: 1200, loudness: 0.7 },
  supervisory: { tones: [beep(780, 350, 150), beep(620, 350, 0)], day: 60_000, night: 600_000, loudness: 0.55 },
  fault: { tones: [beep(520, 250, 200), beep(520, 250, 0)], day: 300_000, night: 'once', loudness: 0.5 },
  technical: { tones: [beep(700, 120, 0)], day: 'once', night: 'never', loudness: 0.35 },
  'duty-check': { tones: ring, day: 1800, night: 1800, loudness: 0.7 },
  lost: { tones: down, day: 15_000, night: 15_000, loudness: 0.6 },
};

export function pauseOf(sound: SoundName, isNight: boolean): Pause {
  return isNight ? cadences[sound].night : cadences[sound].day;
}
