/**
 * A kept file that others write too (the command line, while the gateway runs): looked at every 2 s, read again when it has changed. Our own
 * changes are made on what stands in it at that moment. A file that became unreadable takes nobody's place: what was read last counts on.
 */
import type { Cancel, Clock } from '../../../../drivers/clock.js';
import type { KeptFile } from './kept-file.js';

const lookEveryMs = 2_000;
/** Changes that wait for the disk; more are refused. */
const changesMax = 8;

/** What a change comes to: another content, or a refusal that is handed back. */
export type Change<Content, Refused> =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'refused'; readonly refused: Refused };

export interface WatchedFileOptions<Content> {
  readonly clock: Clock;
  readonly file: KeptFile<Content>;
  readonly empty: Content;
  /** It counts from now on. `isOurs`: by `change`. */
  readonly onChange: (before: Content, now: Content, isOurs: boolean) => void;
  /** It can not be understood, since now. */
  readonly onDamaged: (why: string) => void;
}

export class WatchedFile<Content> {
  #current: Content;
  #damage: string | null = null;
  #isOpen = false;
  /** What stands in `#current` was read, or there is no file. */
  #isKnown = false;
  #mark: string | null = null;
  #cancel: Cancel | null = null;
  #isStopped = false;
  #waiting = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: WatchedFileOptions<Content>) {
    this.#current = options.empty;
  }

  get current(): Content {
    return this.#current;
  }

  /** It is there, nobody knows what stands in it, and nothing was read before. */
  get isLost(): boolean {
    return this.#damage !== null && !this.#isKnown;
  }

  /** Reads it, and looks at it from now on. */
  async open(): Promise<void> {
    await this.#inTurn(() => this.#read());
    this.#isOpen = true;
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#turn;
  }

  /** Null: done. Rejects when the disk does not keep it; then everything is as before. */
  async change<Refused>(make: (now: Content) => Change<Content, Refused>, busy: Refused): Promise<Refused | null> {
    if (this.#waiting >= changesMax) return busy;
    this.#waiting++;
    try {
      return await this.#inTurn(async () => {
        await this.#look();
        const made = make(this.#current);
        if (made.kind === 'refused') return made.refused;
        await this.options.file.write(made.content);
        this.#mark = await this.options.file.mark();
        this.#damage = null;
        this.#take(made.content, true);
        return null;
      });
    } finally {
      this.#waiting--;
    }
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(run);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    // The next look waits for this one: a disk that hangs is asked once.
    this.#cancel = this.options.clock.after(lookEveryMs, () => {
      void this.#inTurn(() => this.#look()).then(() => this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    if ((await this.options.file.mark()) !== this.#mark) await this.#read();
  }

  async #read(): Promise<void> {
    const { file, empty } = this.options;
    this.#mark = await file.mark();
    const kept = await file.read();
    if ('why' in kept) {
      if (this.#damage !== kept.why) this.options.onDamaged(kept.why);
      this.#damage = kept.why;
      return;
    }
    this.#damage = null;
    this.#take(kept.kind === 'none' ? empty : kept.content, false);
  }

  #take(content: Content, isOurs: boolean): void {
    const before = this.#current;
    this.#current = content;
    this.#isKnown = true;
    if (this.#isOpen) this.options.onChange(before, content, isOurs);
  }
}
