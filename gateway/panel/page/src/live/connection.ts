/**
 * The live connection: one event stream, watched by the page itself, since a browser notices a dead line only after minutes. The
 * browser comes back with the last event's id and misses nothing; a stream that had to be opened anew begins with the whole state.
 * Away from the box without signing in there is no stream: the big state is asked for instead.
 */
import type { SiteInfo } from '../../../api/site.js';
import type { PanelState, Patch } from '../../../api/state.js';
import { ask, pathOf } from '../api/client.js';
import { beginLive, type Live, type LiveInput, stepLive } from './contact.js';
import { nothingSeen, type Seen, stepSeen } from './seen.js';
import { makeStore } from './store.js';

/** How often the page looks at its own watch, ms. */
const lookMs = 250;
/** Between two questions for the big state, ms. */
const briefMs = 2000;
/** A stream without a word for so long is given up, and the next one tried after a pause that grows to the last, ms. */
const giveUpMs = 6000;
const pausesMs = [500, 1000, 2000, 4000] as const;

export const live = makeStore<Live>(beginLive(performance.now()));
/** What the site is; null until it was read. */
export const site = makeStore<SiteInfo | null>(null);
/** The gateway's wall clock by the second: ages must not depend on the clock of the browser. */
export const nowWall = makeStore<number>(Date.now());
/** How far the alarms have been seen here: a key means no later ones. */
export const seen = makeStore<Seen>(nothingSeen);

let version: string | null = null;

export function give(input: LiveInput): void {
  live.set(stepLive(live.get(), input, performance.now()));
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
  document.addEventListener('visibilitychange', noteSeen);
  setInterval(() => {
    give({ is: 'tick' });
    noteSeen();
    // What is lost does not age on: nobody knows whether it still stands.
    if (live.get().contact === 'lost') return;
    const second = Math.floor(wallNow() / 1000) * 1000;
    if (second !== nowWall.get()) nowWall.set(second);
  }, lookMs);
}

/**
 * Begins anew as somebody of this level; the answer ends it. `askWho`: it was not opened or has ended, perhaps with the session.
 */
export function connect(level: number, askWho: () => void): () => void {
  give({ is: 'begin' });
  return level === 0 ? watchBrief(askWho) : watchStream(askWho);
}

function watchStream(askWho: () => void): () => void {
  let source: EventSource | null = null;
  let heardMono = performance.now();
  let tries = 0;
  let isEnded = false;
  let timer = setTimeout(open, 0);

  function open(): void {
    source?.close();
    heardMono = performance.now();
    source = new EventSource(pathOf('live'));
    const on = (event: string, take: (text: string) => void): void =>
      source?.addEventListener(event, (message: MessageEvent<string>) => {
        heardMono = performance.now();
        tries = 0;
        take(message.data);
      });
    on('state', (text) => {
      give({ is: 'state', state: JSON.parse(text) as PanelState });
      void readSite();
      reloadWhenUpdated();
    });
    on('patches', (text) => give({ is: 'patches', patches: JSON.parse(text) as readonly Patch[] }));
    on('beat', (text) => give(beatOf(text)));
    // Also when the browser has come back by itself.
    source.addEventListener('open', () => {
      give({ is: 'opened' });
      // A gateway that was started again has forgotten the sessions.
      askWho();
    });
    source.addEventListener('error', askWho);
    timer = setTimeout(look, lookMs);
  }

  /** A browser gives up for good when it is refused; and a line that says nothing is not heard by it at all. */
  function look(): void {
    if (isEnded) return;
    const isRefused = source?.readyState === EventSource.CLOSED;
    if (!isRefused && performance.now() - heardMono < giveUpMs) {
      timer = setTimeout(look, lookMs);
      return;
    }
    source?.close();
    const pause = pausesMs[Math.min(tries, pausesMs.length - 1)] ?? briefMs;
    tries += 1;
    timer = setTimeout(open, pause);
  }

  return () => {
    isEnded = true;
    clearTimeout(timer);
    source?.close();
  };
}

function watchBrief(askWho: () => void): () => void {
  let isEnded = false;
  let timer = setTimeout(() => void look(), 0);
  async function look(): Promise<void> {
    const answer = await ask('brief');
    if (isEnded) return;
    if (answer.isOk) give({ is: 'brief', brief: answer.value });
    else if (answer.status !== 0) askWho();
    timer = setTimeout(() => void look(), briefMs);
  }
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}

/** Whatever is no beat as we know it says nothing of the watch. */
function beatOf(text: string): LiveInput {
  const told = JSON.parse(text) as { readonly wall?: unknown; readonly isWatchHeard?: unknown };
  const wall = typeof told.wall === 'number' ? told.wall : Date.now();
  return { is: 'beat', wall, isWatchHeard: told.isWatchHeard === true };
}

/** Read again with every whole state: another site file may run. */
async function readSite(): Promise<void> {
  const answer = await ask('site');
  if (answer.isOk) site.set(answer.value);
}

/** Another version of the gateway brings another page. */
function reloadWhenUpdated(): void {
  const now = live.get().state?.head.version ?? null;
  if (version !== null && now !== null && now !== version) location.reload();
  version = now ?? version;
}
