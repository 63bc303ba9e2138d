/** A site as it is written and as the gateway sees it, with the profiles that it names: for lists and labels. */
import { resolve } from 'node:path';
import { loadConfigOf } from '../../config/load-config.js';
import type { DeviceProfile } from '../../config/profile-schema.js';
import { readTextFile } from '../../config/read-text.js';
import type { SiteConfig } from '../../config/site.js';
import { type SiteYaml, siteSchema } from '../../config/site-schema.js';
import { loadSiteLibrary } from '../../config/user-profiles.js';
import { parseYaml } from '../../config/yaml-document.js';
import type { RunOptions } from './exercise-orders.js';
import { known } from './known.js';
import { refuse } from './refuse.js';

export interface ReadSite {
  readonly config: SiteConfig;
  readonly yaml: SiteYaml;
  readonly profiles: ReadonlyMap<string, DeviceProfile>;
}

/** Null after its problems were printed and the exit status set. */
export async function readSite(options: RunOptions): Promise<ReadSite | null> {
  const file = resolve(options.config);
  const read = await readTextFile(file);
  if (!read.ok) {
    refuse([read.problem], options);
    return null;
  }
  const loaded = await loadConfigOf(file, read.text, await known());
  if (!loaded.ok) {
    refuse(loaded.problems, options);
    return null;
  }
  const { profiles } = await loadSiteLibrary(file, read.text);
  // What was loaded keeps to the schema.
  const yaml = siteSchema.parse(parseYaml(file, read.text).document?.value);
  return { config: loaded.config, yaml, profiles };
}
