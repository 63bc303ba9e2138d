/** What a checked site says of its duty panel and of the people around it. Part of SiteConfig. Times in ms. */
import type { DeviceId, ZoneId } from './ids.js';
import type { DayWindow } from './sounding.js';
import type { AlarmClass, Words } from './vocabulary.js';

export interface SitePanel {
  /** Null: the site has no panel. */
  readonly panel: PanelConfig | null;
  /** Households with special care. Personal data: never in telemetry, reports, logs, `gengfu doctor` or `gengfu check`. */
  readonly households: readonly HouseholdConfig[];
}

export interface PanelConfig {
  /** An IP address of the box. The server stays on loopback until somebody has a password, whatever stands here. */
  readonly listen: string;
  readonly port: number;
  /** Host names in lower case by which browsers may ask for it, besides addresses and the box's own. */
  readonly names: readonly string[];
  readonly tls:
    | { readonly kind: 'none' }
    /** A certificate that the box makes for itself. */
    | { readonly kind: 'own' }
    /** PEM files, absolute. */
    | { readonly kind: 'files'; readonly cert: string; readonly key: string };
  /** A screen that nobody has touched for so long is back at level Ⅰ. */
  readonly signOutAfterMs: number;
  /** When the panel keeps to what can not wait until morning. */
  readonly night: DayWindow;
}

export const careKinds = ['elderly-alone', 'left-behind-children', 'disabled', 'bedridden', 'other'] as const;
export type CareKind = (typeof careKinds)[number];

export interface HouseholdConfig {
  readonly id: string;
  /** What stands at the door: all that is shown below level Ⅱ. */
  readonly door: Words;
  readonly zone: ZoneId | null;
  /** Never empty. */
  readonly care: readonly CareKind[];
  readonly people: string | null;
  readonly phone: string | null;
  readonly note: string | null;
  /** Devices in it or beside it: an alarm of one of them shows this household. */
  readonly near: readonly DeviceId[];
}

/** What people do about an alarm, step by step. */
export type StepsByClass = Readonly<Record<AlarmClass, readonly Words[]>>;
