/** How an order of the district ended, and what is planned before it begins. */
import type { Words } from '../../../config/vocabulary.js';
import type { JsonValue } from '../../../sync/journal/entry.js';
import { type DeskRefusal, deskRefusalWords } from './district-words.js';

export type Outcome =
  | { readonly state: 'done'; readonly words: Words; readonly detail: Readonly<Record<string, JsonValue>> }
  | {
      readonly state: 'failed';
      readonly reason: string;
      readonly words: Words;
      readonly detail?: Readonly<Record<string, JsonValue>>;
    };

/** What an order would do: nothing is done until `run` is called, and that is only when it is durable. */
export type Plan =
  | { readonly refused: string; readonly words: Words }
  | { readonly run: () => Outcome | Promise<Outcome> };

export function refusedPlan(reason: DeskRefusal): Plan {
  return { refused: reason, words: deskRefusalWords[reason] };
}

export function done(words: Words, detail: Readonly<Record<string, JsonValue>> = {}): Outcome {
  return { state: 'done', words, detail };
}
