/** Asks a person at the terminal, on standard error: standard output is for what was made. */
import { createInterface } from 'node:readline/promises';
import type { Asker } from '../../profiles/asker.js';
import type { Lang } from '../teller.js';

export interface TerminalAsker extends Asker {
  close(): void;
}

/** Null where there is no terminal. */
export function terminalAsker(lang: Lang): TerminalAsker | null {
  if (process.stdin.isTTY !== true) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  let isEnded = false;
  const ended = new Promise<null>((resolve) => {
    lines.once('close', () => {
      isEnded = true;
      resolve(null);
    });
  });
  lines.on('SIGINT', () => lines.close());
  return {
    async ask({ words, usual, check }) {
      for (;;) {
        if (isEnded) return null;
        const hint = usual === undefined || usual === '' ? '' : ` [${usual}]`;
        const colon = lang === 'zh' ? '：' : ': ';
        const typed = await Promise.race([lines.question(`${words[lang]}${hint}${colon}`), ended]);
        if (typed === null) return null;
        const answer = typed.trim() === '' && usual !== undefined ? usual : typed.trim();
        const wrong =
          check?.(answer) ??
          (answer === '' && usual === undefined ? { zh: '不能空着', en: 'it can not be empty' } : null);
        if (wrong === null) return answer;
        process.stderr.write(`  ${wrong[lang]}\n`);
      }
    },
    tell: (words) => process.stderr.write(`${words[lang]}\n`),
    close: () => lines.close(),
  };
}
