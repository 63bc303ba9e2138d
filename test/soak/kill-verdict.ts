/** What the journal file says against what the centre has heard and what the gateway has said. Pure. */
import type { Heard } from './district-ear.js';

/** A row of the journal file, read from outside. */
export interface FileRow {
  readonly position: number;
  readonly epoch: string;
  readonly sequence: number;
  readonly id: string;
  readonly lane: string;
  readonly kind: string;
  readonly class: string | null;
  readonly subject: string;
}

export interface Said {
  /** Ids of entries as they were stamped, and those that were said to be durable. */
  readonly stamped: ReadonlySet<string>;
  readonly durable: ReadonlySet<string>;
}

export interface Verdict {
  readonly rows: number;
  readonly carriedRows: number;
  readonly heard: number;
  readonly duplicates: number;
  /** Rows of carried lanes that never arrived as durable. */
  readonly lost: readonly string[];
  /** Heard, and neither in the file nor told from memory by a gateway that died before it was durable. */
  readonly invented: readonly string[];
  /** Told from memory, and died with the process: marked `durable: false`, and never said to be kept. */
  readonly toldNotKept: number;
  /** Said to be durable before the kill, and not in the file after it. */
  readonly unkept: readonly string[];
  /** Heard with other words or another place than the row has. */
  readonly altered: readonly string[];
  /** First deliveries that came after a later row of their order. */
  readonly outOfOrder: readonly string[];
  /** Deliveries that do not name the row before theirs in their lane and epoch: a receiver would see a gap, or none where one is. */
  readonly unlinked: readonly string[];
  /** Places in an epoch that no row has, or two. */
  readonly holes: number;
}

/** Rows that keep their order on the way: all first deliveries of one of these are in the order of their sequences, over every kill.
 * Between them nothing is promised: fire goes before the rest, and a new fire before what else is of the fire lane. */
export function orderOf({ lane, kind, class: alarmClass }: Pick<FileRow, 'lane' | 'kind' | 'class'>): string {
  return lane === 'fire' && alarmClass === 'fire' && kind === 'alarm.raised' ? 'new fires' : lane;
}

/** @param drainedTo rows up to this position have had their time to arrive; those after it were written while the last gateway ended. */
export function judge(rows: readonly FileRow[], heard: readonly Heard[], said: Said, drainedTo: number): Verdict {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const carried = rows.filter(({ lane }) => lane === 'fire' || lane === 'journal');
  const previous = predecessorsOf(rows);
  const unlinked: string[] = [];
  const invented: string[] = [];
  const altered: string[] = [];
  const outOfOrder: string[] = [];
  const newest = new Map<string, number>();
  const arrived = new Set<string>();
  const fromMemory = new Set<string>();
  for (const one of heard) {
    const row = byId.get(one.id);
    if (row === undefined) {
      if (one.durable || !said.stamped.has(one.id)) invented.push(one.id);
      else fromMemory.add(one.id);
      continue;
    }
    const isPlaced = !one.durable || one.sequence === row.sequence;
    if (!isPlaced || one.epoch !== row.epoch || one.kind !== row.kind || one.subject !== row.subject)
      altered.push(one.id);
    if (one.durable && one.previous !== previous.get(one.id)) unlinked.push(one.id);
    if (!one.durable || arrived.has(one.id)) continue;
    arrived.add(one.id);
    const order = orderOf(row);
    if (row.position < (newest.get(order) ?? 0)) outOfOrder.push(`${one.id} (${order})`);
    else newest.set(order, row.position);
  }
  return {
    rows: rows.length,
    carriedRows: carried.length,
    heard: heard.length,
    duplicates: heard.length - new Set(heard.map(({ id, durable }) => `${id} ${durable}`)).size,
    lost: carried.filter(({ id, position }) => position <= drainedTo && !arrived.has(id)).map(({ id }) => id),
    ...{ invented, altered, outOfOrder, unlinked, toldNotKept: fromMemory.size },
    unkept: [...said.durable].filter((id) => !byId.has(id)),
    holes: holesOf(rows),
  };
}

/** Of each row, by its id, the sequence of the one before it in its lane and epoch; 0: it is the first. This centre is told all. */
function predecessorsOf(rows: readonly FileRow[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  return new Map(
    rows.map(({ id, epoch, lane, sequence }) => {
      const chain = `${epoch} ${lane}`;
      const before = newest.get(chain) ?? 0;
      newest.set(chain, sequence);
      return [id, before];
    }),
  );
}

function holesOf(rows: readonly FileRow[]): number {
  const byEpoch = new Map<string, Set<number>>();
  let doubles = 0;
  for (const { epoch, sequence } of rows) {
    const seen = byEpoch.get(epoch) ?? new Set();
    if (seen.has(sequence)) doubles++;
    byEpoch.set(epoch, seen.add(sequence));
  }
  let missing = 0;
  for (const seen of byEpoch.values()) {
    let last = 0;
    for (const sequence of seen) last = Math.max(last, sequence);
    missing += last - seen.size;
  }
  return missing + doubles;
}

export function isGood(verdict: Verdict): boolean {
  const { lost, invented, unkept, altered, outOfOrder, unlinked, holes } = verdict;
  return [lost, invented, unkept, altered, outOfOrder, unlinked].every((list) => list.length === 0) && holes === 0;
}
