/** The first step of a start: what carries outputs is opened, and what is on is found, before anything is read. */
import { type Clock, pause } from '../drivers/clock.js';
import type { EntryDraft } from '../sync/journal/entry.js';
import type { Annunciator } from './annunciator/annunciator.js';
import type { SiteLines } from './site-lines.js';
import type { SitePins } from './site-pins.js';

/** Lines and pins that did not open by then are a fault; the start goes on. */
const firstOpenMaxMs = 1000;

export interface HardwareParts {
  readonly clock: Clock;
  readonly lines: SiteLines;
  readonly pins: SitePins;
  readonly annunciator: Annunciator;
  /** Lines that have been opened, or could not be. */
  readonly linesTold: () => number;
  /** All of it takes no longer; null: as long as its parts may. */
  readonly maxMs: number | null;
}

/** What is to be journaled about outputs that were found on. */
export function openHardware(parts: HardwareParts): Promise<readonly EntryDraft[]> {
  const opening = openAndLook(parts);
  if (parts.maxMs === null) return opening;
  return Promise.race([opening, pause(parts.clock, parts.maxMs).then(() => [])]);
}

async function openAndLook({ clock, lines, pins, annunciator, linesTold }: HardwareParts) {
  lines.startModbus();
  const deadlineMono = clock.mono() + firstOpenMaxMs;
  await Promise.race([pins.take(), pause(clock, firstOpenMaxMs)]);
  while (linesTold() < lines.modbus.size && clock.mono() < deadlineMono) await pause(clock, 5);
  return annunciator.look();
}
