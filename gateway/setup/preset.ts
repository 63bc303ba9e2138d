/** What a kind of place brings with it: everything that a person would otherwise have to look up. Data only; a site file may say it otherwise. */
import type { PointRole, Words } from '../../config/vocabulary.js';

export const presetIds = ['ancient-town', 'mountain-village', 'care-home', 'micro-station'] as const;
export type PresetId = (typeof presetIds)[number];

/**
 * Who hears a fire, and when.
 * - `place-and-village`: the place itself and the whole village at once.
 * - `together`: every sounder at once, whatever burns.
 * - `unmanned_village`, `manned_station`: the place at once, the village later (config/plan-presets.ts).
 */
export type PlanStyle = 'place-and-village' | 'together' | 'unmanned_village' | 'manned_station';

/** When a number of this role is in alarm, in the unit in which the role is told. */
export interface PresetLimit {
  readonly role: PointRole;
  /** As people call that unit in the file: m, MPa, %LEL. */
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
  /** Above this share of the label's range; only where the label is known. */
  readonly highOfRange?: number;
  readonly deadband: number;
  /** s */
  readonly onDelayS: number;
  readonly why: Words;
}

export interface Preset {
  readonly id: PresetId;
  readonly names: Words;
  /** In one sentence: whom it is for, and how it sounds. */
  readonly means: Words;
  readonly planStyle: PlanStyle;
  readonly planWhy: Words;
  /** What people do about a fire; null: the usual steps. */
  readonly whatToDo: readonly Words[] | null;
  /** Local time. */
  readonly dailyReportAt: string;
  readonly sirenTest: { readonly day: string; readonly at: string; readonly why: Words };
  readonly drill: { readonly lastsMin: number; readonly dueAfterDays: number; readonly why: Words };
  /** When small matters are silent at the panel. */
  readonly night: { readonly from: string; readonly to: string; readonly why: Words };
  /** s */
  readonly signOutAfterS: number;
  readonly limits: readonly PresetLimit[];
  /** What people call the place when they have said nothing. */
  readonly siteName: Words;
  readonly zoneName: Words;
}
