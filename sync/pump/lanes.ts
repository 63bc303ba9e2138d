/** The lanes of one uplink, each where it was left. */
import type { UplinkId } from '../../config/ids.js';
import type { TellConfig } from '../../config/site.js';
import type { PositionRow } from '../journal/store.js';
import type { Uplink } from '../uplink.js';
import { CarriedLane } from './carried-lane.js';
import { firstPosition } from './first-position.js';
import { entrySource, type LaneSource, type PumpJournal, packSource } from './lane-source.js';

export interface Lanes {
  readonly fire: CarriedLane;
  readonly journal: CarriedLane;
  /** Null: this centre gets no measurements. */
  readonly telemetry: CarriedLane | null;
}

export interface LanesOptions {
  readonly uplink: Uplink;
  readonly journal: PumpJournal;
  readonly random: () => number;
  readonly tell: TellConfig;
  readonly withTelemetry: boolean;
  readonly wantsReceipts: boolean;
  /** Uplinks of the site file. */
  readonly inUse: ReadonlySet<UplinkId>;
  /** It has no saved position yet. */
  readonly onNew: (lane: CarriedLane) => void;
}

/** Null until a disk has answered. */
export function makeLanes(options: LanesOptions): Lanes | null {
  const { uplink, journal, tell, withTelemetry } = options;
  const { positions } = journal;
  if (positions === null) return null;
  const packs = withTelemetry ? packSource(journal, uplink) : null;
  return {
    fire: makeLane(options, positions, entrySource(journal, 'fire', uplink, tell)),
    journal: makeLane(options, positions, entrySource(journal, 'journal', uplink, tell)),
    telemetry: packs === null ? null : makeLane(options, positions, packs),
  };
}

function makeLane(options: LanesOptions, positions: readonly PositionRow[], source: LaneSource): CarriedLane {
  const { uplink, journal, random, wantsReceipts, inUse, onNew } = options;
  const { row, isSaved } = firstPosition(positions, uplink.id, source.lane, inUse);
  const countAfter = async (position: number): Promise<number> =>
    (await journal.backlogAfter(source.lane, position)).rows;
  const lane = new CarriedLane({ ...{ source, row, random, wantsReceipts, countAfter }, boot: journal.boot });
  if (!isSaved) onNew(lane);
  if (wantsReceipts) {
    recallUnkept(journal, lane, row, countAfter).then(
      () => {
        lane.isRecalled = true;
      },
      () => undefined,
    );
  }
  return lane;
}

/** What is nothing for this centre is counted too, unless everything that it was told is kept. */
async function recallUnkept(
  journal: PumpJournal,
  lane: CarriedLane,
  { told, kept, position }: PositionRow,
  countAfter: (position: number) => Promise<number>,
): Promise<void> {
  if (told === null || kept >= position) return;
  const place = kept === 0 ? null : await journal.placeAt(lane.name, kept);
  if (place !== null && place.epoch === told.epoch && place.sequence === told.sequence) return;
  const rows = (await countAfter(kept)) - (await countAfter(position));
  lane.recallUnkept(Math.max(1, rows));
}
