/**
 * What is heard at the panel, by class and hour: what burns is always heard, what can wait lets people sleep. Only of what nobody has
 * acknowledged or silenced. Sirens and loudspeakers have plans of their own; this is the box in the duty room. Pure.
 */
import type { DayWindow } from '../../config/site.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import { isInWindow } from '../voice/volume.js';

/** 查岗 has a sound of its own: an answer is due within minutes. */
export type SoundCause = AlarmClass | 'duty-check';

/** Loudest first: the one that is heard when several could be. */
export const soundOrder: readonly SoundCause[] = [
  ...(['fire', 'warning', 'duty-check', 'supervisory', 'fault', 'technical'] as const),
];

export interface PanelSound {
  /** Each has its own tone; `fault` is a soft double one. */
  readonly tone: SoundCause;
  /** From one beginning to the next, ms; null: once. */
  readonly everyMs: number | null;
}

export interface SoundNeed {
  readonly cause: SoundCause;
  /** It has made no sound at the panel since this night, or this day, began. */
  readonly isFirst: boolean;
}

/** Fire and warning go on without a gap that somebody could fall asleep in. */
const urgentEveryMs = 4_000;
const dutyCheckEveryMs = 10_000;
/** Water that is missing at a fire is worth a walk, at night too, but nobody has to stand up for each minute of it. */
const supervisoryEveryMs = 60_000;
const supervisoryNightEveryMs = 600_000;
const faultEveryMs = 300_000;

/** Null: it is shown, and makes no sound now. `minute`: of the local day, 0 to 1439. */
export function soundFor({ cause, isFirst }: SoundNeed, minute: number, night: DayWindow): PanelSound | null {
  const isNight = isInWindow(night, minute);
  switch (cause) {
    case 'fire':
    case 'warning':
      return { tone: cause, everyMs: urgentEveryMs };
    case 'duty-check':
      return { tone: cause, everyMs: dutyCheckEveryMs };
    case 'supervisory':
      return { tone: cause, everyMs: isNight ? supervisoryNightEveryMs : supervisoryEveryMs };
    case 'fault':
      if (!isNight) return { tone: cause, everyMs: faultEveryMs };
      return isFirst ? { tone: cause, everyMs: null } : null;
    case 'technical':
      // What came up at night is first heard in the morning.
      return isNight || !isFirst ? null : { tone: cause, everyMs: null };
  }
}

/** What is heard of everything that is the matter. */
export function panelSound(needs: Iterable<SoundNeed>, minute: number, night: DayWindow): PanelSound | null {
  const sounds = [...needs].flatMap((need) => soundFor(need, minute, night) ?? []);
  for (const cause of soundOrder) {
    const sound = sounds.find(({ tone }) => tone === cause);
    if (sound !== undefined) return sound;
  }
  return null;
}
