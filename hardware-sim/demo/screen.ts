/** Lines that scroll, and on a terminal one status line below them that is drawn anew. */
export class Screen {
  #status = '';

  constructor(
    private readonly out: NodeJS.WriteStream,
    readonly isTerminal = out.isTTY === true,
  ) {}

  print(line: string): void {
    if (!this.isTerminal) {
      this.out.write(`${line}\n`);
      return;
    }
    this.out.write(`\r\u001b[K${line}\n${this.#status}`);
  }

  /** Does nothing where there is no terminal. */
  status(line: string): void {
    if (!this.isTerminal || line === this.#status) return;
    this.#status = line;
    this.out.write(`\r\u001b[K${line}`);
  }

  /** Takes the status line away for good. */
  end(): void {
    this.status('');
  }
}
