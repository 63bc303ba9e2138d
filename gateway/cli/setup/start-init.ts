/** `gengfu init` with the parts of this box. */
import { loadSiteLibrary } from '../../../config/user-profiles.js';
import { hasTerminal, terminalAsker } from '../terminal-asker.js';
import { findUnitsOf } from './find-units.js';
import { init } from './init.js';
import type { InitOptions } from './init-orders.js';

export async function startInit(options: InitOptions): Promise<void> {
  process.exitCode = await init(options, {
    asker: hasTerminal() || options.stdin === true ? terminalAsker : null,
    findUnits: findUnitsOf(options),
    loadProfiles: (siteFile) => loadSiteLibrary(siteFile, null),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}
