/** One question after the other: each is asked until its answer can be. */
import type { Words } from '../../config/vocabulary.js';
import type { Asker } from './asker.js';

/** Somebody who is asked the same so often has left, or is a program that does not listen. */
const triesMax = 50;

export interface Question {
  readonly words: Words;
  /** What counts when nothing is typed; left out: something must be. */
  readonly usual?: string;
  /** Why an answer can not be; null: it can. */
  readonly check?: (answer: string) => Words | null;
}

export interface Questioner {
  /** The answer without white space around it; null: the person has given up. */
  ask(question: Question): Promise<string | null>;
  /** Something that wants no answer. */
  tell(words: Words): void;
}

export function questionerOf(asker: Asker, lang: 'zh' | 'en'): Questioner {
  return {
    async ask({ words, usual, check }) {
      const hint = usual === undefined || usual === '' ? '' : ` [${usual}]`;
      const prompt = `${words[lang]}${hint}${lang === 'zh' ? '：' : ': '}`;
      for (let tries = 0; tries < triesMax; tries++) {
        const typed = await asker.ask(prompt);
        if (typed === null) return null;
        const answer = typed.trim() === '' && usual !== undefined ? usual : typed.trim();
        const wrong = answer === '' && usual === undefined ? missing : (check?.(answer) ?? null);
        if (wrong === null) return answer;
        asker.tell(`  ${wrong[lang]}`);
      }
      return null;
    },
    tell: (words) => asker.tell(words[lang]),
  };
}

const missing: Words = { zh: '不能空着', en: 'it can not be empty' };
