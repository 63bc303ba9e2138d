/** How facts become requests to one platform. */
import type { HttpUplinkConfig } from '../../config/site.js';
import type { DeviceStanding } from '../device-standing.js';
import type { LinkStatus, Reporting } from '../templates/platform-facts.js';
import type { Report, TelemetryReport } from '../uplink.js';
import type { SiteFacts } from './device-facts.js';
import type { ReadingOf } from './device-figures.js';

/** One JSON value on its way. */
export interface HttpPart {
  /** Behind the url, with its `/`; empty: the url itself. */
  readonly path: string;
  readonly mediaType: string;
  readonly json: string;
  /** The same as it has to be said when its request is made, however long it waited or how often it goes; as long as `json`, within a few
   * bytes. Left out: as `json`. */
  readonly now?: () => string;
  /** Null: it goes alone. Else a list of such values is one request, of this type. */
  readonly listType: string | null;
}

export interface PresetOptions extends Reporting {
  readonly config: HttpUplinkConfig;
  readonly site: SiteFacts;
  /** Null: it is not known yet. Left out: there is nobody who knows. */
  readonly standing?: (() => readonly DeviceStanding[] | null) | undefined;
  /** Left out: no point shows anything. */
  readonly readingOf?: ReadingOf | undefined;
}

/** `report` and `telemetry` throw UPLINK-006 or UPLINK-023; null: the language has no words for it. */
export interface HttpPreset {
  /** @param isShort the platform found it too large: leave out what can be left out. */
  report(report: Report, isShort: boolean): HttpPart | null;
  telemetry(report: TelemetryReport): HttpPart | null;
  /** A sign of life; null: it has none. */
  status(status: LinkStatus): HttpPart | null;
  /** What the platform is told of each device when we start. */
  installs(): readonly HttpPart[];
  /** Whether the body of a 2xx says so, too. Null: it was too long to be read. */
  accepts(body: Uint8Array | null): boolean;
}

export const jsonType = 'application/json';

export function jsonPart(path: string, value: unknown): HttpPart {
  return { path, mediaType: jsonType, json: JSON.stringify(value), listType: null };
}
