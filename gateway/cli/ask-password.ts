/** A password typed at a terminal, unseen; never an argument, which every user of the box could read. */

/** Longer is no password, characters. */
const typedMaxChars = 1000;

export interface Typing {
  readonly text: string;
  readonly is: 'going-on' | 'done' | 'given-up';
}

/** What a terminal sent, added to what was typed. Keys that make no character (arrows) arrive as one chunk and are passed over. Pure. */
export function typed({ text }: Typing, chunk: string): Typing {
  if (chunk.startsWith('\u001b')) return { text, is: 'going-on' };
  const chars = [...text];
  for (const char of chunk) {
    if (char === '\r' || char === '\n') return { text: chars.join(''), is: 'done' };
    // Ctrl-C, and Ctrl-D where nothing was typed.
    if (char === '\u0003' || (char === '\u0004' && chars.length === 0)) return { text: '', is: 'given-up' };
    if (char === '\u007f' || char === '\b') chars.pop();
    else if (char === '\u0015') chars.length = 0;
    else if (char >= ' ' && chars.length < typedMaxChars) chars.push(char);
  }
  return { text: chars.join(''), is: 'going-on' };
}

export interface PasswordTerminal {
  readonly isThere: boolean;
  /** Null: given up. */
  ask(prompt: string): Promise<string | null>;
}

/** Standard input, where it is a terminal. Nothing is echoed; the prompt goes to standard error. */
export const passwordTerminal: PasswordTerminal = {
  get isThere() {
    return process.stdin.isTTY === true;
  },
  ask(prompt) {
    const { stdin, stderr } = process;
    // Before the prompt: whoever types at once is not shown either.
    stdin.setRawMode(true);
    stderr.write(prompt);
    stdin.setEncoding('utf8');
    stdin.resume();
    return new Promise((resolve) => {
      let typing: Typing = { text: '', is: 'going-on' };
      const end = (): void => {
        stdin.off('data', take);
        stdin.off('end', end);
        stdin.setRawMode(false);
        stdin.pause();
        stderr.write('\n');
        resolve(typing.is === 'done' ? typing.text : null);
      };
      const take = (chunk: string): void => {
        typing = typed(typing, chunk);
        if (typing.is !== 'going-on') end();
      };
      stdin.on('data', take);
      stdin.on('end', end);
    });
  },
};
