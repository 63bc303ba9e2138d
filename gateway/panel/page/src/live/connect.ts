/**
 * The live connection: one event stream, watched by the page itself, since a browser notices a dead line only after minutes. The
 * browser comes back with the last event's id and misses nothing; a stream that had to be opened anew begins with the whole state.
 * Away from the box without signing in there is no stream: the big state is asked for instead.
 */
import type { PanelState, Patch } from '../../../api/state.js';
import { ask, pathOf } from '../api/client.js';
import { give, listenBy, momentNow, noticeSleep, site } from './connection.js';
import { type LiveInput, lostAfterMs } from './contact.js';
import { readMap } from './village-map.js';

/** How often a stream is looked at, ms. */
const lookMs = 250;
/** Between two questions for the big state, ms. */
const briefMs = 2000;
/** A site that could not be read is asked for again, ms. */
const siteAgainMs = 2000;
/** A stream without a word for so long is given up, and the next one tried after a pause that grows to the last, ms. */
const giveUpMs = 6000;
const pausesMs = [500, 1000, 2000, 4000] as const;

let siteReads = 0;

/**
 * Begins anew as somebody of this level; the answer ends it. `askWho`: it was not opened or has ended, perhaps with the session.
 */
export function connect(level: number, askWho: () => void): () => void {
  give({ is: 'begin' });
  forgetSite();
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
    const own = new EventSource(pathOf('live'));
    source = own;
    const on = (event: string, take: (text: string) => void): void =>
      own.addEventListener(event, (message: MessageEvent<string>) => {
        noticeSleep();
        if (own !== source) return;
        heardMono = performance.now();
        tries = 0;
        take(message.data);
      });
    on('state', (text) => {
      give({ is: 'state', state: JSON.parse(text) as PanelState });
      void readSite();
    });
    on('patches', (text) => give({ is: 'patches', patches: JSON.parse(text) as readonly Patch[] }));
    on('beat', (text) => give(beatOf(text)));
    // Also when the browser has come back by itself.
    own.addEventListener('open', () => {
      give({ is: 'opened' });
      // A gateway that was started again has forgotten the sessions.
      askWho();
    });
    own.addEventListener('error', askWho);
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

  listenBy({
    again() {
      clearTimeout(timer);
      tries = 0;
      open();
    },
    isOwed: () => true,
  });
  return () => {
    isEnded = true;
    clearTimeout(timer);
    source?.close();
  };
}

function watchBrief(askWho: () => void): () => void {
  let asked = 0;
  let isOwed = true;
  let timer = setTimeout(() => void look(), 0);
  async function look(): Promise<void> {
    asked += 1;
    const mine = asked;
    const began = momentNow();
    isOwed = true;
    const answer = await ask('brief');
    noticeSleep();
    if (mine !== asked) return;
    // One that was long on its way is of then, not of now.
    const isOfNow = performance.now() - began.mono < lostAfterMs && Date.now() - began.wall < lostAfterMs;
    if (answer.isOk && isOfNow) {
      isOwed = false;
      give({ is: 'brief', brief: answer.value });
    } else if (!answer.isOk && answer.status !== 0) askWho();
    timer = setTimeout(() => void look(), briefMs);
  }
  listenBy({
    again() {
      clearTimeout(timer);
      void look();
    },
    isOwed: () => isOwed,
  });
  return () => {
    asked += 1;
    clearTimeout(timer);
  };
}

/** Whatever is no beat as we know it says nothing of the watch. */
function beatOf(text: string): LiveInput {
  const told = JSON.parse(text) as { readonly wall?: unknown; readonly isWatchHeard?: unknown };
  const wall = typeof told.wall === 'number' ? told.wall : Date.now();
  return { is: 'beat', wall, isWatchHeard: told.isWatchHeard === true };
}

/** Read again with every whole state, as another site file may run, and until it has come; an older answer is of no use. */
async function readSite(): Promise<void> {
  siteReads += 1;
  const mine = siteReads;
  void readMap();
  const answer = await ask('site');
  if (mine !== siteReads) return;
  if (answer.isOk) site.set(answer.value);
  else setTimeout(() => mine === siteReads && void readSite(), siteAgainMs);
}

/** Doors and names are of whoever looked before. */
function forgetSite(): void {
  siteReads += 1;
  site.set(null);
}
