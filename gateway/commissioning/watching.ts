/** What happens in the watch, and what it says about the items of a checklist. Pure. */
import type { Reading } from '../../config/reading.js';
import type { Entry } from '../../sync/journal/entry.js';
import type { Observation } from '../observation.js';
import type { CommissioningItem, UplinkFigures } from '../panel/api/commissioning.js';
import { itemsByPoint } from './checklist.js';
import type { SavedCommissioning } from './commissioning-files.js';
import { withProof, withSeen } from './item-changes.js';

/** After so long nobody waits for that alarm any more. */
export const pressMaxMs = 120_000;

/** "I press now." */
export interface Pressed {
  readonly item: string;
  readonly mono: number;
  readonly wall: number;
}

/** A test report on its way to the centres. */
export interface Probe {
  readonly entryId: string;
  readonly uplink: string;
  readonly mono: number;
  /** Of its row; null while it is not durable. */
  readonly position: number | null;
}

export interface Now {
  readonly mono: number;
  readonly wall: number;
}

type Items = SavedCommissioning['items'];

/** The same object where it says nothing. */
export function itemsAfter(items: Items, seen: Observation, pressed: Pressed | null, now: Now): Items {
  if (seen.kind === 'entry') return afterEntry(items, seen.entry, pressed);
  if (seen.kind === 'point.changed') return afterReading(items, seen.reading, pressed, now);
  return items;
}

function afterEntry(items: Items, entry: Entry, pressed: Pressed | null): Items {
  const { kind, subject, origin, mono, wall, detail } = entry;
  const by = origin ?? '';
  if (kind === 'walk_test.seen' || kind === 'alarm.raised') {
    const point = subject.startsWith('point:') ? subject.slice('point:'.length) : null;
    if (point === null) return items;
    const how = kind === 'walk_test.seen' ? 'walk-test' : 'alarm';
    return changed(items, itemsByPoint(items).get(point), (item) =>
      withSeen(item, { how, by, wall, detectionMs: detectionOf(item, pressed, mono) }),
    );
  }
  if (kind === 'output.proven') {
    return changed(items, `output:${subject.slice('output:'.length)}`, (item) =>
      withProof(item, detail['on'] === true, by, wall),
    );
  }
  if (kind === 'voice.ended' && detail['how'] === 'said' && Array.isArray(detail['speakers'])) {
    const speakers: readonly unknown[] = detail['speakers'];
    return speakers.reduce<Items>(
      (all, speaker) => changed(all, `speaker:${String(speaker)}`, (item) => spoken(item, by, wall)),
      items,
    );
  }
  return items;
}

/** A key has no alarm: that its contact moved is all that there is to see. */
function afterReading(items: Items, reading: Reading, pressed: Pressed | null, now: Now): Items {
  if (reading.quality !== 'good') return items;
  return changed(items, `key:${reading.pointId}`, (item) =>
    pressed?.item === item.id
      ? withSeen(item, {
          ...{ how: 'change', by: item.by ?? '', wall: now.wall },
          detectionMs: detectionOf(item, pressed, now.mono),
        })
      : item,
  );
}

/** It was said; whether it was heard a person says. */
function spoken(item: CommissioningItem, by: string, wall: number): CommissioningItem {
  return item.provenOn ? item : { ...item, provenOn: true, provenOff: true, by, wall };
}

function detectionOf({ id }: CommissioningItem, pressed: Pressed | null, mono: number): number | null {
  if (pressed?.item !== id) return null;
  const tookMs = mono - pressed.mono;
  return tookMs >= 0 && tookMs <= pressMaxMs ? Math.round(tookMs) : null;
}

export function changed(
  items: Items,
  id: string | undefined,
  change: (item: CommissioningItem) => CommissioningItem,
): Items {
  const at = items.findIndex((item) => item.id === id);
  const item = items[at];
  if (item === undefined) return items;
  const next = change(item);
  return next === item ? items : items.with(at, next);
}

/** How far a test report has come. Null: the observation is about something else. */
export function probeAfter(
  probe: Probe,
  seen: Observation,
  now: Now,
): { readonly probe: Probe; readonly figures: Partial<UplinkFigures>; readonly isPassedOver: boolean } | null {
  const none = { probe, figures: {}, isPassedOver: false };
  switch (seen.kind) {
    case 'entry.durable':
      return seen.entryId === probe.entryId ? { ...none, probe: { ...probe, position: seen.position } } : null;
    case 'report.carried':
      if (seen.entryId !== probe.entryId || seen.uplink !== probe.uplink) return null;
      return { ...none, figures: { carriedMs: Math.round(seen.tookMs ?? now.mono - probe.mono) } };
    case 'report.kept': {
      const { position, uplink } = probe;
      if (seen.uplink !== uplink || seen.lane !== 'journal' || position === null || seen.position < position)
        return null;
      return { ...none, figures: { keptMs: Math.round(now.mono - probe.mono) } };
    }
    case 'report.passed_over':
      return seen.entryId === probe.entryId && seen.uplink === probe.uplink ? { ...none, isPassedOver: true } : null;
    default:
      return null;
  }
}
