/**
 * Asks question after question: an empty line takes the default, `?` tells why it is asked, `<` goes back. What is asked next follows from what
 * was said; whoever goes back is asked again what hangs on it.
 */
import type { Words } from '../../config/vocabulary.js';
import type { Asker } from '../asking/asker.js';

/** Somebody who is asked so often has left, or is a program that does not listen. */
const triesMax = 50;

export interface Choice {
  /** What is kept. */
  readonly value: string;
  readonly words: Words;
}

export interface Question {
  /** What the answer is kept under. */
  readonly key: string;
  readonly text: Words;
  readonly why: Words;
  /** Taken by an empty line; empty: nothing. */
  readonly usual: string;
  /** Numbered from 1 where they are shown; a value itself is taken as well. */
  readonly choices?: readonly Choice[];
  /** What is wrong with an answer, for people; null: nothing. */
  readonly check: (answer: string) => Words | null | Promise<Words | null>;
}

/** Answers by key. */
export type Given = ReadonlyMap<string, string>;

/** In their order. Each may look at what was said to those before it, and only at that. */
export type Questions = (given: Given) => Iterable<Question>;

const guide: Words = {
  zh: '直接回车用方括号里的默认值；? 看为什么问；< 回到上一题；Ctrl-C 放弃，不写站点文件。',
  en: 'Enter takes what stands in brackets; ? tells why it is asked; < goes back; Ctrl-C gives up, and no site file is written.',
};

/** Null: given up. */
export async function interview(questions: Questions, asker: Asker, lang: 'zh' | 'en'): Promise<Given | null> {
  const given = new Map<string, string>();
  /** What stood there before somebody went back. */
  const earlier = new Map<string, string>();
  const path: string[] = [];
  asker.tell(guide[lang]);
  for (;;) {
    const question = nextOf(questions, given);
    if (question === null) return given;
    const { key } = question;
    const answer = await answerTo(withEarlier(question, earlier.get(key)), asker, lang, path.length > 0);
    if (answer === null) return null;
    if (answer.is === 'said') {
      given.set(key, answer.text);
      path.push(key);
      continue;
    }
    const last = path.pop();
    if (last === undefined) continue;
    earlier.set(last, given.get(last) ?? '');
    given.delete(last);
  }
}

function nextOf(questions: Questions, given: Given): Question | null {
  for (const question of questions(given)) if (!given.has(question.key)) return question;
  return null;
}

function withEarlier(question: Question, earlier: string | undefined): Question {
  return earlier === undefined ? question : { ...question, usual: earlier };
}

type Answer = { readonly is: 'said'; readonly text: string } | { readonly is: 'back' };

async function answerTo(
  question: Question,
  asker: Asker,
  lang: 'zh' | 'en',
  canGoBack: boolean,
): Promise<Answer | null> {
  const { text, why, usual, choices = [] } = question;
  asker.tell('');
  asker.tell(text[lang]);
  for (const [index, { words }] of choices.entries()) asker.tell(`  ${index + 1}) ${words[lang]}`);
  const shown = choices.findIndex(({ value }) => value === usual);
  const bracket = shown < 0 ? usual : String(shown + 1);
  for (let tries = 0; tries < triesMax; tries++) {
    const typed = await asker.ask(`[${bracket}] > `);
    if (typed === null) return null;
    const line = typed.trim();
    if (line === '?' || line === '？') asker.tell(`  ${why[lang]}`);
    else if (line === '<' || line === '《' || line === '＜') {
      if (canGoBack) return { is: 'back' };
      asker.tell(lang === 'zh' ? '  这是第一题' : '  this is the first question');
    } else {
      const answer = line === '' ? usual : (choices[Number(line) - 1]?.value ?? line);
      const wrong = await question.check(answer);
      if (wrong === null) return { is: 'said', text: answer };
      asker.tell(`  ${wrong[lang]}`);
    }
  }
  return null;
}
