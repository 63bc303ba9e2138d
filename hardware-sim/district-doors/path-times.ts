/** How long each way needed: from a fire in the village to the confirmation of whoever was told. */
import type { UplinkId } from '../../config/ids.js';
import type { Words } from '../../config/vocabulary.js';
import type { Observation } from '../../gateway/observation.js';
import type { RaisedFire, TellsFire } from './told-fire.js';

export interface PathTime {
  readonly uplink: string;
  /** From the moment that the detector saw it; null: never confirmed. */
  readonly tookMs: number | null;
}

/** When something was, by both clocks of this process, ms. */
export interface Moment {
  readonly mono: number;
  readonly wall: number;
}

/** One way after a fire; times count from the stamp of its entry. */
export interface PathSeen {
  /** Its centre has confirmed, as the centre says; null: it has not, or nobody sees it. */
  readonly confirmedMs: number | null;
  /** The gateway was heard to say that it has the confirmation. */
  readonly knownMs: number | null;
}

/** What was confirmed before the gateway was heard of the fire itself: the two come over different ways. The oldest go. */
const earlyMax = 100;

/** The first alarm of class fire after `fireSeen` counts. */
export class PathTimes {
  #fireMono: number | null = null;
  #fire: RaisedFire | null = null;
  #early: { readonly uplink: string; readonly tells: TellsFire; readonly at: Moment }[] = [];
  readonly #confirmed = new Map<string, Moment>();
  readonly #carried = new Map<string, Moment>();

  /** The one that counts; null: none yet. */
  get fire(): RaisedFire | null {
    return this.#fire;
  }

  /** The world: a detector is in smoke from now on. */
  fireSeen(mono: number): void {
    this.#fireMono ??= mono;
  }

  /** What the gateway says of itself. */
  see(observation: Observation, at: Moment): void {
    if (observation.kind === 'entry') {
      const { id, kind, class: alarmClass, wall } = observation.entry;
      const counts = kind === 'alarm.raised' && alarmClass === 'fire' && this.#fireMono !== null;
      if (counts && this.#fire === null) this.#begin({ id, wall });
    }
    if (observation.kind !== 'report.carried' || observation.entryId !== this.#fire?.id) return;
    keepFirst(this.#carried, observation.uplink, at);
  }

  /** What a centre has confirmed. */
  confirmed(uplink: string, tells: TellsFire, at: Moment): void {
    if (this.#fire === null) {
      this.#early.push({ uplink, tells, at });
      if (this.#early.length > earlyMax) this.#early.shift();
    } else if (tells(this.#fire)) keepFirst(this.#confirmed, uplink, at);
  }

  /** From the smoke to what the gateway said. */
  of(uplinks: readonly UplinkId[]): readonly PathTime[] {
    const fireMono = this.#fireMono;
    return uplinks.map((uplink) => {
      const at = this.#carried.get(uplink);
      return { uplink, tookMs: at === undefined || fireMono === null ? null : Math.round(at.mono - fireMono) };
    });
  }

  /** From the stamp of the fire on. */
  sinceRaised(uplink: string): PathSeen {
    const since = (at: Moment | undefined): number | null =>
      at === undefined || this.#fire === null ? null : Math.round(at.wall - this.#fire.wall);
    return { confirmedMs: since(this.#confirmed.get(uplink)), knownMs: since(this.#carried.get(uplink)) };
  }

  #begin(fire: RaisedFire): void {
    this.#fire = fire;
    for (const { uplink, tells, at } of this.#early.splice(0))
      if (at.wall >= fire.wall && tells(fire)) keepFirst(this.#confirmed, uplink, at);
  }
}

function keepFirst(moments: Map<string, Moment>, uplink: string, at: Moment): void {
  if (!moments.has(uplink)) moments.set(uplink, at);
}

export function pathLine({ uplink, tookMs }: PathTime): Words {
  return tookMs === null
    ? { zh: `✗ ${uplink}：未确认`, en: `✗ ${uplink}: not confirmed` }
    : { zh: `✓ ${uplink}：起火后 ${tookMs} ms 确认`, en: `✓ ${uplink}: confirmed ${tookMs} ms after the fire` };
}
