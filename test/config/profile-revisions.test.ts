/**
 * A profile whose facts changed has a higher revision: what a box reads never changes behind an unchanged number.
 * profile-revisions.json remembers the facts of each revision; `UPDATE=1 npx vitest run test/config/profile-revisions.test.ts`
 * takes new profiles and risen revisions into it, and nothing else.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DeviceProfile } from '../../config/profile-schema.js';
import { profiles } from './rig.js';

interface Remembered {
  readonly revision: number;
  readonly sha256: string;
}

const file = 'test/config/profile-revisions.json';
const howTo = `UPDATE=1 npx vitest run test/config/profile-revisions.test.ts`;

/** Keys that decide what is read, written and made of it; the wording around them is free. */
const factKeys = [
  'actions',
  'codec_options',
  'commands',
  'contact',
  'events',
  'exceptions',
  'limits',
  'link',
  'objects',
  'options',
  'points',
  'recipes',
  'setup',
  'signal',
  'variants',
];
const wording = new Set(['names', 'why', 'doc_addr']);

/** The same text for the same facts, in whatever order the keys stand. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !wording.has(key));
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]),
  );
}

function fingerprint(profile: DeviceProfile): Remembered {
  const facts = Object.entries(profile).filter(([key]) => factKeys.includes(key));
  const text = JSON.stringify(canonical(Object.fromEntries(facts)));
  return { revision: profile.revision, sha256: createHash('sha256').update(text).digest('hex') };
}

/** What is wrong with one profile against what is remembered of it, or null. */
function complaint(id: string, now: Remembered, before: Remembered | undefined): string | null {
  if (before === undefined) return `${id} is new: ${howTo}`;
  if (now.revision < before.revision) return `${id}: revision ${now.revision} is older than ${before.revision}`;
  if (now.revision > before.revision) return `${id} has risen to revision ${now.revision}: ${howTo}`;
  return now.sha256 === before.sha256 ? null : `${id}: facts changed, so raise revision ${now.revision}, then ${howTo}`;
}

const remembered: Record<string, Remembered> = JSON.parse(readFileSync(file, 'utf8'));
const current = Object.fromEntries([...profiles.profiles].map(([id, profile]) => [id, fingerprint(profile)]));

describe('the revision of a profile', () => {
  it('rises with every change of a fact', () => {
    if (process.env['UPDATE'] === '1') {
      const taken = Object.entries(current).filter(([id, now]) => now.revision > (remembered[id]?.revision ?? 0));
      const merged = { ...remembered, ...Object.fromEntries(taken) };
      const ids = Object.keys(merged).sort();
      writeFileSync(file, `${JSON.stringify(Object.fromEntries(ids.map((id) => [id, merged[id]])), null, 2)}\n`);
      for (const [id, now] of taken) remembered[id] = now;
    }
    const found = Object.entries(current).flatMap(([id, now]) => complaint(id, now, remembered[id]) ?? []);
    expect(found).toEqual([]);
  });

  const profile = profiles.profiles.get('n4d8b08');
  if (profile === undefined || !('limits' in profile)) throw new Error('no such profile');
  const was = fingerprint(profile);

  it.each<readonly [string, DeviceProfile, boolean]>([
    ['a register', { ...profile, points: profile.points.map((point) => ({ ...point, addr: point.addr + 1 })) }, true],
    ['a limit', { ...profile, limits: { ...profile.limits, max_read: 7 } }, true],
    ['a setting', { ...profile, setup: [] }, true],
    ['a name', { ...profile, names: { zh: '别的', en: 'other' } }, false],
    ['the evidence', { ...profile, evidence: [] }, false],
  ])('%s changed', (_what, changed, isFact) => {
    const told = complaint('n4d8b08', fingerprint(changed), was);
    expect(told !== null).toBe(isFact);
  });
});
