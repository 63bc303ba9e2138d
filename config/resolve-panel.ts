/** `panel:` and `households:` as the upper floors see them. */
import { brandId } from './ids.js';
import { type HouseholdYaml, type PanelYaml, usualNight } from './panel-schema.js';
import { beside } from './resolve-path.js';
import { windowOf } from './resolve-voice.js';
import { wordsOf } from './resolve-words.js';
import type { CareKind, HouseholdConfig, PanelConfig, SitePanel } from './site.js';
import type { SiteYaml } from './site-schema.js';

const careOf: Readonly<Record<HouseholdYaml['care'][number], CareKind>> = {
  elderly_alone: 'elderly-alone',
  left_behind_children: 'left-behind-children',
  disabled: 'disabled',
  bedridden: 'bedridden',
  other: 'other',
};

/** `file` is the site file. */
export function resolvePanel(file: string, { panel, households }: SiteYaml): SitePanel {
  return {
    panel: panel === undefined ? null : panelOf(file, panel),
    households: households.map(householdOf),
  };
}

function panelOf(file: string, yaml: PanelYaml): PanelConfig {
  const { listen, port, names, tls, sign_out_after_s, night = usualNight } = yaml;
  return {
    listen,
    port,
    // DNS does not tell small letters from large ones; browsers ask with small ones.
    names: [...new Set(names.map((name) => name.toLowerCase()))],
    tls:
      typeof tls === 'string'
        ? { kind: tls }
        : { kind: 'files', cert: beside(file, tls.cert), key: beside(file, tls.key) },
    signOutAfterMs: sign_out_after_s * 1000,
    night: windowOf(night),
  };
}

function householdOf({ id, door, zone, care, people, phone, note, near }: HouseholdYaml): HouseholdConfig {
  return {
    id,
    door: wordsOf(door),
    zone: zone === undefined ? null : brandId(zone),
    care: [...new Set(care)].map((each) => careOf[each]),
    people: people ?? null,
    phone: phone ?? null,
    note: note ?? null,
    near: [...new Set(near)].map((each) => brandId(each)),
  };
}
