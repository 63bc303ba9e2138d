/** How long each way needed: from a fire in the village to the confirmation of whoever was told. */
import type { UplinkId } from '../../config/ids.js';
import type { Words } from '../../config/vocabulary.js';
import type { Observation } from '../../gateway/observation.js';

export interface PathTime {
  readonly uplink: string;
  /** From the moment that the detector saw it; null: never confirmed. */
  readonly tookMs: number | null;
}

/** The first alarm of class fire after `fireSeen` counts. */
export class PathTimes {
  #fireMono: number | null = null;
  #entryId: string | null = null;
  readonly #confirmed = new Map<UplinkId, number>();

  /** The world: a detector is in smoke from now on. */
  fireSeen(mono: number): void {
    this.#fireMono ??= mono;
  }

  see(observation: Observation, mono: number): void {
    if (observation.kind === 'entry') {
      const { id, kind, class: alarmClass } = observation.entry;
      if (kind === 'alarm.raised' && alarmClass === 'fire' && this.#fireMono !== null) this.#entryId ??= id;
    }
    if (observation.kind !== 'report.carried' || observation.entryId !== this.#entryId) return;
    if (!this.#confirmed.has(observation.uplink)) this.#confirmed.set(observation.uplink, mono);
  }

  of(uplinks: readonly UplinkId[]): readonly PathTime[] {
    const fireMono = this.#fireMono;
    return uplinks.map((uplink) => {
      const atMono = this.#confirmed.get(uplink);
      return { uplink, tookMs: atMono === undefined || fireMono === null ? null : Math.round(atMono - fireMono) };
    });
  }
}

export function pathLine({ uplink, tookMs }: PathTime): Words {
  return tookMs === null
    ? { zh: `✗ ${uplink}：未确认`, en: `✗ ${uplink}: not confirmed` }
    : { zh: `✓ ${uplink}：起火后 ${tookMs} ms 确认`, en: `✓ ${uplink}: confirmed ${tookMs} ms after the fire` };
}
