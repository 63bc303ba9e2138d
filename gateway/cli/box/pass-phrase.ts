/** A pass phrase for a backup: typed unseen, twice where it is new, or of a file. Never an argument. */
import { readFile } from 'node:fs/promises';
import type { Words } from '../../../config/vocabulary.js';
import type { PasswordTerminal } from '../ask-password.js';

/** Whoever has the file may guess as long as he likes, characters. */
export const phraseMinChars = 12;
const fileMaxBytes = 4096;

export type Phrase = { readonly ok: true; readonly phrase: string } | { readonly ok: false; readonly words: Words };

export async function askPhrase(
  { file, isNew, lang }: { readonly file: string | null; readonly isNew: boolean; readonly lang: 'zh' | 'en' },
  terminal: PasswordTerminal,
): Promise<Phrase> {
  if (file !== null) return measured((await readFile(file)).subarray(0, fileMaxBytes).toString('utf8').trim(), isNew);
  if (!terminal.isThere) {
    return refused(
      '没有终端可以问口令：用 --passphrase-file <文件>',
      'no terminal to ask for the pass phrase: use --passphrase-file <file>',
    );
  }
  const prompt = lang === 'zh' ? '口令（至少 12 个字符，不显示）：' : 'pass phrase (12 characters at least, unseen): ';
  const phrase = await terminal.ask(prompt);
  if (phrase === null) return refused('已放弃，什么都没有写', 'given up; nothing was written');
  const told = measured(phrase, isNew);
  if (!told.ok || !isNew) return told;
  const again = await terminal.ask(lang === 'zh' ? '再输一遍：' : 'once more: ');
  return again === phrase ? told : refused('两遍不一样，什么都没有写', 'the two differ; nothing was written');
}

function measured(phrase: string, isNew: boolean): Phrase {
  if (!isNew || [...phrase].length >= phraseMinChars) return { ok: true, phrase };
  return refused(
    `口令太短：至少 ${phraseMinChars} 个字符；几个词连起来就好记`,
    `the pass phrase is too short: ${phraseMinChars} characters at least; a few words together are easy to remember`,
  );
}

function refused(zh: string, en: string): Phrase {
  return { ok: false, words: { zh, en } };
}
