/** Duty checks (查岗) as the journal tells them: pure. */
import type { HistoryEntry } from '../../../../api/history.js';

export interface Checks {
  readonly asked: number;
  readonly answered: number;
  /** Nobody answered in time. */
  readonly missed: number;
  /** Who answered the newest one, and after how long; null: nobody has. */
  readonly last: { readonly by: string; readonly wall: number; readonly afterS: number | null } | null;
}

export function checksOf(entries: readonly HistoryEntry[], nowWall: number): Checks {
  const answers = entries.filter(({ kind }) => kind === 'duty.answered');
  const answered = new Set(answers.map(commandOf));
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
    missed: asked.filter((each) => !answered.has(commandOf(each)) && isOver(each)).length,
    last:
      newest === null
        ? null
        : { by: newest.origin ?? '', wall: newest.wall, afterS: numberOf(newest.detail['afterS']) },
  };
}

function commandOf({ detail, id }: HistoryEntry): unknown {
  return detail['command'] ?? id;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
