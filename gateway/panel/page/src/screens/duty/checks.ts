/** Duty checks (查岗) as the journal tells them: pure. */
import type { HistoryEntry } from '../../../../api/history.js';

export interface Checks {
  readonly asked: number;
  readonly answered: number;
  /** Nobody answered in time. */
  readonly missed: number;
  /** Half of the answers came within this, s; null: nobody has answered. */
  readonly medianS: number | null;
  /** Who answered the newest one, and after how long; null: nobody has. */
  readonly last: { readonly by: string; readonly wall: number; readonly afterS: number | null } | null;
}

export function checksOf(entries: readonly HistoryEntry[], nowWall: number): Checks {
  const answers = entries.filter(({ kind }) => kind === 'duty.answered');
  const answered = new Set(answers.map(commandOf));
  const missed = new Set(entries.filter(({ kind }) => kind === 'duty.missed').map(commandOf));
  const asked = entries.filter(({ kind }) => kind === 'duty.asked');
  const isOver = ({ wall, detail }: HistoryEntry): boolean =>
    wall + (numberOf(detail['withinS']) ?? 0) * 1000 < nowWall;
  const newest = answers.reduce<HistoryEntry | null>(
    (one, other) => (one !== null && one.wall > other.wall ? one : other),
    null,
  );
  return {
    asked: asked.length,
    answered: asked.filter((each) => answered.has(commandOf(each))).length,
    missed: asked.filter((each) => !answered.has(commandOf(each)) && (missed.has(commandOf(each)) || isOver(each)))
      .length,
    medianS: medianOf(answers.flatMap(({ detail }) => numberOf(detail['afterS']) ?? [])),
    last:
      newest === null
        ? null
        : { by: newest.origin ?? '', wall: newest.wall, afterS: numberOf(newest.detail['afterS']) },
  };
}

function commandOf({ detail, id }: HistoryEntry): unknown {
  return detail['command'] ?? detail['check'] ?? id;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
