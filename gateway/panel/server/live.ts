/**
 * Server-sent events: one `state`, then `patches`, each with the id `<start>-<n>`. Whoever comes back names the last id: what came
 * since is played again from a ring, or, when the ring does not reach so far, the whole state is sent. The beat behind it says that
 * all of it was sent. A whole `state` may be of another site file: the page asks for the site again. Each event is put into text once
 * for all.
 */
import type { ServerResponse } from 'node:http';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import type { PanelState, Patch } from '../api/state.js';
import type { Caller, Who } from './people-gate.js';
import { type Refusal, refused } from './refusal.js';
import type { WatchLink } from './watch-link.js';
import { patchesWithoutWritten, seesWritten, stateWithoutWritten } from './written-words.js';

/** Streams in all; the box's own screen gets one even then. */
export const streamsMax = 50;
/** Of one address beyond this box. */
export const streamsPerAddressMax = 10;
/** Bytes that wait for one reader; who has more is cut, and comes back with its last id. */
export const waitingMaxBytes = 256 * 1024;
/** Events kept for those who come back; the oldest go first. */
const ringMax = 1_000;
const ringMaxBytes = 1024 * 1024;
const beatMs = 2_000;
/** A watch that falls silent is told of by a beat of its own: the pages must know within 5 s of its last word, ms. */
const silenceLookMs = 500;
/** How soon a browser comes back after a drop, ms. */
const retryMs = 1_000;

interface LiveStream {
  readonly response: ServerResponse;
  readonly who: Who;
  readonly address: string;
  readonly isLoopback: boolean;
  /** What people have written is told to it. */
  readonly isWritten: boolean;
  /** Bytes that may wait: more while a whole state, which may be larger than the limit, is on its way. */
  allowedBytes: number;
  hasState: boolean;
}

interface KeptEvent {
  readonly n: number;
  readonly text: string;
  /** Without what people have written; the same text where there is none. */
  readonly bare: string;
  readonly bytes: number;
}

export interface LiveOptions {
  readonly watch: WatchLink;
  readonly clock: Clock;
  /** Random, of this start: ids of another start are not ours. */
  readonly start: string;
  readonly isStill: (who: Who) => boolean;
}

export class LiveStreams {
  readonly #streams = new Set<LiveStream>();
  #ring: KeptEvent[] = [];
  #ringBytes = 0;
  /** Number of the newest event. */
  #n = 0;
  /** Events after this one can be played again, if the ring still has them. */
  readonly #whole = new Map<boolean, { readonly n: number; readonly text: string }>();
  #cancelBeat: Cancel;
  #cancelLook: Cancel;
  #wasHeard = false;

  constructor(private readonly options: LiveOptions) {
    this.#cancelBeat = options.clock.after(beatMs, () => this.#beat());
    this.#cancelLook = options.clock.after(silenceLookMs, () => this.#lookForSilence());
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Why this caller gets no stream now; null: it does. */
  refusal({ address, isLoopback }: Caller): Refusal | null {
    const ofAddress = [...this.#streams].filter((stream) => stream.address === address).length;
    const hasLoopback = [...this.#streams].some((stream) => stream.isLoopback);
    if (!isLoopback && ofAddress >= streamsPerAddressMax) return tooMany(streamsPerAddressMax);
    if (this.#streams.size >= streamsMax && !(isLoopback && !hasLoopback)) return tooMany(streamsMax);
    return null;
  }

  /** Begins a stream for a caller that was not refused. `after`: id of the last event it has. */
  open(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    { caller, who }: { readonly caller: Caller; readonly who: Who },
    after: string | null,
  ): void {
    const { address, isLoopback } = caller;
    const stream: LiveStream = {
      response,
      who,
      address,
      isLoopback,
      isWritten: seesWritten(who),
      allowedBytes: waitingMaxBytes,
      hasState: false,
    };
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
    response.on('error', () => this.#streams.delete(stream));
    response.on('drain', () => {
      stream.allowedBytes = waitingMaxBytes;
    });
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: ${retryMs}\n\n${this.#beatText()}`);
    this.#catchUp(stream, after);
    response.write(this.#beatText());
  }

  /** All of the state is another: what was kept is of no use any more. */
  onState(): void {
    this.#n += 1;
    this.#ring = [];
    this.#ringBytes = 0;
    this.#whole.clear();
    for (const stream of this.#streams) this.#sendWhole(stream);
  }

  onPatches(patches: readonly Patch[]): void {
    this.#n += 1;
    const text = this.#eventText('patches', JSON.stringify(patches));
    const others = patchesWithoutWritten(patches);
    const bare = others === patches ? text : this.#eventText('patches', JSON.stringify(others));
    const bytes = Buffer.byteLength(text) + (bare === text ? 0 : Buffer.byteLength(bare));
    this.#ring.push({ n: this.#n, text, bare, bytes });
    this.#ringBytes += bytes;
    while (this.#ring.length > ringMax || this.#ringBytes > ringMaxBytes)
      this.#ringBytes -= this.#ring.shift()?.bytes ?? 0;
    for (const stream of this.#streams) if (stream.hasState) this.#send(stream, stream.isWritten ? text : bare);
  }

  /** Ends all of them in order: the pages come back when there is a panel again. */
  close(): void {
    this.#cancelBeat();
    this.#cancelLook();
    for (const { response } of this.#streams) response.end();
    this.#streams.clear();
  }

  #catchUp(stream: LiveStream, after: string | null): void {
    const seen = this.#numberOf(after);
    const first = this.#ring[0]?.n ?? this.#n + 1;
    // Nothing is missing when the ring begins at the latest with the event after the one that was seen.
    const isWithoutHole = seen !== null && seen <= this.#n && seen >= first - 1 && this.options.watch.state !== null;
    const missed = this.#ring.filter(({ n }) => seen !== null && n > seen);
    if (isWithoutHole)
      this.#sendMuch(stream, missed.map(({ text, bare }) => (stream.isWritten ? text : bare)).join(''));
    else this.#sendWhole(stream);
  }

  #numberOf(id: string | null): number | null {
    const found = /^([a-z0-9]{1,40})-(\d{1,15})$/.exec(id ?? '');
    return found === null || found[1] !== this.options.start ? null : Number(found[2]);
  }

  /** Put into text once for all that come while nothing changes. */
  #sendWhole(stream: LiveStream): void {
    const state = this.options.watch.state;
    if (state === null) return;
    const { isWritten } = stream;
    const known = this.#whole.get(isWritten);
    const whole = known?.n === this.#n ? known : { n: this.#n, text: this.#stateText(state, isWritten) };
    this.#whole.set(isWritten, whole);
    this.#sendMuch(stream, whole.text);
  }

  /** The first of a stream: it may be more than a reader is otherwise waited for. */
  #sendMuch(stream: LiveStream, text: string): void {
    stream.hasState = true;
    if (text === '') return;
    this.#send(stream, text);
    stream.allowedBytes = waitingMaxBytes + Buffer.byteLength(text);
  }

  #stateText(state: PanelState, isWritten: boolean): string {
    return this.#eventText('state', JSON.stringify(isWritten ? state : stateWithoutWritten(state)));
  }

  #eventText(event: 'state' | 'patches', data: string): string {
    return `id: ${this.options.start}-${this.#n}\nevent: ${event}\ndata: ${data}\n\n`;
  }

  /** What waited before counts, not what comes: an event may be larger than the limit by itself. */
  #send(stream: LiveStream, text: string): void {
    if (stream.response.writableLength <= stream.allowedBytes) {
      stream.response.write(text);
      return;
    }
    this.#streams.delete(stream);
    stream.response.destroy();
  }

  #lookForSilence(): void {
    this.#cancelLook = this.options.clock.after(silenceLookMs, () => this.#lookForSilence());
    const wasHeard = this.#wasHeard;
    this.#wasHeard = this.options.watch.isHeard();
    if (wasHeard && !this.#wasHeard) this.#sendBeat();
  }

  #beat(): void {
    this.#cancelBeat = this.options.clock.after(beatMs, () => this.#beat());
    this.#sendBeat();
    this.options.watch.post({ kind: 'beat', streams: this.#streams.size });
  }

  #sendBeat(): void {
    const text = this.#beatText();
    for (const stream of this.#streams) {
      if (this.options.isStill(stream.who)) this.#send(stream, text);
      else {
        this.#streams.delete(stream);
        stream.response.end();
      }
    }
  }

  #beatText(): string {
    const { clock, watch } = this.options;
    return `event: beat\ndata: ${JSON.stringify({ wall: clock.wall(), isWatchHeard: watch.isHeard() })}\n\n`;
  }
}

function tooMany(max: number): Refusal {
  const words = { zh: '打开的实时页面太多', en: 'too many live pages are open' };
  const hint = { zh: '关闭不用的页面后再试', en: 'close pages that nobody looks at and try again' };
  return refused(503, 'too-many-streams', words, { expected: `at most ${max}`, hint, retryAfterS: 5 });
}
