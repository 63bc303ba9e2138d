/** The site file, and what a gateway that runs on it says of itself; whatever is wrong with either, the others go on. */
import { loadConfig } from '../../../config/load-config.js';
import type { Problem } from '../../../config/problem.js';
import type { SiteConfig } from '../../../config/site.js';
import type { Clock } from '../../../drivers/clock.js';
import { Patience } from '../../box/patience.js';
import type { DoctorFacts } from '../../doctor/doctor-facts.js';
import { ask } from '../ask-gateway.js';
import { known } from '../known.js';

export interface SiteRead {
  /** Null: it is not there or not fit; why is in `problems`. */
  readonly config: SiteConfig | null;
  readonly problems: readonly Problem[];
  /** Null: nobody answers. */
  readonly facts: DoctorFacts | null;
  readonly patience: Patience;
}

export async function lookAtSite(file: string, clock: Clock): Promise<SiteRead> {
  const patience = new Patience(clock);
  const loaded = await loadConfig(file, await known());
  if (!loaded.ok) return { config: null, problems: loaded.problems, facts: null, patience };
  const { config } = loaded;
  return { config, problems: [], facts: await askFacts(config.dataDir), patience };
}

async function askFacts(dataDir: string): Promise<DoctorFacts | null> {
  try {
    const answer = (await ask(dataDir, { ask: 'doctor' })) as DoctorFacts | { readonly error: string };
    return 'doctor' in answer ? answer : null;
  } catch {
    return null;
  }
}
