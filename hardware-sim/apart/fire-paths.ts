/** `--all-uplinks`: times the ways of a fire while a story is played, and judges them at its end. */
import type { Words } from '../../config/vocabulary.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { Observation } from '../../gateway/observation.js';
import { type Moment, PathTimes } from '../district-doors/path-times.js';
import { judgePath, type Path, type PathVerdict, verdictWords } from '../district-doors/path-verdicts.js';
import type { TellsFire } from '../district-doors/told-fire.js';
import { rfc3339Of } from '../wall-text.js';

const lookEveryMs = 20;

export class FirePaths {
  readonly #times = new PathTimes();

  /** `slowness`: see ApartOptions. */
  constructor(
    private readonly clock: Clock,
    private readonly slowness: number,
  ) {}

  /** A story begins on a quiet day: from its first step on a fire counts. */
  begin(): void {
    this.#times.fireSeen(this.clock.mono());
  }

  see(observation: Observation): void {
    this.#times.see(observation, this.#now());
  }

  confirmed(uplink: string, tells: TellsFire): void {
    this.#times.confirmed(uplink, tells, this.#now());
  }

  verdicts(paths: readonly Path[]): readonly PathVerdict[] {
    const waitedMs = this.#waitedMs();
    return paths.map((path) => judgePath(this.#times, path, waitedMs, this.slowness));
  }

  /** Nothing more is awaited: each way has brought the fire, or its time is over; or there was none. */
  isSettled(paths: readonly Path[]): boolean {
    return this.#times.fire === null || this.verdicts(paths).every(({ outcome }) => outcome !== 'waiting');
  }

  /** Resolves when `isSettled`. */
  async settle(paths: readonly Path[]): Promise<void> {
    while (!this.isSettled(paths)) await pause(this.clock, lookEveryMs);
  }

  /** A fire was raised, and each way has brought it to its centre in time. */
  held(paths: readonly Path[]): boolean {
    return this.#times.fire !== null && this.verdicts(paths).every(({ outcome }) => outcome === 'held');
  }

  lines(paths: readonly Path[]): readonly Words[] {
    if (this.#times.fire === null)
      return [{ zh: '✗ 没有报出火警，无从计时', en: '✗ no fire was raised: there is nothing to time' }];
    const waitedMs = this.#waitedMs();
    return this.verdicts(paths).map((verdict) => verdictWords(verdict, waitedMs));
  }

  /** One JSON line. */
  json(paths: readonly Path[]): string {
    const { fire } = this.#times;
    return JSON.stringify({
      kind: 'scenario.paths',
      held: this.held(paths),
      fire: fire === null ? null : { entryId: fire.id, raised: rfc3339Of(fire.wall) },
      waitedMs: fire === null ? null : this.#waitedMs(),
      paths: this.verdicts(paths),
    });
  }

  #waitedMs(): number {
    return Math.round(this.clock.wall() - (this.#times.fire?.wall ?? this.clock.wall()));
  }

  #now(): Moment {
    return { mono: this.clock.mono(), wall: this.clock.wall() };
  }
}
