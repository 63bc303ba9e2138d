/** Asks at the terminal: prompts on standard error, answers from standard input, one line each. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Asker, AskOptions } from '../asking/asker.js';

/** Longer is no answer, characters. */
const lineMaxChars = 4000;

/** True where somebody sits who can be asked. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Standard input line by line, a terminal or not. `close` gives it back. */
export function terminalAsker(): Asker {
  return new LineAsker(process.stdin, process.stderr, hasTerminal());
}

/** One reader for all questions: lines that come early wait for their question. */
class LineAsker implements Asker {
  readonly #lines: string[] = [];
  readonly #waiting: ((line: string | null) => void)[] = [];
  readonly #reader: ReturnType<typeof createInterface>;
  #isHidden = false;
  #isOver = false;

  constructor(
    input: NodeJS.ReadableStream,
    private readonly output: NodeJS.WritableStream,
    isTerminal: boolean,
  ) {
    const echo = new Writable({
      write: (chunk, _encoding, done) => {
        if (!this.#isHidden) output.write(chunk);
        done();
      },
    });
    this.#reader = createInterface({ input, output: echo, terminal: isTerminal, historySize: 0 });
    this.#reader.on('line', (line) => this.#took(line.slice(0, lineMaxChars)));
    this.#reader.on('SIGINT', () => this.close());
    this.#reader.on('close', () => {
      this.#isOver = true;
      for (const tell of this.#waiting.splice(0)) tell(null);
    });
  }

  async ask(prompt: string, { isHidden = false }: AskOptions = {}): Promise<string | null> {
    const early = this.#lines.shift();
    this.#reader.setPrompt(prompt);
    if (this.#isOver && early === undefined) return null;
    if (this.#isOver) this.output.write(prompt);
    else this.#reader.prompt();
    if (early !== undefined) return early;
    this.#isHidden = isHidden;
    const line = await new Promise<string | null>((resolve) => this.#waiting.push(resolve));
    if (this.#isHidden || line === null) this.output.write('\n');
    this.#isHidden = false;
    return line;
  }

  tell(text: string): void {
    this.output.write(`${text}\n`);
  }

  close(): void {
    this.#reader.close();
  }

  #took(line: string): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#lines.push(line);
    else waiting(line);
  }
}
