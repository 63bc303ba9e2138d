/** What a running gateway knows about how it fares: the answer to `gengfu doctor`. Files are looked at by whoever asks. */
import type { UplinkId } from '../../config/ids.js';
import type { ModemFigures } from '../../config/modem-states.js';
import type { DiagnosticSource, UplinkConfig } from '../../config/site.js';
import type { ClockTrust, Words } from '../../config/vocabulary.js';
import type { CardFigures } from '../health/card-writes.js';
import type { DataUse } from '../telemetry/data-budget.js';
import type { UplinkTestState } from '../uplink-test-entry.js';

export interface DoctorFacts {
  readonly doctor: 1;
  readonly version: string;
  readonly upMs: number;
  /** Each null: not measured yet. */
  readonly memoryMb: number | null;
  readonly loopDelayMs: number | null;
  readonly commitMs: number | null;
  readonly clock: { readonly trust: ClockTrust; readonly wall: number };
  readonly journal: {
    readonly epoch: string;
    /** The disk has answered since the start. */
    readonly isRead: boolean;
    /** Wall time of the oldest row of any lane; null: there is none, or it was not asked for yet. */
    readonly oldestWall: number | null;
  };
  /** Null: nobody counts what is written here. */
  readonly card: CardFigures | null;
  /** What it measures of its lines and units; left out by releases that did not tell it. */
  readonly wire?: readonly WireFigure[];
  /** From the start of the process until every line had been asked once, ms; null: not yet. Left out as `wire` is. */
  readonly scannedMs?: number | null;
  readonly uplinks: readonly DoctorUplink[];
  readonly data: readonly DataUse[];
}

export interface WireFigure {
  /** Of a unit or of a line, by its id. */
  readonly of: string;
  readonly what: DiagnosticSource['what'];
  /** `%` or ms; null: not known. */
  readonly value: number | null;
}

export interface DoctorUplink {
  readonly id: UplinkId;
  /** These three are left out by releases that did not tell them. */
  readonly way?: UplinkConfig['kind'];
  /** `isDead`: it looks open, and nothing comes that should. `heardAgoMs` null: nothing since the start. */
  readonly path?: { readonly isDead: boolean; readonly heardAgoMs: number | null };
  /** Null: it has no modem. */
  readonly modem?: ModemFigures | null;
  readonly isUp: boolean;
  /** Wall time since which it is so, to a minute; null: since before anybody looked. */
  readonly sinceWall: number | null;
  readonly error: (Words & { readonly code: string }) | null;
  readonly queued: Readonly<Record<'fire' | 'journal' | 'telemetry', number>>;
  readonly oldestWall: number | null;
  readonly unkept: number;
  /** Of the newest test entry; null: none since the start. */
  readonly test: UplinkTestState | null;
  /** When the certificate with which it signs in ends; null: it has none, or it was not read yet. */
  readonly certificateEndsWall: number | null;
  /** How long ago anything was confirmed; null: not since the start. */
  readonly carriedAgoMs: number | null;
}
