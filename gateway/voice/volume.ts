import type { DayWindow, SpeakerConfig } from '../../config/sounding.js';
import type { Rank } from './announcement.js';

const loudRanks: ReadonlySet<Rank> = new Set(['fire', 'evacuation', 'drill']);

/** `minute` since local midnight, 0 to 1439. */
export function isInWindow({ fromMin, toMin }: DayWindow, minute: number): boolean {
  return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}

/** How loud something of that rank is said there at that minute of the local day, percent. */
export function volumeOf(config: SpeakerConfig, rank: Rank, minute: number): number {
  if (loudRanks.has(rank)) return config.loudVolume;
  return config.volumes.find((window) => isInWindow(window, minute))?.volume ?? config.volume;
}
