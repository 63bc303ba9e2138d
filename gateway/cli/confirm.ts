/** Yes or no at the terminal, before something is done. */
import { yesOrNo } from '../asking/yes-or-no.js';
import type { Lang } from './teller.js';
import { terminalAsker } from './terminal-asker.js';

/** Ctrl-C, the end of input and an empty line mean no. Only where `hasTerminal()`. */
export async function confirmHere(question: string, lang: Lang): Promise<boolean> {
  const asker = terminalAsker();
  try {
    return (await yesOrNo(asker, question, lang, 'no')) ?? false;
  } finally {
    asker.close();
  }
}
