/** Who looks at this page: asked at the start, after every change, and again when a session should have ended. */
import type { Me } from '../../../api/session.js';
import { ask, type Outcome, setCsrf, whenDenied } from '../api/client.js';
import { connect } from '../live/connect.js';
import { forgetOrders } from '../live/order.js';
import { makeStore } from '../live/store.js';

/** A gateway that does not answer is asked again, ms. */
const againMs = 3000;
/** Whoever touches the screen keeps the session alive, told at most so often, ms. */
const touchMs = 60_000;

/** Null until the gateway has said it. */
export const me = makeStore<Me | null>(null);

let disconnect = (): void => {};
let touchedMono = performance.now();
let asking: Promise<void> | null = null;

/** Takes over what the gateway says of the session; another level or person sees nothing of the one before. */
export function takeMe(next: Me): void {
  const before = me.get();
  setCsrf(next.csrf);
  me.set(next);
  if (before !== null && before.level === next.level && before.user === next.user) return;
  disconnect();
  forgetOrders();
  disconnect = connect(next.level, () => void askMe());
}

/** `isTouched`: somebody is there; only that keeps a session alive. */
export function askMe(isTouched = false): Promise<void> {
  asking ??= askOnce(isTouched).finally(() => {
    asking = null;
  });
  return asking;
}

async function askOnce(isTouched: boolean): Promise<void> {
  const answer = await ask('me', isTouched ? { headers: { 'x-gengfu-touch': '1' } } : {});
  if (answer.isOk) takeMe(answer.value);
  else if (me.get() === null) setTimeout(() => void askMe(), againMs);
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

/** For as long as the page is open. */
export function keepSession(): void {
  whenDenied(askMe);
  void askMe();
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
