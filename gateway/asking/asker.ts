/** How a person is asked: a terminal, or a test. */

export interface AskOptions {
  /** Not shown while it is typed. */
  readonly isHidden?: boolean;
}

export interface Asker {
  /** One line that a person types, without its end; null: given up (end of input, Ctrl-C), and so is every later one. */
  ask(prompt: string, options?: AskOptions): Promise<string | null>;
  /** Whole lines, for whoever reads along. */
  tell(text: string): void;
  close(): void;
}
