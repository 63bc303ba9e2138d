import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { type LoadOutcome, loadConfigText } from '../../config/load-config.js';
import type { Problem } from '../../config/problem.js';
import { loadProfileLibrary } from '../../config/profile-library.js';
import type { SiteConfig } from '../../config/site.js';

export const known = { knownUplinks: ['mqtt'], knownPinDrivers: ['sysfs', 'simulated'] } as const;

export const profiles = await loadProfileLibrary();

/** A site in which nothing is wrong, one entry per line so that a test can replace one of them. */
export const goodSite: readonly string[] = `version: 1
site: {id: hongya, district: yuzhong, name: 洪崖古镇}
lines:
  - {id: east, path: /dev/ttyS1}
  - {id: west, path: /dev/ttyS2}
zones:
  - {id: hall, name: 祠堂}
  - {id: pool}
devices:
  - {id: smoke-1, profile: generic-smoke-0010, line: east, unit: 1, zone: hall, allow_draft: true}
  - {id: io-1, profile: n4d8b08, line: west, unit: 20}
  - {id: relay-1, profile: waveshare-relay8, line: west, unit: 30}
  - {id: call-1, profile: dry-contact-call-point, input: {device: io-1, channel: 3}, zone: hall}
  - {id: float-1, profile: dry-contact-float-low, input: {gpio: 4}, contact: normally_closed, zone: pool}
outputs:
  - {id: siren-hall, kind: siren, relay: {device: relay-1, channel: 1}, on_control_lost: keep_sounding}
  - {id: siren-main, kind: siren, gpio: {pin: 17}, on_control_lost: keep_sounding}
plans:
  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren-hall, siren-main]}
uplinks:
  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:1883"}
gpio: {driver: sysfs}`.split('\n');

/** The good site with each `from` replaced by `to`; a `from` that is not there is a mistake in the test. */
export function siteText(...changes: readonly (readonly [from: string, to: string])[]): string {
  let text = goodSite.join('\n');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the good site has no "${from}"`);
    text = text.replace(from, to);
  }
  return text;
}

export const siteFile = '/site/gateway.yaml';

export function load(text: string): LoadOutcome {
  return loadConfigText(siteFile, text, { ...known, profiles });
}

export function problemsOf(text: string): readonly Problem[] {
  const outcome = load(text);
  return outcome.ok ? [] : outcome.problems;
}

export function configOf(text: string): SiteConfig {
  const outcome = load(text);
  if (!outcome.ok) throw new Error(outcome.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  return outcome.config;
}

/** Code, line and column of each problem, e.g. `CONF-021 11:55`. */
export function codesAndPlaces(problems: readonly Problem[]): string[] {
  return problems.map(({ code, at }) => `${code} ${at === null ? '-' : `${at.line}:${at.column}`}`);
}

const temporaryDirs: string[] = [];
afterAll(() => {
  for (const directory of temporaryDirs) rmSync(directory, { recursive: true, force: true });
});

export function temporaryDir(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'gengfu-config-'));
  temporaryDirs.push(directory);
  return directory;
}

export function writeTemporary(name: string, content: string | Uint8Array): string {
  const file = path.join(temporaryDir(), name);
  writeFileSync(file, content);
  return file;
}

/** `line:column` of the n-th occurrence of `part`, as an editor shows it. */
export function placeIn(text: string, part: string, occurrence = 1): string {
  const before = text.split(part).slice(0, occurrence).join(part);
  if (before.length === text.length) throw new Error(`"${part}" is not in the text`);
  const lines = before.split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
