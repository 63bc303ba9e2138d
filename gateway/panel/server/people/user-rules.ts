/** What may be done to the list of users, at the panel and at the command line alike. Pure. */
import type { Refusal } from '../refusal.js';
import * as refusals from './people-refusals.js';
import { hasInstaller, isSameUser, type KeptUser, usersMax, withoutUser } from './user-file.js';

/** Null: he may be made or changed to that level. */
export function setProblem(
  users: readonly KeptUser[],
  { user, level }: Pick<KeptUser, 'user' | 'level'>,
): Refusal | null {
  const others = withoutUser(users, user);
  if (others.length >= usersMax) return refusals.tooManyUsers();
  if (level === 3 || hasInstaller(others)) return null;
  return users.length === 0 ? refusals.firstIsInstaller(level) : refusals.lastInstaller();
}

/** Null: he may go. */
export function removeProblem(users: readonly KeptUser[], user: string): Refusal | null {
  if (!users.some((each) => isSameUser(each.user, user))) return refusals.noSuchUser(user);
  return hasInstaller(withoutUser(users, user)) ? null : refusals.lastInstaller();
}
