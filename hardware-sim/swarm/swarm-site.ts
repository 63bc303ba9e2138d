/** The village of a seed: one of the example sites, told to a district that receipts and orders. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfigOf } from '../../config/load-config.js';
import { describeProblem } from '../../config/problem.js';
import type { SiteConfig } from '../../config/site.js';
import { gbPresets } from '../../config/uplinks/gb-uplink-schema.js';
import type { Chance } from '../chance.js';
import { knownParts } from '../known-parts.js';

const examples = '../../config/examples';
/** Fire points are scanned once a second at the most: the issue of speed, and what a cheap unit can stand. */
const usualScanMs = 1000;

const siteFiles = {
  'ancient-town': `${examples}/ancient-town.yaml`,
  'smallest-site': `${examples}/smallest-site.yaml`,
  'micro-station': `${examples}/micro-station.yaml`,
  hamlet: 'hamlet.yaml',
} as const;
export type SiteName = keyof typeof siteFiles;
export const siteNames = Object.keys(siteFiles) as readonly SiteName[];

export interface SwarmSite {
  readonly name: SiteName;
  readonly config: SiteConfig;
}

export interface SiteOptions {
  readonly publicKey: string;
  /** Null: drawn. */
  readonly name: SiteName | null;
}

const cityShare = 0.75;
/** A pin for a watchdog relay, where an example has none. */
const heartbeatLine = '  - {id: watchdog, name: {zh: 看门狗, en: watchdog}, kind: heartbeat, gpio: {pin: 25}}';
const districtLine = /^ {2}- \{id: district, kind: mqtt, .*\}$/m;

/** The city beside the district, of whatever habits; most seeds have one. */
function drawCity(chance: Chance): string {
  if (!chance.is(cityShare)) return '';
  const preset = chance.pick(gbPresets);
  const login = preset === 'login' ? ', username: village, password_file: /etc/gengfu/city-password' : '';
  const more = `outstanding_max: ${chance.pick([1, 1, 4])}, may_initialise: ${chance.is(0.5)}, analog: ${chance.is(0.7)}`;
  return `  - {id: city, kind: gb26875, host: 127.0.0.1, port: 5000, preset: ${preset}, address: "3a0000000001", ${more}${login}}\n`;
}

/** Throws for a site that its own check refuses: the examples are ours. */
export async function drawSite(chance: Chance, { publicKey, name: wanted }: SiteOptions): Promise<SwarmSite> {
  const drawn = chance.pick(siteNames);
  // Drawn in any case: whatever else a seed draws stays the same when its site is named.
  const name = wanted ?? drawn;
  const receipts = chance.pick(['none', 'unsigned', 'signed'] as const);
  const version = chance.pick(['5', '3.1.1'] as const);
  const telemetry = chance.pick(['json', 'cbor', 'none'] as const);
  const city = drawCity(chance.stream('city'));
  const file = join(import.meta.dirname, siteFiles[name]);
  const read = (await readFile(file, 'utf8')).replace(
    /^outputs:$/m,
    `outputs:
${heartbeatLine}`,
  );
  const text = (
    /^gpio:/m.test(read)
      ? read
      : `${read}
gpio: {driver: simulated}
`
  ).replace(
    districtLine,
    `  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:1883", mqtt_version: ${version}, receipts: ${receipts}, telemetry: ${telemetry}, commands: true}\n` +
      city +
      'command_keys:\n' +
      `  - {id: centre, public_key: "${publicKey}", rights: [silence, reset, test, duty_check, read, receipt, shelve, broadcast], not_after: "2099-12-31"}`,
  );
  const loaded = await loadConfigOf(file, text, knownParts);
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => describeProblem(problem, 'en')).join('\n'));
  const isSlow = chance.is(0.7);
  const units = loaded.config.units.map((unit) => ({
    ...unit,
    minScanMs: isSlow ? Math.max(unit.minScanMs, usualScanMs) : unit.minScanMs,
  }));
  return { name, config: { ...loaded.config, units } };
}
