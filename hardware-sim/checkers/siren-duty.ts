/** Does a fire that stands sound as it must? Sirens and voice take turns, and all of it rests now and then (the cadence of class fire). */
import type { OutputId } from '../../config/ids.js';
import type { AlarmBook, Standing } from './alarm-book.js';
import type { Fact, WorldView } from './checker.js';
import type { OutputBook } from './output-book.js';
import { deviceOfOutput, type SiteIndex } from './site-index.js';
import { UnreadState } from './unread-state.js';

/** From the raising to the sound, on a line that works. */
const soundsWithinMs = 3_000;
/** From the start of a process to the sound of what it finds standing (design: siren gap over a crash). */
const afterStartMs = 15_000;
/** A part that was broken is asked again after 10 s at the latest, and then has to be told. */
const afterMendingMs = 15_000;
/** On top of the longest rest and the longest turn of the voice. */
const gapSlackMs = 5_000;
/** Trouble on a line costs its neighbours time for so long. */
const troubleMs = 60_000;
const withTroubleMs = 12_000;

export class SirenDuty {
  readonly #told = new Set<string>();
  readonly #unread: UnreadState;

  constructor(
    private readonly index: SiteIndex,
    private readonly book: AlarmBook,
    private readonly outputs: OutputBook,
  ) {
    this.#unread = new UnreadState(index);
  }

  see(fact: Fact, world: WorldView): void {
    this.#unread.see(fact, world);
  }

  /** The sirens that should have sounded for this fire by now and did not. Each is told once. */
  *silent(standing: Standing, world: WorldView): Iterable<OutputId> {
    const { gateway } = world;
    if (gateway === null || standing.class !== 'fire' || !standing.isSure || !standing.isSoundSure) return;
    if (standing.silencedMono !== null || this.book.isOutOfService(standing.subject)) return;
    const startedMono = gateway.beganMono > standing.sinceMono ? gateway.beganMono + afterStartMs : 0;
    for (const output of this.index.atOnce('fire', standing.zone)) {
      const key = `${standing.alarm} ${standing.sinceMono} ${output}`;
      if (this.#told.has(key) || this.#isExcused(standing, output, startedMono, world)) continue;
      this.#told.add(key);
      yield output;
    }
  }

  #isExcused(standing: Standing, output: OutputId, startedMono: number, world: WorldView): boolean {
    if (this.#unread.hides(standing, output, world)) return true;
    // The turns live in memory: a new process begins with a burst.
    const sinceMono = Math.max(standing.sinceMono, world.gateway?.beganMono ?? 0);
    const nowMono = world.mono();
    const mendedMono = world.afflictions.soundSince(this.index.partsOfOutput(output));
    const slackMs = this.#hasTrouble(output, world) ? withTroubleMs : 0;
    const wantedMono = Math.max(standing.sinceMono, standing.knownMono);
    const dueMono = Math.max(wantedMono + soundsWithinMs + slackMs, startedMono, mendedMono + afterMendingMs);
    if (nowMono < dueMono) return true;
    const { restsMs, voiceMs } = this.index.config.cadences.fire;
    const lastOnMono = this.outputs.lastOnMono(output, world);
    const gapMs = nowMono - Math.max(lastOnMono, mendedMono);
    // It could not sound so far, and may come back into a rest.
    if (mendedMono > sinceMono && lastOnMono < sinceMono && gapMs <= restsMs + voiceMs + gapSlackMs) return true;
    if (lastOnMono >= sinceMono) return gapMs <= restsMs + voiceMs + gapSlackMs;
    // It sounds for another alarm, which has the word.
    return (this.outputs.commanded(output)?.on ?? false) && nowMono - lastOnMono <= voiceMs + gapSlackMs;
  }

  #hasTrouble(id: OutputId, world: WorldView): boolean {
    const output = this.index.outputs.get(id);
    if (output === undefined) return false;
    const parts = this.index.neighboursOf(deviceOfOutput(output));
    return world.mono() - world.afflictions.soundSince(parts) < troubleMs;
  }
}
