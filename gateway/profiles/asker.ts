/** The seam by which a person is asked something: a terminal, or a test. */
import type { Words } from '../../config/vocabulary.js';

export interface Question {
  readonly words: Words;
  /** What counts when nothing is typed; left out: something must be. */
  readonly usual?: string;
  /** Why an answer can not be; null: it can. */
  readonly check?: (answer: string) => Words | null;
}

export interface Asker {
  /** The answer without white space around it; null: the person has given up. */
  ask(question: Question): Promise<string | null>;
  /** Something that wants no answer. */
  tell(words: Words): void;
}
