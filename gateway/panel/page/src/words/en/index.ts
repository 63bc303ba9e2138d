import { first } from './first.js';
import { session } from './session.js';
import { shell } from './shell.js';
import { sound } from './sound.js';

/** Every word of the page in English. */
export const en = { ...shell, ...first, ...session, ...sound } as const;
