/** The users of the panel: who is one, made, changed and removed by an installer or at the command line. */
import type { z } from 'zod';
import type { Clock } from '../../../../drivers/clock.js';
import type { setUser } from '../../api/session.js';
import type { UserNote } from '../../bridge.js';
import type { UserInfo, Who } from '../people-gate.js';
import type { Refusal } from '../refusal.js';
import { answerWords } from '../refusal-words.js';
import type { HashTurns } from './hash-turns.js';
import { codeOf } from './kept-file.js';
import { type HashCost, hashPassword, type KeptPassword, type Random } from './password-hash.js';
import { passwordProblem } from './password-rules.js';
import * as refusals from './people-refusals.js';
import { isSameUser, type KeptUser, userFile, withoutUser, withUser } from './user-file.js';
import { removeProblem, setProblem } from './user-rules.js';
import { type Change, WatchedFile } from './watched-file.js';

export interface UserDeskOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly dataDir: string;
  readonly turns: HashTurns;
  readonly cost: HashCost;
  readonly note: (note: UserNote) => void;
  /** Whoever asked is still signed in. */
  readonly isStill: (who: Who) => boolean;
  /** He is another one now, or gone. */
  readonly onUserChanged: (user: string) => void;
  /** After every change, also by others. */
  readonly onChange: () => void;
}

type Body = z.infer<typeof setUser>;
interface Content {
  readonly version: 1;
  readonly users: KeptUser[];
}

export class UserDesk {
  readonly #file: WatchedFile<Content>;
  /** Since this start; the journal knows it for ever. */
  readonly #lastWall = new Map<string, number>();

  constructor(private readonly options: UserDeskOptions) {
    const { clock, note, dataDir } = options;
    this.#file = new WatchedFile<Content>({
      ...{ clock, file: userFile(dataDir), empty: { version: 1, users: [] } },
      onChange: (before, now, isOurs) => this.#changed(before.users, now.users, isOurs),
      onDamaged: (why) => note({ is: 'file-damaged', user: 'users.json', by: null, from: why }),
    });
  }

  open(): Promise<void> {
    return this.#file.open();
  }

  stop(): Promise<void> {
    return this.#file.stop();
  }

  get users(): readonly KeptUser[] {
    return this.#file.current.users;
  }

  /** Nobody can tell who may sign in: no reason to let the next one set a password. */
  get isLost(): boolean {
    return this.#file.isLost;
  }

  get needsSetup(): boolean {
    return this.users.length === 0 && !this.isLost;
  }

  find(user: string): KeptUser | null {
    return this.users.find((each) => isSameUser(each.user, user)) ?? null;
  }

  signedIn({ user }: KeptUser): void {
    this.#lastWall.set(user, this.options.clock.wall());
  }

  infos(): readonly UserInfo[] {
    return this.users.map(({ user, level, createdWall }) => ({
      ...{ user, level, createdWall },
      lastWall: this.#lastWall.get(user) ?? null,
    }));
  }

  /** `isFirst`: only if there is nobody. Null: done. */
  async set(body: Body, by: Who, from: string, isFirst: boolean): Promise<Refusal | null> {
    const level = body.level === 1 || body.level === 2 ? body.level : 3;
    const user = this.find(body.user)?.user ?? body.user;
    const problem = passwordProblem(body.password, user);
    if (problem !== null) return refusals.badPassword(problem);
    // Asked before as well: what will be refused anyway costs no half second.
    const early = this.#with({ user, level }, isFirst, null, this.users);
    if (early.kind === 'refused') return early.refused;
    const { turns, random, cost } = this.options;
    const hashed = await turns.take(by.isOwnScreen, () => hashPassword(body.password, random, cost));
    if (hashed === null) return refusals.busy();
    // Seconds may have passed in the queue: who was removed meanwhile makes nobody, least of all himself.
    if (!this.options.isStill(by)) return answerWords.signInFirst;
    const refused = await this.#change((users) => this.#with({ user, level }, isFirst, hashed.value, users));
    if (refused === null) this.options.note({ is: 'user-set', user, by: by.user, from });
    return refused;
  }

  async remove(user: string, by: Who, from: string): Promise<Refusal | null> {
    const found = this.find(user);
    if (found === null) return refusals.noSuchUser(user);
    const refused = await this.#change((users) => {
      const problem = removeProblem(users, user);
      if (problem !== null) return { kind: 'refused', refused: problem };
      return { kind: 'content', content: withoutUser(users, user) };
    });
    if (refused === null) this.options.note({ is: 'user-removed', user: found.user, by: by.user, from });
    return refused;
  }

  #with(
    { user, level }: Pick<KeptUser, 'user' | 'level'>,
    isFirst: boolean,
    password: KeptPassword | null,
    users: readonly KeptUser[],
  ): Change<readonly KeptUser[], Refusal> {
    const no = (refused: Refusal) => ({ kind: 'refused', refused }) as const;
    if (this.isLost) return no(refusals.fileLost('users.json'));
    if (isFirst && users.length > 0) return no(refusals.isSetUp());
    const problem = setProblem(users, { user, level });
    if (problem !== null) return no(problem);
    if (password === null) return { kind: 'content', content: users };
    const createdWall = this.find(user)?.createdWall ?? this.options.clock.wall();
    return { kind: 'content', content: withUser(users, { user, level, createdWall, password }) };
  }

  async #change(make: (users: readonly KeptUser[]) => Change<readonly KeptUser[], Refusal>): Promise<Refusal | null> {
    try {
      return await this.#file.change(({ users }) => {
        const made = make(users);
        return made.kind === 'refused' ? made : { kind: 'content', content: { version: 1, users: [...made.content] } };
      }, refusals.busy());
    } catch (error) {
      return refusals.notKept(codeOf(error));
    }
  }

  #changed(before: readonly KeptUser[], now: readonly KeptUser[], isOurs: boolean): void {
    const outside = { by: null, from: 'users.json' };
    for (const was of before) {
      const is = now.find(({ user }) => user === was.user) ?? null;
      if (is?.level === was.level && is.password.hash === was.password.hash) continue;
      this.options.onUserChanged(was.user);
      if (!isOurs) this.options.note({ is: is === null ? 'user-removed' : 'user-set', user: was.user, ...outside });
    }
    const added = isOurs ? [] : now.filter(({ user }) => !before.some((was) => was.user === user));
    for (const { user } of added) this.options.note({ is: 'user-set', user, ...outside });
    this.options.onChange();
  }
}
