import { commissioning } from './commissioning.js';
import { duty } from './duty.js';
import { first } from './first.js';
import { health } from './health.js';
import { history } from './history.js';
import { incident } from './incident.js';
import { kinds } from './kinds.js';
import { map } from './map.js';
import { parts } from './parts.js';
import { session } from './session.js';
import { shell } from './shell.js';
import { sound } from './sound.js';
import { users } from './users.js';
import { voice } from './voice.js';
import { water } from './water.js';
/** Every word of the page in Chinese; whose keys the English table has as well. */
export const zh = {
  ...shell,
  ...first,
  ...session,
  ...sound,
  ...parts,
  ...map,
  ...water,
  ...voice,
  ...duty,
  ...commissioning,
  ...history,
  ...health,
  ...incident,
  ...kinds,
  ...users,
} as const;
