/** Read-only tokens: made and removed by an installer. */
import type { Clock } from '../../../../drivers/clock.js';
import type { UserNote } from '../../bridge.js';
import type { TokenInfo, Who } from '../people-gate.js';
import type { Refusal } from '../refusal.js';
import { codeOf } from './kept-file.js';
import type { Random } from './password-hash.js';
import * as refusals from './people-refusals.js';
import { type KeptToken, newToken, tokenFile, tokenOf, tokensMax } from './token-file.js';
import { type Change, WatchedFile } from './watched-file.js';

export interface TokenDeskOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly dataDir: string;
  readonly note: (note: UserNote) => void;
}

interface Content {
  readonly version: 1;
  readonly tokens: KeptToken[];
}

export class TokenDesk {
  readonly #file: WatchedFile<Content>;

  constructor(private readonly options: TokenDeskOptions) {
    const { clock, note, dataDir } = options;
    this.#file = new WatchedFile<Content>({
      ...{ clock, file: tokenFile(dataDir), empty: { version: 1, tokens: [] } },
      onChange: () => undefined,
      onDamaged: (why) => note({ is: 'file-damaged', user: 'tokens.json', by: null, from: why }),
    });
  }

  open(): Promise<void> {
    return this.#file.open();
  }

  stop(): Promise<void> {
    return this.#file.stop();
  }

  /** Whose token a header carries; null: nobody's. */
  find(authorization: string | null): KeptToken | null {
    return tokenOf(authorization, this.#file.current.tokens);
  }

  /** The same token as then, not only one of that name. */
  isStill(sha256: string): boolean {
    return this.#file.current.tokens.some((token) => token.sha256 === sha256);
  }

  infos(): readonly TokenInfo[] {
    return this.#file.current.tokens.map(({ name, createdWall }) => ({ name, createdWall }));
  }

  async make(name: string, by: Who, from: string): Promise<{ readonly token: string } | Refusal> {
    const { token, kept } = newToken(name, this.options.clock.wall(), this.options.random);
    const refused = await this.#change((tokens) => {
      if (this.#file.isLost) return { kind: 'refused', refused: refusals.fileLost('tokens.json') };
      if (tokens.some((each) => each.name === name)) return { kind: 'refused', refused: refusals.tokenExists(name) };
      if (tokens.length >= tokensMax) return { kind: 'refused', refused: refusals.tooManyTokens() };
      return { kind: 'content', content: [...tokens, kept] };
    });
    if (refused !== null) return refused;
    this.options.note({ is: 'token-made', user: name, by: by.user, from });
    return { token };
  }

  async remove(name: string, by: Who, from: string): Promise<Refusal | null> {
    const refused = await this.#change((tokens) => {
      const left = tokens.filter((each) => each.name !== name);
      if (left.length === tokens.length) return { kind: 'refused', refused: refusals.noSuchToken(name) };
      return { kind: 'content', content: left };
    });
    if (refused === null) this.options.note({ is: 'token-removed', user: name, by: by.user, from });
    return refused;
  }

  async #change(make: (tokens: readonly KeptToken[]) => Change<KeptToken[], Refusal>): Promise<Refusal | null> {
    try {
      return await this.#file.change(({ tokens }) => {
        const made = make(tokens);
        return made.kind === 'refused' ? made : { kind: 'content', content: { version: 1, tokens: made.content } };
      }, refusals.busy());
    } catch (error) {
      return refusals.notKept(codeOf(error));
    }
  }
}
