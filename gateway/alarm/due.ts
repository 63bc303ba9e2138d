/** What time alone brings about: delays that are over, counts to be told, ends of service and of walk tests, silences that have
 * lasted long enough. Pure. */
import { endOfService } from './service.js';
import { resoundMono } from './sounder.js';
import { walkTestsDue } from './walk-test.js';
import type { Work } from './work.js';

export function due(work: Work): void {
  work.tick();
  walkTestsDue(work);
  work.tellCounted();
  endOfService(work);
  resound(work);
}

/** Sounds again what was silenced long enough ago. */
export function resound(work: Work): void {
  for (const facets of [...work.subjects.values()]) {
    const atMono = resoundMono(facets, work.resoundMs);
    if (atMono === null || facets.alarm === null || work.now.mono < atMono) continue;
    work.put({ ...facets, sounder: 'sounding', sounderMono: work.now.mono });
    work.draft('alarm.resounded', facets, facets.alarm.id, null, {});
  }
}
