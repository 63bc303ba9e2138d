/** Who looks at this page: asked at the start, after every change, and again when a session should have ended. */
import type { Me } from '../../../api/session.js';
import { ask, type Outcome, setCsrf, whenDenied } from '../api/client.js';
import { connect } from '../live/connect.js';
import { live, momentNow, wallNow } from '../live/connection.js';
import type { Moment } from '../live/contact.js';
import { forgetOrders } from '../live/order.js';
import { makeStore } from '../live/store.js';

/** A gateway that does not answer is asked again, ms. */
const againMs = 3000;
/** Whoever touches the screen keeps the session alive, told at most so often, ms. */
const touchMs = 60_000;

/** The end of a session is looked for so often, and the gateway asked whether it is over, ms. */
const lookMs = 1000;
const endAgainMs = 5000;

/** Null until the gateway has said it. */
export const me = makeStore<Me | null>(null);

let disconnect = (): void => {};
let touchedMono = performance.now();
/** When the session ends, by both clocks of the browser: one stands still in a sleep, the other one may be set. */
let ends: Moment | null = null;
let endAskedMono = Number.NEGATIVE_INFINITY;
let asking: Promise<boolean> | null = null;

/** Takes over what the gateway says of the session; another level or person sees nothing of the one before. */
export function takeMe(next: Me): void {
  const before = me.get();
  setCsrf(next.csrf);
  ends = next.endsWall === null ? null : endOf(next.endsWall);
  me.set(next);
  if (before !== null && before.level === next.level && before.user === next.user) return;
  disconnect();
  forgetOrders();
  disconnect = connect(next.level, () => void askMe());
}

/** False: no answer. `isTouched`: somebody is there; only that keeps a session alive. */
export function askMe(isTouched = false): Promise<boolean> {
  asking ??= askOnce(isTouched).finally(() => {
    asking = null;
  });
  return asking;
}

async function askOnce(isTouched: boolean): Promise<boolean> {
  const answer = await ask('me', isTouched ? { headers: { 'x-gengfu-touch': '1' } } : {});
  if (answer.isOk) takeMe(answer.value);
  else if (me.get() === null) setTimeout(() => void askMe(), againMs);
  return answer.isOk;
}

export async function signIn(user: string, password: string): Promise<Outcome<Me>> {
  return taken(await ask('signIn', { body: { user, password } }));
}

export async function signOut(): Promise<Outcome<Me>> {
  return taken(await ask('signOut'));
}

export async function setUp(user: string, password: string): Promise<Outcome<Me>> {
  return taken(await ask('setup', { body: { user, password, level: 3 } }));
}

function endOf(endsWall: number): Moment {
  const leftMs = Math.max(0, endsWall - wallNow());
  const now = momentNow();
  return { wall: now.wall + leftMs, mono: now.mono + leftMs };
}

/** The gateway decides whether a session is over; when it can not be heard, names do not stay on the screen until it can. */
async function lookForEnd(): Promise<void> {
  const now = momentNow();
  if (ends === null || (now.wall < ends.wall && now.mono < ends.mono)) return;
  if (live.get().contact !== 'lost') {
    if (now.mono - endAskedMono < endAgainMs) return;
    endAskedMono = now.mono;
    if (await askMe()) return;
  }
  const who = me.get();
  if (who !== null && ends !== null) takeMe({ ...who, user: null, level: who.isOwnScreen ? 1 : 0, endsWall: null });
}

/** For as long as the page is open. */
export function keepSession(): void {
  whenDenied(async () => {
    await askMe();
  });
  void askMe();
  setInterval(() => void lookForEnd(), lookMs);
  const touch = (): void => {
    const now = performance.now();
    if ((me.get()?.endsWall ?? null) === null || now - touchedMono < touchMs) return;
    touchedMono = now;
    void askMe(true);
  };
  for (const act of ['pointerdown', 'keydown']) addEventListener(act, touch, { passive: true });
}

function taken(answer: Outcome<Me>): Outcome<Me> {
  if (answer.isOk) takeMe(answer.value);
  return answer;
}
