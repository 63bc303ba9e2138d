/** How each class sounds in the page: pitch and rhythm of its own, so that the ear tells fire from a lost wire. Data. */
export type SoundName = 'fire' | 'warning' | 'supervisory' | 'fault' | 'technical' | 'duty-check' | 'lost';

export interface Tone {
  /** Pitch at its begin and its end, Hz. */
  readonly fromHz: number;
  readonly toHz: number;
  readonly ms: number;
  readonly restMs: number;
}

export interface Cadence {
  readonly tones: readonly Tone[];
  /** From the end of one round to the next, ms. */
  readonly pauseMs: number;
  /** 0 to 1. */
  readonly loudness: number;
}

const beep = (hz: number, ms: number, restMs: number): Tone => ({ fromHz: hz, toHz: hz, ms, restMs });

/** Fire: a rising and falling howl without rest. The lower the class, the rarer and softer. Old ears hear 500 to 2000 Hz best. */
export const cadences: Readonly<Record<SoundName, Cadence>> = {
  fire: {
    tones: [
      { fromHz: 650, toHz: 1400, ms: 600, restMs: 0 },
      { fromHz: 1400, toHz: 650, ms: 600, restMs: 0 },
    ],
    pauseMs: 200,
    loudness: 0.9,
  },
  warning: { tones: [beep(1050, 220, 130), beep(1050, 220, 130), beep(1050, 220, 0)], pauseMs: 1200, loudness: 0.7 },
  supervisory: { tones: [beep(780, 350, 150), beep(620, 350, 0)], pauseMs: 4000, loudness: 0.55 },
  fault: { tones: [beep(520, 250, 200), beep(520, 250, 0)], pauseMs: 10_000, loudness: 0.5 },
  technical: { tones: [beep(700, 120, 0)], pauseMs: 60_000, loudness: 0.35 },
  'duty-check': {
    tones: [beep(880, 160, 60), beep(1175, 160, 60), beep(880, 160, 60), beep(1175, 160, 0)],
    pauseMs: 1800,
    loudness: 0.7,
  },
  lost: { tones: [beep(600, 300, 60), beep(450, 300, 60), beep(340, 500, 0)], pauseMs: 15_000, loudness: 0.6 },
};
