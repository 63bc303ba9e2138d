/**
 * What the page knows of the gateway, and its own watch over it: how old the news is, whether the computer slept, and how far the
 * alarms have been seen. Whoever listens to the gateway (connect.ts) gives its words in here.
 */
import type { SiteInfo } from '../../../api/site.js';
import { beginLive, hasSlept, type Live, type LiveInput, lostAfterMs, type Moment, stepLive } from './contact.js';
import { nothingSeen, type Seen, stepSeen } from './seen.js';
import { makeStore } from './store.js';

/** How often the page looks at its own watch, ms. */
const lookMs = 250;
export const live = makeStore<Live>(beginLive(performance.now()));
/** What the site is; null until it was read. */
export const site = makeStore<SiteInfo | null>(null);
/** The gateway's wall clock by the second: ages must not depend on the clock of the browser. */
export const nowWall = makeStore<number>(Date.now());
/** How far the alarms have been seen here: a key means no later ones. */
export const seen = makeStore<Seen>(nothingSeen);

/** Whoever listens to the gateway now. */
export interface Listening {
  /** At once, by a way that was not there before. */
  again(): void;
  /** False: nothing is asked that could be answered, so silence says nothing. */
  isOwed(): boolean;
}

let listening: Listening | null = null;
let lastLook = momentNow();

export function listenBy(next: Listening): void {
  listening = next;
}

export function give(input: LiveInput): void {
  live.set(stepLive(live.get(), input, performance.now()));
}

export function momentNow(): Moment {
  return { wall: Date.now(), mono: performance.now() };
}

/** Before anything that came is believed: it may have waited in the line for the whole night. */
export function noticeSleep(): void {
  const now = momentNow();
  const isNew = hasSlept(lastLook, now);
  lastLook = now;
  if (!isNew) return;
  give({ is: 'slept' });
  listening?.again();
}

/** By the page's looks only: what came while it was busy drawing counts from when it is on the screen. */
function noteSeen(): void {
  const { contact, state } = live.get();
  const isShown = contact === 'live' && state !== null && !isHidden();
  seen.set(stepSeen(seen.get(), isShown ? state.head : null, performance.now()));
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.hidden;
}

/** The gateway's time now, as far as its last news and the time since can tell. */
export function wallNow(): number {
  const { newsWall, newsMono } = live.get();
  return newsWall === null ? Date.now() : newsWall + (performance.now() - newsMono);
}

/** For as long as the page is open. */
export function keepWatch(): void {
  document.addEventListener('visibilitychange', onShown);
  addEventListener('pageshow', onShown);
  setInterval(look, lookMs);
}

function look(): void {
  noticeSleep();
  // A hidden page asks once a minute: until then nobody owes it a word.
  if (!isHidden() || listening?.isOwed() !== false) give({ is: 'tick' });
  noteSeen();
  // What is lost does not age on: nobody knows whether it still stands.
  if (live.get().contact === 'lost') return;
  const second = Math.floor(wallNow() / 1000) * 1000;
  if (second !== nowWall.get()) nowWall.set(second);
}

/** Shown or hidden: what is old by now is not shown as the present, and is asked for. */
function onShown(): void {
  const isOwed = listening?.isOwed() !== false;
  if (!isHidden() && !isOwed && performance.now() - live.get().newsMono >= lostAfterMs) {
    give({ is: 'begin' });
    listening?.again();
  }
  look();
}
