/**
 * What each unit that answered may be. All of a speed are asked in turns, so that each has its rest while the others are asked: cheap
 * ones want up to 200 ms between two questions, and it costs nothing here.
 */
import type { DeviceProfile } from '../../config/profile-schema.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { Heard, LineProber, ReadQuestion } from '../../drivers/modbus/line-prober.js';
import { type Found, isPresent, lingerMs, presenceQuestion } from './format-sweep.js';
import { type Looked, recognise } from './recognise.js';
import { patientMs } from './search-plan.js';
import type { SurveyFormat, SurveyUnit } from './survey.js';
import { brokenAnswers, twinsDiffer, twinsHeard } from './survey-words.js';

/** Units that are asked in turns at once. */
const togetherMax = 8;
/** The shortest rest of a unit between an answer and the next question, ms. */
const restMs = 30;
/** One that did not answer is asked again after this, ms. */
const longRestMs = 250;
/** It is left alone when it did not answer so many questions in a row. */
const silentMax = 6;
/** To be sure of a second answer: so many questions, after most of which one must be heard. */
const [doubleTries, doubleMin] = [3, 2];
/** One broken answer is a spark or a busy computer; so many of a few more are a fault of the wire. */
const [brokenTries, brokenMin] = [6, 2];
/** A second unit may be slower than the first one by this, ms. */
const doubleLingerMs = 200;

export interface LooksOptions {
  readonly prober: LineProber;
  readonly clock: Clock;
  readonly profiles: readonly DeviceProfile[];
  readonly format: SurveyFormat | null;
  readonly waitMs: number;
  readonly isOver: () => boolean;
  /** How many are done. */
  readonly onProgress: (done: number) => void;
}

/** In the order of `found`. */
export async function lookAtAll(found: readonly Found[], options: LooksOptions): Promise<readonly SurveyUnit[]> {
  const turns = new Turns();
  const units: SurveyUnit[] = new Array(found.length);
  let [next, done] = [0, 0];
  const lookOn = async (): Promise<void> => {
    for (let at = next++; at < found.length; at = next++) {
      const each = found[at];
      if (each === undefined) return;
      units[at] = options.isOver() ? bare(each, options.format) : await new UnitLook(each, options, turns).run();
      options.onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: togetherMax }, lookOn));
  return units;
}

/** Found, and the search was broken off before it was recognised. */
function bare({ address, answerMs }: Found, format: SurveyFormat | null): SurveyUnit {
  return { address, format, candidates: [], answerMs: Math.round(answerMs), trouble: null };
}

/** One question at a time, in the order in which they were wanted. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(ask: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(ask);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

class UnitLook {
  #answerMs: number;
  #isBroken: boolean;
  #silent = 0;
  /** The last question was answered well: whatever comes behind it is no late answer to an earlier one. */
  #isClean = false;
  #mayBeDouble: boolean;
  #lastMono: number;

  constructor(
    private readonly found: Found,
    private readonly options: LooksOptions,
    private readonly turns: Turns,
  ) {
    this.#answerMs = found.answerMs;
    this.#isBroken = found.wasBroken;
    this.#mayBeDouble = found.isDouble;
    this.#lastMono = options.clock.mono();
  }

  async run(): Promise<SurveyUnit> {
    const { profiles, format, isOver } = this.options;
    const { address, table, kind } = this.found;
    const again = await this.#look(presenceQuestion(table), lingerMs);
    const differs = again.kind !== 'unknown' && (again.kind === 'values') !== (kind === 'values');
    const candidates = await recognise({ address, format }, profiles, (question) => this.#look(question), isOver);
    const isDouble = this.#mayBeDouble && (await this.#isDouble());
    const trouble = isDouble
      ? twinsHeard(address)
      : differs
        ? twinsDiffer(address)
        : this.#isBroken && (await this.#isBrokenAgain())
          ? brokenAnswers(address)
          : null;
    return { address, format, candidates, answerMs: Math.round(this.#answerMs), trouble };
  }

  async #look(question: ReadQuestion, linger = 0): Promise<Looked> {
    if (this.#silent >= silentMax) return { kind: 'unknown' };
    for (let tries = 0; tries < 2; tries++) {
      const heard = await this.#ask(question, tries === 0 ? restMs : longRestMs, linger);
      if (isPresent(heard)) {
        this.#silent = 0;
        return heard.kind === 'values' ? heard : { kind: 'refused', code: heard.code };
      }
      this.#isBroken ||= heard.kind === 'garbage' && heard.others.length === 0;
    }
    this.#silent++;
    return { kind: 'unknown' };
  }

  async #isDouble(): Promise<boolean> {
    let heardTwice = 0;
    for (let tries = 0; tries < doubleTries; tries++) {
      const heard = await this.#ask(presenceQuestion(this.found.table), longRestMs, doubleLingerMs);
      if (isPresent(heard) && heard.others.includes(this.found.address)) heardTwice++;
    }
    return heardTwice >= doubleMin;
  }

  async #isBrokenAgain(): Promise<boolean> {
    let broken = 0;
    for (let tries = 0; tries < brokenTries && broken < brokenMin; tries++) {
      const heard = await this.#ask(presenceQuestion(this.found.table), longRestMs, 0);
      if (!isPresent(heard)) broken++;
    }
    return broken >= brokenMin;
  }

  async #ask(question: ReadQuestion, rest: number, linger: number): Promise<Heard> {
    const { prober, clock, waitMs } = this.options;
    const { address, answerMs } = this.found;
    const wait = Math.max(waitMs, Math.min(patientMs, 4 * answerMs + lingerMs));
    const restLeftMs = (): number => this.#lastMono + rest - clock.mono();
    if (rest > restMs && restLeftMs() > 0) await pause(clock, restLeftMs());
    const heard = await this.turns.take(async () => {
      if (restLeftMs() > 0) await pause(clock, restLeftMs());
      // What a second one says may not fall into the next unit's question.
      const listenOn = this.#mayBeDouble ? doubleLingerMs : linger;
      return prober.ask(address, question, { waitMs: wait, lingerMs: listenOn });
    });
    this.#lastMono = clock.mono();
    this.#mayBeDouble ||= this.#isClean && heard.others.includes(address);
    this.#isClean = isPresent(heard);
    if (isPresent(heard)) this.#answerMs = Math.max(this.#answerMs, heard.answerMs);
    return heard;
  }
}
