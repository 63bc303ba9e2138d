/** The drill of a site: the machine with its clock, its marks, and what it orders. */
import { strict as assert } from 'node:assert';
import type { Cancel, Clock } from '../../drivers/clock.js';
import {
  type Drill,
  type DrillEffect,
  type DrillInput,
  type DrillState,
  drillOff,
  drillTick,
  endOf,
  type HeadCount,
  stepDrill,
} from './drill.js';
import { drillBegun, drillEnded, drillNoted } from './drill-entries.js';
import {
  announcementId,
  type DrillSite,
  drillEndWords,
  drillOutputs,
  drillWish,
  drillWords,
  type Render,
  silentWish,
} from './drill-sound.js';
import type { ExerciseRefusal, Standing, ZoneChoice } from './exercise.js';
import {
  datedMark,
  drillHasEnded,
  drillRuns,
  lastDrill,
  markNames,
  nothingRuns,
  runningDrill,
} from './exercise-marks.js';
import type { ExerciseOutlets, Mark, Marks } from './outlets.js';

export interface DrillRunOptions {
  readonly site: DrillSite;
  readonly clock: Clock;
  readonly outlets: ExerciseOutlets;
  /** Never the same twice, over all starts. */
  readonly newId: () => string;
  /** A drill was held: it sounded, and nothing broke it off. */
  readonly onHeld: () => void;
}

export class DrillRun {
  #state: DrillState = drillOff;
  #cancelTick: Cancel | null = null;
  readonly #render: Render = (message, facts) => this.options.outlets.render(message, facts);

  constructor(private readonly options: DrillRunOptions) {}

  /** Null while none runs. */
  get running(): Drill | null {
    return this.#state.is === 'off' ? null : this.#state.drill;
  }

  /** Wall time of its end, ms since 1970; null while none runs. */
  get untilWall(): number | null {
    const { clock } = this.options;
    return this.running === null ? null : clock.wall() + endOf(this.running) - clock.mono();
  }

  /** `forMs` null: as long as the site file says. Null when it began. */
  begin(zones: ZoneChoice, forMs: number | null, origin: string, standing: Standing): ExerciseRefusal | null {
    const { site, newId } = this.options;
    const { lastsMs, begins } = site.exercises.drill;
    if (zones !== 'all' && (zones.length === 0 || zones.some((id) => !site.zones.some((zone) => zone.id === id)))) {
      return 'unknown-zone';
    }
    if (drillOutputs(site, zones).size === 0 && begins === null) return 'nothing-sounds';
    const hasWords = begins !== null && begins.speakers.length > 0;
    return this.#take({
      ...{ kind: 'begin', id: newId(), zones, forMs: forMs ?? lastsMs, origin, hasWords, standing },
    });
  }

  /** Ends what runs, or tells the counts of the one that ended last. Null when it did. */
  end(counts: HeadCount, note: string | null, origin: string): ExerciseRefusal | null {
    return this.#take({ kind: 'end', counts, note, origin });
  }

  /** An announcement was said to its end. */
  said(id: string): void {
    if (this.running !== null && id === announcementId(this.running, 'begins')) this.#take({ kind: 'said' });
  }

  fire(): void {
    this.#take({ kind: 'fire' });
  }

  /** Tells the end of a drill that was under way when the gateway ended. */
  restore(marks: Marks): void {
    const { clock } = this.options;
    const now = { mono: clock.mono(), wall: clock.wall(), isWallSure: clock.trust() === 'trusted' };
    const last = lastDrill(marks.get(markNames.drillEnded), now);
    this.#take({ kind: 'restart', running: runningDrill(marks.get(markNames.exercise)), last });
  }

  /** The gateway stops: nobody would end it any more. */
  stop(): void {
    this.#take({ kind: 'stop' });
  }

  #take(input: DrillInput): ExerciseRefusal | null {
    const { clock } = this.options;
    const { state, effects } = stepDrill(this.#state, input, { mono: clock.mono(), wall: clock.wall() });
    // Before the effects: an entry of theirs may tell of a fire, and that comes in here again.
    this.#state = state;
    this.#cancelTick?.();
    const nextMono = drillTick(state);
    this.#cancelTick = nextMono === null ? null : clock.exactly(nextMono, () => void this.#take({ kind: 'tick' }));
    let refusal: ExerciseRefusal | null = null;
    for (const effect of effects) {
      // What an effect brought about has overtaken the rest.
      if (this.#state !== state) break;
      if (effect.do === 'refuse') refusal = effect.reason;
      else this.#do(effect);
    }
    return refusal;
  }

  #do(effect: Exclude<DrillEffect, { do: 'refuse' }>): void {
    const { site, clock, outlets } = this.options;
    const { zones } = site;
    switch (effect.do) {
      case 'begin':
        outlets.record([drillBegun(effect.drill, zones)], [drillRuns(effect.drill)]);
        break;
      case 'words':
        // Nothing sounds yet, and who hears the words takes what sounds next for practice.
        outlets.record(outlets.sound(silentWish(drillWish(site, effect.drill, this.#render))), []);
        outlets.announce(drillWords(site, effect.drill, this.#render, clock.mono()));
        break;
      case 'sound':
        outlets.record(outlets.sound(drillWish(site, effect.drill, this.#render)), []);
        break;
      case 'end':
        this.#end(effect);
        break;
      case 'count':
        outlets.record([drillEnded(effect.ended, effect.counts, effect.origin, zones)], []);
        break;
      case 'note':
        outlets.record([drillNoted(effect.drill, effect.note, effect.origin)], []);
        break;
      default: {
        const impossible: never = effect;
        assert.fail(`impossible effect ${String(impossible)}`);
      }
    }
  }

  /** Quiet first, then the record, then the words. */
  #end({ ended, counts, origin, hasSounded }: Extract<DrillEffect, { do: 'end' }>): void {
    const { site, clock, outlets } = this.options;
    const { drill, reason } = ended;
    const drafts = reason === 'restart' ? outlets.release(drillOutputs(site, drill.zones)) : outlets.sound(null);
    outlets.withdraw(announcementId(drill, 'begins'));
    const isRegular = reason === 'time' || reason === 'order';
    const marks: readonly Mark[] = [
      nothingRuns(ended.endedWall),
      drillHasEnded(ended),
      ...(isRegular && hasSounded ? [datedMark(markNames.drill, ended.endedWall, clock.trust() === 'trusted')] : []),
    ];
    outlets.record([...drafts, drillEnded(ended, counts, origin, site.zones)], marks);
    if (isRegular && hasSounded) this.options.onHeld();
    if (isRegular && site.exercises.drill.ends !== null) {
      outlets.announce(drillEndWords(site, drill, this.#render, clock.mono()));
    }
  }
}
