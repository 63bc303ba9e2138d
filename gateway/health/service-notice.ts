/**
 * What the service manager is told: READY=1 once, a line of words, WATCHDOG=1 while the watch makes progress, STOPPING=1.
 *
 *   starting ──site scanned, or 5 s of watching──▶ ready ──stop──▶ stopping        nothing is told after that
 *
 * A unit that is dead, or a line that can not be opened, is a fault to show and no reason not to be ready.
 */
import type { Words } from '../../config/vocabulary.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { ServiceManager } from '../../drivers/native/service-socket.js';
import type { Observation } from '../observation.js';

/** Ready at the latest so long after the watch began. */
const readyAfterMs = 5000;
/** Until the watch begins (a disk that hangs, a slow box) more time is asked for, again and again, but not for ever. */
const extendEveryMs = 5000;
const extendByMs = 15_000;
const startMaxMs = 180_000;
/** So often within the time that the service manager waits. */
const feedsPerWait = 5;

export interface ServiceNoticeOptions {
  readonly manager: ServiceManager;
  readonly clock: Clock;
}

export class ServiceNotice {
  #mode: 'starting' | 'watching' | 'ready' | 'stopping' = 'starting';
  /** A loop of the watch has made no progress for too long; asked anew each time, as another site file brings other loops. */
  #isOverdue: () => boolean = () => false;
  #words: Words = { zh: '正在启动', en: 'starting' };
  /** Everything was asked once; with nothing to ask that is told before the watch says that it has begun. */
  #scanned: Words | null = null;
  #fed: Cancel | null = null;
  #late: Cancel | null = null;

  constructor(private readonly options: ServiceNoticeOptions) {
    this.#extend(options.clock.mono());
  }

  /** The watch has begun. */
  watching(words: Words, isOverdue: () => boolean): void {
    if (this.#mode !== 'starting') return;
    this.#mode = 'watching';
    this.#isOverdue = isOverdue;
    this.#late?.();
    this.say(words);
    if (this.#scanned === null) this.#late = this.options.clock.after(readyAfterMs, () => this.#ready());
    else this.#ready();
  }

  see(seen: Observation): void {
    if (seen.kind !== 'site.scanned') return;
    const { asked, silent } = seen;
    this.#scanned = { zh: `：查询 ${asked}，无应答 ${silent}`, en: `: ${asked} asked, ${silent} silent` };
    if (this.#mode === 'starting') return;
    this.#ready();
    this.say(this.#words);
  }

  /** How it stands, in a few words. */
  say(words: Words): void {
    this.#words = words;
    const { zh, en } = this.#scanned ?? { zh: '', en: '' };
    this.#tell([statusOf({ zh: words.zh + zh, en: words.en + en })]);
  }

  stopping(): void {
    if (this.#mode === 'stopping') return;
    this.#tell(['STOPPING=1', statusOf({ zh: '正在停止', en: 'stopping' })]);
    this.#mode = 'stopping';
    this.#fed?.();
    this.#late?.();
  }

  #ready(): void {
    if (this.#mode !== 'watching') return;
    this.#mode = 'ready';
    this.#late?.();
    this.#tell(['READY=1']);
    const { manager } = this.options;
    if (manager.watchdogMs !== null) this.#feed(manager.watchdogMs / feedsPerWait);
  }

  /** The clock only asks: whether it is fed is decided by those that have checked in. */
  #feed(everyMs: number): void {
    if (!this.#isOverdue()) this.#tell(['WATCHDOG=1']);
    this.#fed = this.options.clock.after(everyMs, () => this.#feed(everyMs));
  }

  #extend(beganMono: number): void {
    const { clock } = this.options;
    this.#late = clock.after(extendEveryMs, () => {
      if (clock.mono() - beganMono > startMaxMs) return;
      this.#tell([`EXTEND_TIMEOUT_USEC=${extendByMs * 1000}`, statusOf(this.#words)]);
      this.#extend(beganMono);
    });
  }

  #tell(lines: readonly string[]): void {
    if (this.#mode !== 'stopping') this.options.manager.tell(lines);
  }
}

function statusOf({ zh, en }: Words): string {
  return `STATUS=${zh} / ${en}`;
}
