/** Orders from the panel: to the desk that every other origin goes to as well, and its answer in words. */
import { brandId } from '../../../config/ids.js';
import type { Words } from '../../../config/vocabulary.js';
import { type Clock, sharedMono } from '../../../drivers/clock.js';
import { Pace } from '../../../sync/pump/pace.js';
import type { CommandAnswer, Concerned } from '../../command/command.js';
import { type ExerciseAsk, orderLevel } from '../../command/exercise-order.js';
import { commandRefusalWords } from '../../command/refusal-words.js';
import { refusedDraft } from '../../command/refused-draft.js';
import { toldAnswer } from '../../command/told-answer.js';
import type { CommissioningOrders } from '../../commissioning/commissioning-orders.js';
import { commissioningAnswer } from '../../commissioning/commissioning-view.js';
import type { DutyOrders } from '../../duty/duty-orders.js';
import type { Log } from '../../log.js';
import type { Runtime } from '../../runtime.js';
import type { CommissioningAsk } from '../api/commissioning.js';
import { type AlarmOrder, type PanelAnswer, type PanelOrder, panelOrder } from '../api/orders.js';
import type { PanelOrderer } from '../bridge.js';
import { doneWords, refusalWords } from './answer-words.js';

/** Of all people at all panels together; above it they are told to wait. An order is a step of the engine and a row of the journal. */
const ordersPerSMax = 20;
/** An order that waited longer for a watch that was held up is over: whoever gave it sees another village by now. */
const waitMaxMs = 5_000;
/**
 * The same for what names the newest alarm that was seen: it takes nothing else, whenever it comes, and a local key has no end either
 * (design.md §5). But after so long the person was told that nobody has answered.
 */
const seenWaitMaxMs = 20_000;

export interface PanelOrdersOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly runtime: () => Runtime;
  readonly duty: DutyOrders;
  /** Null: there is none here. */
  readonly commissioning: CommissioningOrders | null;
}

export class PanelOrders {
  readonly #pace: Pace;

  constructor(private readonly options: PanelOrdersOptions) {
    this.#pace = new Pace(ordersPerSMax, options.clock.mono());
  }

  /** Never throws: a person who pressed a key is answered, whatever happens. */
  take(given: unknown, by: PanelOrderer, madeMono: number): PanelAnswer {
    const { clock, log } = this.options;
    if (!this.#pace.has(clock.mono())) return this.#refused('busy', refusalWords.busy);
    this.#pace.take();
    const parsed = panelOrder.safeParse(given);
    if (!parsed.success) return this.#refused('malformed', refusalWords.malformed);
    try {
      const waitedMs = sharedMono(clock) - madeMono;
      // By a moment that is no number nothing is young.
      if (!(waitedMs <= waitMaxMsOf(parsed.data))) return this.#late(parsed.data, by);
      return this.#obey(parsed.data, by);
    } catch (error) {
      log.error({ ask: parsed.data.ask, error: String(error) }, 'an order of the panel failed');
      return this.#refused('failed', refusalWords.failed);
    }
  }

  #obey(order: PanelOrder, by: PanelOrderer): PanelAnswer {
    if (isExercise(order)) return this.#exercise(order, by);
    if (isCommissioning(order)) return this.#commissioning(order, by);
    switch (order.ask) {
      case 'acknowledge':
      case 'silence':
      case 'reset':
      case 'shelved':
      case 'out-of-service':
      case 'in-service':
        return this.#alarm(order, by);
      default:
        return this.options.duty.take(order, by.origin, by.level);
    }
  }

  #late({ ask }: PanelOrder, { origin }: PanelOrderer): PanelAnswer {
    this.options.runtime().record([refusedDraft({ kind: ask, origin }, 'late', refusalWords.late)]);
    return this.#refused('late', refusalWords.late);
  }

  #alarm(order: AlarmOrder, { origin, level }: PanelOrderer): PanelAnswer {
    const runtime = this.options.runtime();
    const before = runtime.alarms;
    const answer =
      'subjects' in order
        ? runtime.serve({ to: order.ask, subjects: order.subjects, forMs: order.forMs, origin, level })
        : runtime.command({ kind: order.ask, upTo: { boot: brandId(order.boot), order: order.order }, origin, level });
    return this.#told(order.ask, toldAnswer(answer, before, runtime.alarms, runtime.points.all));
  }

  #told(ask: AlarmOrder['ask'], answer: CommandAnswer): PanelAnswer {
    if (!answer.accepted) return this.#refused(answer.reason, answer.why ?? commandRefusalWords[answer.reason]);
    const { concerned = [], still = [], pending = [], warnings = [] } = answer;
    return {
      ...this.#accepted(doneWords(ask, concerned.length, still.length, pending)),
      ...{ concerned: concerned.map(rowOf), still: still.map(rowOf), warnings: [...warnings] },
    };
  }

  #exercise(ask: ExerciseAsk, { origin, level }: PanelOrderer): PanelAnswer {
    const answer = this.options.runtime().orders.submit(ask, { origin, level });
    return answer.accepted ? this.#accepted(answer.done) : this.#refused(answer.reason, answer.why);
  }

  #commissioning(ask: CommissioningAsk, { origin, level }: PanelOrderer): PanelAnswer {
    const { commissioning, clock } = this.options;
    return commissioning?.take(ask, origin, level) ?? commissioningAnswer(clock.wall(), ask.ask, 'not-here');
  }

  #accepted(words: Words): PanelAnswer {
    return this.#answer(true, null, words);
  }

  #refused(reason: string, words: Words): PanelAnswer {
    return this.#answer(false, reason, words);
  }

  #answer(accepted: boolean, reason: string | null, words: Words): PanelAnswer {
    const atWall = this.options.clock.wall();
    return { accepted, reason, words, concerned: [], still: [], warnings: [], atWall };
  }
}

function isExercise(order: PanelOrder): order is ExerciseAsk {
  return order.ask in orderLevel;
}

function isCommissioning(order: PanelOrder): order is CommissioningAsk {
  return order.ask.startsWith('commissioning-');
}

function waitMaxMsOf({ ask }: PanelOrder): number {
  return ask === 'acknowledge' || ask === 'silence' ? seenWaitMaxMs : waitMaxMs;
}

function rowOf({ subject, class: alarmClass, zh, en }: Concerned): PanelAnswer['concerned'][number] {
  return { subject, class: alarmClass, zh, en };
}
