/** Makes what is signed: one text whose SHA-256 every signature is about. Pure. */
import { createHash } from 'node:crypto';
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { SiteConfig } from '../../config/site.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { CommissioningAsk, CommissioningContent, RevisionFile } from '../panel/api/commissioning.js';
import { devicesOf } from './checklist.js';
import { clauses } from './clauses.js';
import type { SavedCommissioning } from './commissioning-files.js';
import { tallyOf } from './item-changes.js';
import { dayOf, monthsLater } from './warranty.js';

export type FreezeAsk = Extract<CommissioningAsk, { ask: 'commissioning-freeze' }>;

export interface FreezeFacts {
  readonly config: SiteConfig;
  readonly siteSha256: string | null;
  readonly version: string;
  readonly timeZone: string;
  readonly wall: number;
  readonly clock: ClockTrust;
  readonly read: (id: PointId) => Reading | null;
}

export function frozenContent(saved: SavedCommissioning, ask: FreezeAsk, facts: FreezeFacts): CommissioningContent {
  const { config, siteSha256, version, timeZone, wall, clock, read } = facts;
  const { revision, begunWall, begunBy, tester, organisation, items, lines, uplinks } = saved;
  const { id, district, name } = config.site;
  return {
    ...{ form: 1, revision, site: { id, district, name }, timeZone, siteSha256, version },
    zones: config.zones.map((zone) => ({ id: zone.id, name: zone.name })),
    ...{ begunWall, begunBy, tester, organisation, frozenWall: wall, clock, note: ask.note },
    warranty: warrantyOf(ask, dayOf(wall, timeZone)),
    ...{ tally: tallyOf(items), items, devices: devicesOf(config, read), lines, uplinks },
    checkedAgainst: clauses
      .filter(({ isOpen }) => isOpen !== true)
      .map(({ id: rule, mark, zh, en }) => ({ id: rule, mark, zh, en })),
  };
}

export function frozenFile(content: CommissioningContent): RevisionFile {
  const text = JSON.stringify(content);
  return { form: 1, sha256: createHash('sha256').update(text).digest('hex'), content: text, signatures: [] };
}

function warrantyOf(
  { warrantyMonths: months, warrantyUntil: until }: FreezeAsk,
  today: string,
): CommissioningContent['warranty'] {
  if (months !== null) return { until: monthsLater(today, months), months };
  return until === null ? null : { until, months: null };
}
