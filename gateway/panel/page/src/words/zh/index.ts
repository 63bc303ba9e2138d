import { first } from './first.js';
import { session } from './session.js';
import { shell } from './shell.js';
import { sound } from './sound.js';

/** Every word of the page in Chinese; whose keys the English table has as well. */
export const zh = { ...shell, ...first, ...session, ...sound } as const;
