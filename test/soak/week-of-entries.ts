/**
 * A week of a village as the gateway itself writes it: two hours of the simulated ancient town on a virtual clock (an hour in which
 * everything happens, and one as chance has it, with killed gateways in both), and what duty people did besides; told over and over until
 * the week is full.
 */
import { brandId, type EntryId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { AlarmClass, EntryKind } from '../../config/vocabulary.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import type { Chance } from '../../hardware-sim/chance.js';
import type { Planned } from '../../hardware-sim/swarm/planned.js';
import { rehearsal } from '../../hardware-sim/swarm/rehearsal.js';
import { runSeed } from '../../hardware-sim/swarm/run-seed.js';
import { type Entry, type JsonValue, laneOf } from '../../sync/journal/entry.js';
import type { FacetChange } from '../../sync/journal/store.js';
import { facet } from '../sync/rig.js';

export const weekMs = 7 * 86_400_000;
/** Seeds whose hour has faults, fires and people; the first plays the rehearsal. */
const rehearsalSeed = 3;
const chanceSeed = 8;
/** Of what stands when the link is back: so many fires, so many others. */
const standingMax = { fires: 3, others: 9 } as const;
const stamp = { epoch: brandId<Entry['epoch']>('week'), boot: brandId<Entry['boot']>('before') };

interface Happened {
  readonly entry: Entry;
  /** ms since its hour began. */
  readonly atMs: number;
}

export interface Week {
  /** In the order of the journal: their positions are 1, 2, … */
  readonly entries: readonly Entry[];
  /** What still stands at its end: raised by the last of the entries. */
  readonly facets: readonly FacetChange[];
}

/** @param uplink whose duty checks were answered */
export async function weekOfEntries(rows: number, beganWall: number, uplink: string): Promise<Week> {
  const happened = [
    ...(await hourOfTown(rehearsalSeed, rehearsal)),
    ...(await hourOfTown(chanceSeed)),
    ...dutyDay(uplink),
  ];
  const raised = new Map<string, Entry>();
  for (const { entry } of happened) if (entry.kind === 'alarm.raised') raised.set(entry.subject, entry);
  const isFire = ({ class: own }: Entry): boolean => own === 'fire';
  const left = [
    ...[...raised.values()].filter(isFire).slice(0, standingMax.fires),
    ...[...raised.values()].filter((entry) => !isFire(entry)).slice(0, standingMax.others),
  ];
  const entries = told(happened, rows - left.length, beganWall);
  const facets: FacetChange[] = [];
  for (const { lane, kind, class: own, subject, zone, words, detail, origin } of left) {
    const id = idOf(entries.length);
    const wall = beganWall + weekMs - (left.length - facets.length) * 1_000;
    const mono = entries.length;
    entries.push({ ...{ lane, kind, class: own, subject, zone, words, detail, origin }, ...rest(id, mono, wall, id) });
    facets.push({ subject, row: standingRow(subject, own ?? 'fault', id, wall) });
  }
  return { entries, facets };
}

export function standingRow(subject: string, own: AlarmClass, alarm: EntryId, raisedWall: number) {
  return facet(subject, { class: own, alarm, raisedWall, sounder: 'quiet' });
}

/** What the gateways of an hour wrote, in order. */
async function hourOfTown(
  seed: number,
  plan?: (config: SiteConfig, chance: Chance) => readonly Planned[],
): Promise<readonly Happened[]> {
  const happened: Happened[] = [];
  await runSeed({
    ...{ seed, hours: 1, site: 'ancient-town', codecs: await loadCodecs(), checkers: [] },
    ...(plan === undefined ? {} : { plan }),
    onFact: (fact) => {
      if (fact.kind !== 'seen' || fact.seen.kind !== 'entry') return;
      happened.push({ entry: fact.seen.entry, atMs: fact.mono });
    },
  });
  if (happened.length === 0) throw new Error(`nothing was written in the hour of seed ${seed}`);
  return happened;
}

/** What the hours may lack: words for what people do, and entries that have none. */
function dutyDay(uplink: string): readonly Happened[] {
  const days: readonly (readonly [EntryKind, string, Readonly<Record<string, JsonValue>>])[] = [
    ['shift.taken', 'gateway', {}],
    ['duty.asked', `uplink:${uplink}`, { uplink }],
    ['duty.answered', `uplink:${uplink}`, { uplink }],
    ['duty.answered', 'uplink:another', { uplink: 'another' }],
    ['drill.begun', 'gateway', {}],
    ['drill.ended', 'gateway', {}],
    ['walk_test.begun', 'gateway', {}],
    ['walk_test.seen', 'point:smoke-1/smoke', {}],
    ['walk_test.ended', 'gateway', {}],
    ['test.noted', `uplink:${uplink}`, { what: 'uplink', id: uplink }],
    ['call.reported', 'gateway', {}],
    ['call.closed', 'gateway', {}],
    ['incident.noted', 'gateway', {}],
    ['site.daily', 'gateway', {}],
    ['clock.corrected', 'gateway', {}],
    ['device.unknown_code', 'unit:panel-hall', { code: 99 }],
    ['sms.sent', 'uplink:phones', {}],
  ];
  return days.map(([kind, subject, detail], at) => {
    const draft = { kind, subject, detail, class: null, alarm: null, zone: null, origin: 'panel' };
    const words = { zh: '值班', en: 'a day on duty' };
    const entry = { ...draft, words, lane: laneOf(draft), ...rest(brandId(`duty-${at}`), at, 0, null) };
    return { entry, atMs: at * 60_000 };
  });
}

/** Over and over, each time under ids of their own. */
function told(happened: readonly Happened[], rows: number, beganWall: number): Entry[] {
  const placeOf = new Map(happened.map(({ entry }, at) => [entry.id, at]));
  const tiles = Math.ceil(rows / happened.length);
  const tileMs = weekMs / tiles;
  // The three parts follow each other; where there are more of them than the week has room for, all of it goes faster.
  const spanMs = happened.reduce((sum, { atMs }, at) => sum + stepMs(happened[at - 1]?.atMs, atMs), 0);
  const quickness = Math.min(1, tileMs / (spanMs + 1_000));
  const entries: Entry[] = [];
  for (let tile = 0; tile < tiles; tile++) {
    let wall = beganWall + tile * tileMs;
    for (let at = 0; at < happened.length && entries.length < rows; at++) {
      const one = happened[at];
      if (one === undefined) break;
      wall += stepMs(happened[at - 1]?.atMs, one.atMs) * quickness;
      const { lane, kind, class: own, subject, zone, words, detail, origin, alarm } = one.entry;
      const place = alarm === null ? undefined : placeOf.get(alarm);
      const whose = place === undefined ? null : idOf(tile * happened.length + place);
      const number = entries.length;
      entries.push({
        ...{ lane, kind, class: own, subject, zone, words, detail, origin },
        ...rest(idOf(number), number, Math.floor(wall), whose),
      });
    }
  }
  return entries;
}

/** Between two that follow each other; 0 where another part begins. */
function stepMs(before: number | undefined, atMs: number): number {
  return before === undefined ? 0 : Math.max(0, atMs - before);
}

function idOf(number: number): EntryId {
  return brandId<EntryId>(`week-before-${number}`);
}

function rest(id: EntryId, mono: number, wall: number, alarm: EntryId | null) {
  return { ...stamp, id, mono, wall, alarm, clock: 'trusted' as const };
}
