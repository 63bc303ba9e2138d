/** Looks at the lines while a commissioning is open, and at what needs no hand: links that are heard, a clock that can be believed. */
import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { SiteConfig } from '../../config/site.js';
import type { ClockTrust } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import type { CommissioningItem, LineFigures } from '../panel/api/commissioning.js';
import type { LineSight } from '../scan/line-health.js';
import { deviceOf } from './checklist.js';
import type { SavedCommissioning } from './commissioning-files.js';
import { type Totals, totalsOf, verdictOf, withLook } from './line-measure.js';

export interface LookFacts {
  readonly wall: number;
  readonly clock: ClockTrust;
  readonly config: SiteConfig;
  readonly points: { get(id: PointId): Reading | null };
}

interface Before {
  readonly totals: Totals;
  readonly mono: number;
}

export class LineLooks {
  readonly #before = new Map<string, Before>();

  constructor(
    private readonly clock: Pick<Clock, 'mono'>,
    private readonly sights: () => readonly LineSight[],
  ) {}

  /** What is looked at next is the first look; left out: of all lines. */
  forget(line?: string): void {
    if (line === undefined) this.#before.clear();
    else this.#before.delete(line);
  }

  /** The same object when nothing was to be seen. */
  look(saved: SavedCommissioning, facts: LookFacts): SavedCommissioning {
    const lines = this.#measured(saved.lines);
    const items = saved.items.map((item) => judged(item, lines, facts));
    const isSame = lines === saved.lines && items.every((item, at) => item === saved.items[at]);
    return isSame ? saved : { ...saved, items, lines: [...lines] };
  }

  #measured(lines: readonly LineFigures[]): readonly LineFigures[] {
    const sights = new Map(this.sights().map((sight) => [String(sight.line), sight]));
    let isNews = false;
    const next = lines.map((figures) => {
      const sight = sights.get(figures.line);
      if (sight === undefined) return figures;
      const [mono, before] = [this.clock.mono(), this.#before.get(figures.line)];
      this.#before.set(figures.line, { mono, totals: totalsOf(sight) });
      if (before === undefined) return figures;
      isNews = true;
      return withLook(figures, sight, before.totals, mono - before.mono);
    });
    return isNews ? next : lines;
  }
}

/** Whatever a person has said stands. */
function judged(item: CommissioningItem, lines: readonly LineFigures[], facts: LookFacts): CommissioningItem {
  const { kind, subject, state, how, reason } = item;
  if (how === 'by-person' || (state === 'open' && reason !== null)) return item;
  const { wall, clock, config, points } = facts;
  if (kind === 'clock' && state === 'open' && clock === 'trusted')
    return { ...item, state: 'passed', how: 'measured', wall };
  if (kind === 'link' && state === 'open') {
    const isHeard = config.points.some(
      (point) => deviceOf(point) === subject && points.get(point.id)?.quality === 'good',
    );
    return isHeard ? { ...item, state: 'passed', how: 'told', wall } : item;
  }
  if (kind !== 'line') return item;
  const figures = lines.find(({ line }) => line === subject);
  const verdict = figures === undefined ? null : verdictOf(figures);
  if (verdict === null || (verdict.state === state && verdict.reason === reason)) return item;
  return { ...item, ...verdict, how: 'measured', wall };
}
