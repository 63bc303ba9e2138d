/** What a runtime is made of: the real parts in main.ts, others in tests and the simulation. */
import type { LineConfig, SiteConfig, SpeakerConfig, UplinkConfig } from '../config/site.js';
import type { Calendar } from '../drivers/calendar.js';
import type { Clock } from '../drivers/clock.js';
import type { BoxSensor, DiskWrites, OpenByteLink, PinBoard, Speaker } from '../drivers/driver.js';
import type { StreamCodec } from '../drivers/stream/framer.js';
import type { Store } from '../sync/journal/store.js';
import type { Uplink } from '../sync/uplink.js';
import type { ConfigOrders } from './command/config-orders.js';
import type { Log } from './log.js';
import type { Observation } from './observation.js';
import type { UplinkSight } from './site-uplinks.js';
import type { Succession } from './staging/hand-over.js';

export interface RuntimeParts {
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly calendar: Calendar;
  /** 0 ≤ r < 1. */
  readonly random: () => number;
  readonly store: Store;
  /** False when nobody could say whether another gateway runs on this data directory. */
  readonly isLockHeld: boolean;
  /** How long the start waits for saved alarms; default 2 s. */
  readonly restoreMaxMs?: number;
  readonly openLine: (line: LineConfig) => OpenByteLink;
  /** It takes over from another runtime of this process; left out: it is the first. */
  readonly succession?: Succession;
  /** Dialects of devices that are no Modbus units, by name. */
  readonly codecs: ReadonlyMap<string, StreamCodec>;
  /** Rejects with PIN-001 where there are no pins. */
  readonly openPins: () => Promise<PinBoard>;
  /** What the box tells about itself; left out: nobody watches the box. */
  readonly box?: readonly BoxSensor[];
  /** What is written to its disk; left out: nobody counts. */
  readonly diskWrites?: () => Promise<DiskWrites>;
  /** Touches nothing until it is started. */
  readonly makeSpeaker: (speaker: SpeakerConfig) => Speaker;
  readonly makeUplink: (uplink: UplinkConfig, sight: UplinkSight) => Uplink;
  /** Left out: the district can not stage site files here. */
  readonly configOrders?: ConfigOrders;
  readonly observe: (observation: Observation) => void;
  readonly log: Log;
  readonly version: string;
  /** How long telling (uplinks, telemetry) waits after a reduced start; left out: it does not. */
  readonly besidesAfterMs?: number;
}
