/** Name and password, tried: throttled, one at a time, with the same answer after the same time whoever does not exist. */
import type { UserNote } from '../../bridge.js';
import type { Caller, Who } from '../people-gate.js';
import type { Refusal } from '../refusal.js';
import type { HashTurns } from './hash-turns.js';
import { unknownUser } from './note-measure.js';
import { type HashCost, isPassword, type KeptPassword, passwordOfNobody, type Random } from './password-hash.js';
import * as refusals from './people-refusals.js';
import type { Throttle } from './throttle.js';
import type { UserDesk } from './user-desk.js';
import type { KeptUser } from './user-file.js';

export interface SignInOptions {
  readonly random: Random;
  readonly turns: HashTurns;
  readonly cost: HashCost;
  readonly throttle: Throttle;
  readonly users: UserDesk;
  readonly note: (note: UserNote) => void;
}

export class SignIn {
  readonly #nobody: KeptPassword;

  constructor(private readonly options: SignInOptions) {
    this.#nobody = passwordOfNobody(options.random, options.cost);
  }

  async tryNow(
    { address }: Caller,
    { isOwnScreen }: Who,
    { user, password }: { readonly user: string; readonly password: string },
  ): Promise<{ readonly kind: 'user'; readonly user: KeptUser } | Refusal> {
    const { users, throttle, turns, note } = this.options;
    if (users.isLost) return refusals.fileLost('users.json');
    if (users.needsSetup) return refusals.needsSetup();
    const found = users.find(user);
    const by = { user, isKnown: found !== null, address, isOwnScreen };
    const attempt = throttle.begin(by);
    if (attempt.waitMs > 0) return refusals.waitFirst(attempt.waitMs);
    const tried = await turns.take(isOwnScreen, () => isPassword(password, found?.password ?? this.#nobody));
    if (tried === null) {
      throttle.withdrawn(by);
      return refusals.busy();
    }
    // While it was computed he may have been given another password, or been removed.
    const now = users.find(user);
    if (tried.value && now !== null && now.password.hash === found?.password.hash) {
      throttle.succeeded(by);
      users.signedIn(now);
      return { kind: 'user', user: now };
    }
    const told = { user: found?.user ?? unknownUser, by: null, from: address };
    note({ is: 'refused', ...told });
    if (attempt.isLast) note({ is: 'throttled', ...told });
    return refusals.wrongPassword();
  }
}
