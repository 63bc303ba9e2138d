/** Ready-made steps of a plan for fire: who is woken after the place itself, and when. Pure. */
import type { PlanStep } from './site.js';
import type { PlanPreset } from './sounding-schema.js';

interface PresetTimes {
  /** The village is woken when the fire is confirmed, or when nobody has acknowledged it for so long, ms. */
  readonly villageMs: number;
  /** The neighbouring villages are woken so long after the alarm, whoever acknowledged, ms. */
  readonly neighboursMs: number;
}

/**
 * Nobody is on duty: whoever lives there has half a minute to wave the smoke of a pan away, and then the village is woken. Help
 * has to walk, so the neighbours are woken after two minutes, unless somebody has silenced the alarm by then.
 */
const unmannedVillage: PresetTimes = { villageMs: 30_000, neighboursMs: 120_000 };

/**
 * Somebody is on duty: two minutes are enough to reach the panel, read the place and acknowledge. Five minutes are enough to have
 * gone and looked; a fire that nobody has silenced by then is more than one station can deal with.
 */
const mannedStation: PresetTimes = { villageMs: 120_000, neighboursMs: 300_000 };

const times: Readonly<Record<PlanPreset, PresetTimes>> = {
  unmanned_village: unmannedVillage,
  manned_station: mannedStation,
};

/** What sounds and speaks in one step. */
export type Woken = Pick<PlanStep, 'sound' | 'say'>;

/** The steps after the first one, which sounds the place itself at once. No neighbours: one step less. */
export function presetSteps(preset: PlanPreset, village: Woken, neighbours: Woken): readonly PlanStep[] {
  const { villageMs, neighboursMs } = times[preset];
  const wakeVillage: PlanStep = {
    start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: villageMs }],
    ...village,
  };
  if (neighbours.sound.length === 0 && neighbours.say === undefined) return [wakeVillage];
  return [wakeVillage, { start: [{ kind: 'after', afterMs: neighboursMs }], ...neighbours }];
}
