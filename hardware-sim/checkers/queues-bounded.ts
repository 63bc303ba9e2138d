import type { SiteConfig } from '../../config/site.js';
import type { Accuse, Checker, CheckerKind, Fact, WorldView } from './checker.js';

/** Design.md §3: 20 reports in flight. Beside them the status. */
const unconfirmedMax = 20 + 1;
/** Bytes of other lanes in flight, one message above, and 20 reports of fire as large as they usually are at the most. */
const unconfirmedBytesMax = 64 * 1024 + 16 * 1024 + 20 * 2 * 1024;
/** An answer to an order is no report: each order has two at the most, and after 10 s without a PUBACK the link is given up. */
const answersPerOrder = 2;
const answersForMs = 20_000;
const answerMaxBytes = 64 * 1024;
/** What was on its way to or from the city has arrived by then. */
const onTheWayMs = 10_000;
/** Timers of a gateway and its village that do not depend on the site; and for each line, unit, output, horn and uplink. */
const timersBase = 300;
const timersEach = 12;

export const queuesBounded: CheckerKind = {
  name: 'queues-bounded',
  promise: 'what waits is bounded: reports on their way, their bytes, timers',
  make: (config, accuse) => new QueuesBounded(config, accuse),
};

class QueuesBounded implements Checker {
  readonly #timersMax: number;
  #orders: number[] = [];
  #wasTold = { count: false, bytes: false, timers: false };

  constructor(
    { lines, units, streams, outputs, speakers, uplinks, points }: SiteConfig,
    private readonly accuse: Accuse,
  ) {
    const parts = [lines, units, streams, outputs, speakers, uplinks];
    this.#timersMax = timersBase + timersEach * parts.reduce((sum, { length }) => sum + length, 0) + 2 * points.length;
  }

  see(fact: Fact): void {
    if (fact.kind === 'centre.sent') this.#orders.push(fact.mono);
  }

  look(world: WorldView): void {
    const { broker, timers, afflictions } = world;
    const { unconfirmed, unconfirmedBytes } = broker;
    if (unconfirmed > unconfirmedMax || unconfirmedBytes > unconfirmedBytesMax) {
      const nowMono = world.mono();
      this.#orders = this.#orders.filter((sentMono) => nowMono - sentMono <= answersForMs);
      const answersMax = answersPerOrder * this.#orders.length;
      this.#tell('count', unconfirmed > unconfirmedMax + answersMax, `${unconfirmed} reports are unconfirmed at once`);
      const bytesMax = unconfirmedBytesMax + answersMax * answerMaxBytes;
      this.#tell('bytes', unconfirmedBytes > bytesMax, `${unconfirmedBytes} bytes are unconfirmed at once`);
    }
    // What a broken way to the city holds back, or a hostile city says piece by piece, waits as timers of the world.
    const isOwn = afflictions.soundSince(['city']) <= world.mono() - onTheWayMs;
    if (timers > this.#timersMax && isOwn) {
      this.#tell('timers', true, `${timers} timers wait; ${this.#timersMax} are the most that this site needs`);
    }
  }

  #tell(what: 'count' | 'bytes' | 'timers', isTooMuch: boolean, words: string): void {
    if (isTooMuch && !this.#wasTold[what]) this.accuse(words);
    this.#wasTold[what] ||= isTooMuch;
  }
}
