/** `users.json` of the panel: who may sign in, at which level. There is no user that we bring along. */
import { join } from 'node:path';
import { z } from 'zod';
import { userName } from '../../api/session.js';
import { KeptFile } from './kept-file.js';
import { keptPassword } from './password-hash.js';

/** More people than a village's station has. */
export const usersMax = 64;

export const keptUser = z.strictObject({
  user: userName,
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  createdWall: z.number(),
  password: keptPassword,
});
export type KeptUser = z.infer<typeof keptUser>;

const content = z.strictObject({
  version: z.literal(1),
  users: z
    .array(keptUser)
    .max(usersMax)
    .refine((users) => new Set(users.map(({ user }) => user.toLowerCase())).size === users.length, 'twice the same'),
});
export type UserFile = KeptFile<z.infer<typeof content>>;

/** `dataDir`: of the site. */
export function userFile(dataDir: string): UserFile {
  return new KeptFile(join(dataDir, 'panel', 'users.json'), content);
}

/** Everybody but him, and him. Names that differ in case only are one person. */
export function withUser(users: readonly KeptUser[], one: KeptUser): readonly KeptUser[] {
  return [...withoutUser(users, one.user), one].sort((a, b) => (a.user < b.user ? -1 : 1));
}

export function withoutUser(users: readonly KeptUser[], user: string): readonly KeptUser[] {
  return users.filter((each) => !isSameUser(each.user, user));
}

export function isSameUser(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Somebody must be able to make users; the last who is may neither go nor step down. */
export function hasInstaller(users: readonly KeptUser[]): boolean {
  return users.some(({ level }) => level === 3);
}
