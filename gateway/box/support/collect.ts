/** What the help desk is sent, as files without secrets and people. Everything is taken if it is there; nothing is written. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SiteConfig } from '../../../config/site.js';
import type { StoredEntry } from '../../../sync/journal/entry.js';
import type { BoxView } from '../box-view.js';
import { unitName } from '../check-service.js';
import { namelessEntry } from '../nameless-entry.js';
import type { Outside } from '../outside.js';
import { knownSecrets, profilesBeside } from './known-secrets.js';
import { namelessAnswer } from './nameless-answer.js';
import { redactYaml } from './redact-yaml.js';
import { scrub } from './scrub.js';
import { type ArchiveFile, tarOf } from './tar.js';

/** Of one file, characters; the newest part of a log, the first part of all else. */
const fileMaxChars = 2_000_000;
const profilesMax = 64;
const logLines = 3000;
const logMaxMs = 8000;

export interface SupportParts {
  readonly view: BoxView;
  readonly outside: Outside;
  readonly config: SiteConfig | null;
  readonly siteFile: string;
  /** OS users who may stand in a log. */
  readonly askers: readonly string[];
  /** Answers and findings, as JSON; null: there is none. */
  readonly doctor: unknown;
  readonly selftest: unknown;
  readonly status: unknown;
  readonly versions: unknown;
  /** Newest first. */
  readonly entries: readonly StoredEntry[];
}

export interface SupportFile {
  readonly name: string;
  readonly text: string;
}

export async function collectSupport(parts: SupportParts): Promise<readonly SupportFile[]> {
  const { view, outside, config, siteFile, askers } = parts;
  const known = await knownSecrets(view, config, askers);
  const site = await view.text(siteFile);
  const log = await outside.run(
    'journalctl',
    ['--unit', unitName, '--lines', String(logLines), '--no-pager', '--no-hostname', '--output', 'short-iso'],
    logMaxMs,
  );
  const kernel = await outside.run('dmesg', ['--level', 'err,warn', '--nopager'], logMaxMs);
  const found: readonly (readonly [name: string, text: string | null])[] = [
    ['versions.json', json(parts.versions)],
    ['doctor.json', json(parts.doctor)],
    ['selftest.json', json(parts.selftest)],
    ['status.json', json(namelessAnswer(parts.status))],
    ['site.yaml', site === null ? null : redactYaml(site)],
    ...(await profileFiles(view, siteFile)),
    ['journal.jsonl', lines(parts.entries.map((entry) => JSON.stringify(namelessEntry(entry))))],
    ['service.log', log === null ? null : log.slice(-fileMaxChars)],
    ['kernel.log', kernel === null ? null : kernel.slice(-fileMaxChars)],
  ];
  return found.flatMap(([name, text]) =>
    text === null ? [] : [{ name, text: scrub(text.slice(0, fileMaxChars), known) }],
  );
}

async function profileFiles(view: BoxView, siteFile: string): Promise<readonly (readonly [string, string | null])[]> {
  const folder = profilesBeside(siteFile);
  const names = (await view.names(folder)).filter((name) => /^[\w.-]{1,60}\.ya?ml$/.test(name)).slice(0, profilesMax);
  return Promise.all(
    names.map(async (name): Promise<readonly [string, string | null]> => {
      const text = await view.text(join(folder, name));
      return [`profiles/${name}`, text === null ? null : redactYaml(text)];
    }),
  );
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : `${JSON.stringify(value, null, 1)}\n`;
}

function lines(all: readonly string[]): string | null {
  return all.length === 0 ? null : `${all.join('\n')}\n`;
}

/** @param folder into which it unpacks. @param wall ms since 1970. */
export function packSupport(files: readonly SupportFile[], folder: string, wall: number): Uint8Array {
  const all = files.map(({ name, text }): ArchiveFile => ({ name: `${folder}/${name}`, bytes: Buffer.from(text) }));
  return gzipSync(tarOf(all, wall), { level: 9 });
}
