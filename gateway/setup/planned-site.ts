/** A site file before it is written: every entry decided, and what is not decided with its reason. */
import type { HouseholdYaml } from '../../config/panel-schema.js';
import type { WordsYaml } from '../../config/site-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { SurveyFormat, SurveyLine } from '../survey/survey.js';
import type { Preset } from './preset.js';

export interface PlannedLine {
  readonly id: string;
  readonly name: WordsYaml | null;
  readonly at: SurveyLine['at'];
  readonly adapter: string | null;
  /** Null: units that sit on the network themselves. */
  readonly format: SurveyFormat | null;
  readonly timeoutMs: number;
  readonly quarantineMs: number;
  /** Null: what stands where the file says nothing. */
  readonly fireDeadlineMs: number | null;
  readonly notes: readonly Words[];
}

/** A port at which nothing answers. */
export interface SilentLine {
  readonly at: SurveyLine['at'];
  readonly adapter: string | null;
  readonly troubles: readonly Words[];
}

export interface PlannedZone {
  readonly id: string;
  readonly name: WordsYaml | null;
}

export interface PlannedLimit {
  readonly point: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly deadband: number;
  readonly onDelayS: number;
  readonly why: Words;
}

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

export interface PlannedDevice {
  readonly id: string;
  readonly profile: string;
  readonly name: WordsYaml | null;
  readonly line: string;
  readonly unit: number;
  readonly zone: string | null;
  /** `to-be-filled-in`: it watches something, and nobody has said where it hangs. */
  readonly place: WordsYaml | 'to-be-filled-in' | null;
  readonly variant: string | null;
  readonly options: OptionValues;
  readonly limits: readonly PlannedLimit[];
  readonly allowDraft: boolean;
  /** Nobody is sure that it is this model. */
  readonly isWeak: boolean;
  readonly tellsFire: boolean;
  readonly notes: readonly Words[];
}

/** Found, and not taken: written as a comment, so that nothing is lost. */
export interface LeftOut {
  readonly kind: 'speed' | 'address' | 'trouble' | 'unknown' | 'choice' | 'label' | 'said';
  readonly line: string;
  readonly address: number;
  readonly format: SurveyFormat | null;
  readonly why: Words;
  readonly todo: Words;
  /** What could be written once that is done; null: nobody knows what it is. */
  readonly device: PlannedDevice | null;
}

export interface PlannedOutput {
  readonly id: string;
  readonly name: WordsYaml;
  readonly zone: string | null;
  readonly target:
    | { readonly kind: 'relay'; readonly device: string; readonly channel: number }
    | { readonly kind: 'gpio'; readonly pin: number; readonly activeLow: boolean };
}

export interface PlannedPlan {
  readonly id: string;
  readonly zones: readonly string[] | 'all';
  readonly sound: readonly string[];
  readonly preset: 'unmanned_village' | 'manned_station' | null;
  readonly village: readonly string[];
}

export interface PlannedUplink {
  readonly url: string;
  readonly username: string | null;
  readonly passwordFile: string | null;
  readonly caFile: string | null;
}

export interface PlannedSite {
  readonly preset: Preset;
  readonly site: {
    readonly id: string;
    readonly district: string;
    readonly name: WordsYaml;
    readonly code: string | null;
  };
  readonly dataDir: string;
  readonly dailyReportAt: string;
  readonly lines: readonly PlannedLine[];
  readonly silentLines: readonly SilentLine[];
  readonly zones: readonly PlannedZone[];
  readonly devices: readonly PlannedDevice[];
  readonly leftOut: readonly LeftOut[];
  readonly outputs: readonly PlannedOutput[];
  readonly plans: readonly PlannedPlan[];
  readonly panel: { readonly listen: string; readonly port: number } | null;
  readonly households: readonly HouseholdYaml[];
  readonly uplink: PlannedUplink | null;
  /** False: the search was broken off, and there may be more. */
  readonly isWhole: boolean;
}
