/** The village plan and the photos of places: read with the site, so that nothing of an alarm waits for it. */
import type { MapPlan } from '../../../api/map.js';
import { ask } from '../api/client.js';
import { makeStore } from './store.js';

/** Whoever needs it again within this time takes what is known, ms. */
const freshMs = 60_000;

/** Null until it was read. */
export const villageMap = makeStore<MapPlan | null>(null);
let readMono: number | null = null;

export async function readMap(): Promise<void> {
  const now = performance.now();
  if (readMono !== null && now - readMono < freshMs) return;
  readMono = now;
  const answer = await ask('map');
  if (answer.isOk) villageMap.set(answer.value);
  else readMono = null;
}
