/** A typed table and what is known of the model → a draft, or everything that is wrong, each at its cell. Pure. */
import type { Problem } from '../../config/problem.js';
import { paperCells } from './paper-cells.js';
import { paperProblem } from './paper-problems.js';
import { type DraftPoint, draftPoint } from './paper-row.js';
import { type DraftHead, draftProblems, type ProfileDraft } from './profile-draft.js';

/** As the schema of profiles has it. */
export const pointsMax = 64;

export type DraftOutcome =
  | { readonly ok: true; readonly draft: ProfileDraft }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** `table`: the typed file. `file`: the profile that is to be written. `taken`: ids that the program has. */
export function draftOfTable(
  table: { readonly file: string; readonly text: string },
  head: DraftHead,
  file: string,
  taken: ReadonlySet<string>,
): DraftOutcome {
  const cells = paperCells(table.file, table.text);
  if (!cells.ok) return cells;
  const rows = cells.rows.map((row, i) => draftPoint(row, i + 1, head.papersFirst));
  const problems = rows.flatMap((row) => (row.ok ? [] : row.problems));
  if (rows.length > pointsMax) {
    const at = cells.rows[pointsMax]?.get('address')?.at ?? null;
    problems.push(paperProblem('PAPER-008', at, table.file, String(rows.length), `≤ ${pointsMax}`));
  }
  if (problems.length > 0) return { ok: false, problems };
  const points = withOwnKeys(rows.flatMap((row) => (row.ok ? [row.point] : [])));
  const draft = { head, points };
  const places = cells.rows.map((row) => row.get('address')?.at ?? null);
  const broken = draftProblems(draft, file, taken, places);
  return broken.length === 0 ? { ok: true, draft } : { ok: false, problems: broken };
}

/** Two rows of one name: the second gets a number. */
export function withOwnKeys(points: readonly DraftPoint[]): readonly DraftPoint[] {
  const used = new Set<string>();
  return points.map((point) => {
    let key = point.key;
    for (let n = 2; used.has(key); n++) key = `${point.key.slice(0, 28)}_${n}`;
    used.add(key);
    return { ...point, key };
  });
}
