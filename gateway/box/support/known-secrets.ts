/** Every secret and every person that this box knows of, so that they can be taken out of whatever is sent away. What can not be read is not known. */
import { dirname, join } from 'node:path';
import type { SiteConfig } from '../../../config/site.js';
import { uplinkFiles } from '../../../config/uplinks/uplink-reach.js';
import type { BoxView } from '../box-view.js';
import type { KnownSecrets } from './scrub.js';

/** Files of the panel that hold users and tokens, in the data folder. */
const peopleFiles = ['panel/users.json', 'panel/tokens.json'] as const;
const digestKeys = /^(?:hash|salt|password|token|secret|digest|key)$/i;

export async function knownSecrets(
  view: BoxView,
  config: SiteConfig | null,
  askers: readonly string[],
): Promise<KnownSecrets> {
  if (config === null) return { values: [], names: askers };
  const { uplinks, panel, households, dataDir } = config;
  const files = uplinks.flatMap(uplinkFiles).flatMap(({ path, isSecret }) => (isSecret ? [path] : []));
  const panelKey = panel?.tls.kind === 'files' ? panel.tls.key : null;
  const texts = await Promise.all([...files, panelKey].filter((path) => path !== null).map((path) => view.text(path)));
  const people = await Promise.all([...peopleFilesOf(dataDir)].map((path) => view.text(path)));
  const found = people.flatMap((text) => (text === null ? [] : [peopleIn(text)]));
  return {
    values: [
      ...texts.filter((text) => text !== null),
      ...uplinks.flatMap((uplink) => ('username' in uplink ? (uplink.username ?? []) : [])),
      ...uplinks.flatMap((uplink) => (uplink.kind === 'sms' ? uplink.recipients.map(({ number }) => number) : [])),
      ...uplinks.flatMap((uplink) => (uplink.kind === 'http' ? (uplink.install.mobile ?? []) : [])),
      ...households.flatMap(({ phone, note }) => [phone ?? '', note ?? '']),
      ...found.flatMap(({ secrets }) => secrets),
    ],
    names: [
      ...askers,
      ...uplinks.flatMap((uplink) => (uplink.kind === 'http' ? (uplink.install.responsible ?? []) : [])),
      ...households.flatMap(({ people: who, door }) => [
        ...(who ?? '').split(/[、，,;；\s]+/),
        who ?? '',
        door.zh,
        door.en,
      ]),
      ...found.flatMap(({ names }) => names),
    ],
  };
}

function peopleFilesOf(dataDir: string): readonly string[] {
  return peopleFiles.map((name) => join(dataDir, name));
}

/** By their keys, whatever else stands in the file. */
function peopleIn(text: string): { readonly names: readonly string[]; readonly secrets: readonly string[] } {
  const names: string[] = [];
  const secrets: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (typeof each === 'string' && /^(?:user|name|by)$/i.test(key)) names.push(each);
      else if (typeof each === 'string' && digestKeys.test(key)) secrets.push(each);
      else walk(each);
    }
  };
  try {
    walk(JSON.parse(text));
  } catch {
    // A damaged file tells nobody.
  }
  return { names, secrets };
}

/** Where an installer's own profiles lie. */
export function profilesBeside(siteFile: string): string {
  return join(dirname(siteFile), 'profiles');
}
