/** What the panel's thread is started with, from the site file. */
import { fileURLToPath } from 'node:url';
import type { SiteConfig } from '../../../config/site.js';
import type { PanelSettings } from '../bridge.js';

/** Built beside this file's folder (`npm run build:page`). */
const pageDir = fileURLToPath(new URL('../page/', import.meta.url));

/** Null: the site has no panel. */
export function panelSettings({ panel, dataDir }: SiteConfig, journal: string): PanelSettings | null {
  if (panel === null) return null;
  const { listen: bind, port, names, tls, signOutAfterMs: idleMs } = panel;
  return { bind, port, names, tls, dataDir, journal, pageDir, idleMs };
}
