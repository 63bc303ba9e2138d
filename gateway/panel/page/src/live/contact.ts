/**
 * What is known of the gateway, and whether it is of now: a pure machine. An old state is never shown as the present one, so only
 * what the watch itself has said counts as news: patches, and beats that do not call it silent. After a stream was opened (anew) the
 * first beat comes before what was missed, and another one behind it: patches between them are of the past.
 *
 *   connecting ─ news ─▶ live ─ 4.5 s without news, a beat "the watch is silent", or a sleep ─▶ lost ─ news ─▶ live
 */
import { patched } from '../../../api/patched.js';
import type { PanelState, Patch } from '../../../api/state.js';

/** Without news for so long the gateway is lost, ms. Below the 5 s promised, above two beats of 2 s. */
export const lostAfterMs = 4500;

/** The wall clock has gone on so much more than the browser's own count, which stands still in a sleep: it slept, ms. */
const sleptAfterMs = 2000;

export interface Moment {
  readonly wall: number;
  readonly mono: number;
}

/** A browser clock that is put forward looks the same: it costs a moment of grey. */
export function hasSlept(before: Moment, now: Moment): boolean {
  return now.wall - before.wall - (now.mono - before.mono) > sleptAfterMs;
}

export type Brief = Pick<PanelState['head'], 'state' | 'isSounding' | 'wall'>;

export interface Live {
  readonly contact: 'connecting' | 'live' | 'lost';
  /** Why it is lost: the panel says that its watch is silent; else nothing comes. */
  readonly isWatchSilent: boolean;
  /** `opened`: what was missed has not come yet; `begun`: the beat before it has. */
  readonly catchUp: 'opened' | 'begun' | 'done';
  readonly state: PanelState | null;
  /** Away from the box without signing in: this and nothing else. */
  readonly brief: Brief | null;
  /** The gateway's wall time at the last news, and the browser's own count at that moment, ms. */
  readonly newsWall: number | null;
  readonly newsMono: number;
}

export type LiveInput =
  | { readonly is: 'opened' }
  | { readonly is: 'state'; readonly state: PanelState }
  | { readonly is: 'patches'; readonly patches: readonly Patch[] }
  | { readonly is: 'beat'; readonly wall: number; readonly isWatchHeard: boolean }
  | { readonly is: 'brief'; readonly brief: Brief }
  | { readonly is: 'tick' }
  /** The computer was asleep: nobody knows for how long this is old. */
  | { readonly is: 'slept' }
  /** Somebody else looks from now on (signed in or out): nothing of before may be seen. */
  | { readonly is: 'begin' };

export function beginLive(mono: number): Live {
  return {
    contact: 'connecting',
    isWatchSilent: false,
    catchUp: 'opened',
    state: null,
    brief: null,
    newsWall: null,
    newsMono: mono,
  };
}

export function stepLive(live: Live, input: LiveInput, mono: number): Live {
  switch (input.is) {
    case 'begin':
      return beginLive(mono);
    case 'opened':
      return { ...live, catchUp: 'opened' };
    case 'state': {
      const next: Live = { ...live, state: input.state };
      return live.catchUp === 'opened' || live.isWatchSilent ? next : news(next, input.state.head.wall, mono);
    }
    case 'patches': {
      if (live.state === null) return live;
      const state = patched(live.state, input.patches);
      // Of what was missed: its last part may be the fire.
      if (live.catchUp !== 'done') return { ...live, state };
      return news({ ...live, state }, state.head === live.state.head ? null : state.head.wall, mono);
    }
    case 'beat':
      if (!input.isWatchHeard) {
        return { ...live, contact: 'lost', isWatchSilent: true, catchUp: live.catchUp === 'opened' ? 'begun' : 'done' };
      }
      if (live.catchUp === 'opened') return { ...live, catchUp: 'begun', isWatchSilent: false };
      return news(live, input.wall, mono);
    case 'brief':
      return news({ ...live, brief: input.brief }, input.brief.wall, mono);
    case 'slept':
      return live.contact === 'connecting'
        ? { ...live, catchUp: 'opened' }
        : { ...live, contact: 'lost', catchUp: 'opened' };
    case 'tick':
      return live.contact !== 'lost' && mono - live.newsMono >= lostAfterMs ? { ...live, contact: 'lost' } : live;
  }
}

/** `wall`: the gateway's time now; null: it was not told, and has gone on as long as ours. */
function news(live: Live, wall: number | null, mono: number): Live {
  const isKnown = live.state !== null || live.brief !== null;
  const newsWall = wall ?? (live.newsWall === null ? null : live.newsWall + (mono - live.newsMono));
  return {
    ...live,
    contact: isKnown ? 'live' : live.contact,
    isWatchSilent: false,
    catchUp: 'done',
    newsWall,
    newsMono: mono,
  };
}
