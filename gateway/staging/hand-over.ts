/** How one runtime goes over to the next in the same process: in which order it lets go, and what it hands on. */
import type { LineId, UplinkId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { OutputConfig, SiteConfig } from '../../config/site.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { PinBoard } from '../../drivers/driver.js';
import type { JournalCore } from '../../sync/journal/journal-core.js';
import type { AlarmKeeper } from '../alarm/alarm-keeper.js';
import { handedOverDraft } from '../gateway-entries.js';
import { outputHandle } from '../output-handles.js';
import type { LineSight } from '../scan/line-health.js';
import type { SiteScan } from '../scan/site-scan.js';
import type { SiteLines } from '../site-lines.js';
import type { SitePins } from '../site-pins.js';
import type { SiteSounds } from '../site-sounds.js';
import type { SiteUplinks } from '../site-uplinks.js';
import type { KeptLines } from './kept-lines.js';

/** What loudspeakers and outputs that the next site file does not have may cost of the watch, each. */
const letGoMaxMs = 400;
/** A disk that stalls longer keeps what it then has. */
const drainMaxMs = 60_000;

/** What several runtimes of one process share. */
export interface Succession {
  readonly keptLines: KeptLines;
  /** What the one before knew of points that have not changed. */
  readonly readings: readonly Reading[];
  /** Outputs and lines are as they were: nobody waits longer than this for them; null: as at any start. */
  readonly hardwareMaxMs: number | null;
}

export interface HandOverParts {
  readonly clock: Clock;
  readonly journal: JournalCore;
  readonly keeper: AlarmKeeper;
  readonly sounds: SiteSounds;
  readonly lines: SiteLines;
  readonly pins: SitePins;
  readonly uplinks: SiteUplinks;
  /** Outputs that nobody switches afterwards: they go off. */
  readonly gone: readonly OutputConfig[];
  readonly endWatch: () => void;
}

/** `isDrained` settles when all is durable, or can not become so. */
export interface HandedOver {
  readonly isDrained: Promise<unknown>;
}

/** Only the centres are let go of before the watch ends: saying goodbye to them may take seconds. */
export async function handOver(parts: HandOverParts): Promise<HandedOver> {
  const { clock, journal, keeper, sounds, lines, pins, uplinks, gone, endWatch } = parts;
  await uplinks.stop();
  endWatch();
  await Promise.race([sounds.stop(true), pause(clock, letGoMaxMs)]);
  const off = gone.map((output) => switchOff(output, pins.board, lines));
  if (off.length > 0) await Promise.race([Promise.allSettled(off), pause(clock, letGoMaxMs)]);
  keeper.stop();
  const last = keeper.record([handedOverDraft()]);
  const isDrained = journal.untilDurable(last, drainMaxMs).then(() => journal.stop());
  await lines.stop();
  pins.close();
  return { isDrained };
}

async function switchOff(output: OutputConfig, board: PinBoard | null, lines: SiteLines): Promise<void> {
  await outputHandle(output, board, lines).command(false);
}

/** How it stands with lines and centres now. */
export interface Vitals {
  /** Lines on which somebody answers, or is heard. */
  readonly lines: ReadonlySet<LineId>;
  /** Centres that can be reached. */
  readonly uplinks: ReadonlySet<UplinkId>;
  /** Lines that are asked, with what was measured on them. */
  readonly sights: () => readonly LineSight[];
}

export function vitalsOf(config: SiteConfig, scan: SiteScan | null, lines: SiteLines, uplinks: SiteUplinks): Vitals {
  const answering = config.lines.filter(({ id }) => scan?.lines.get(id)?.answers ?? lines.hasAnswered(id));
  const sights = () => scan?.sights ?? [];
  return { lines: new Set(answering.map(({ id }) => id)), uplinks: uplinks.connected, sights };
}
