/** Who somebody is at the panel. */
import { z } from 'zod';
import { level, wall } from './words.js';

export const userName = z.string().regex(/^[\w.-]{1,32}$/);
/** Length only: NIST SP 800-63B 5.1.1.2 asks for no other rule; common ones are refused by a list. */
export const password = z.string().min(10).max(200);

export const signIn = z.strictObject({ user: userName, password: z.string().max(1000) });

export const me = z
  .strictObject({
    user: z.string().nullable(),
    level,
    /** The box's own screen: alarms are shown without signing in. */
    isOwnScreen: z.boolean(),
    /** To be sent back as `x-gengfu-csrf` with everything that changes something. */
    csrf: z.string(),
    /** When it ends if nobody touches anything; null: never (level Ⅰ). */
    endsWall: wall.nullable(),
    /** Nobody has set a password yet. */
    needsSetup: z.boolean(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

export const userInfo = z.strictObject({
  user: userName,
  level: z.int().min(1).max(3),
  createdWall: wall,
  lastWall: wall.nullable(),
});
export const setUser = z.strictObject({ user: userName, level: z.int().min(1).max(3), password });
