import type { Live } from '../live/contact.js';
import type { SignName } from './shape.js';

/** The one state of the whole: what the gateway says, or that it can not be heard. */
export type BigState = SignName;

export function bigStateOf(live: Live): BigState {
  if (live.contact === 'lost') return 'lost';
  if (live.contact === 'connecting') return 'connecting';
  return live.state?.head.state ?? live.brief?.state ?? 'connecting';
}
