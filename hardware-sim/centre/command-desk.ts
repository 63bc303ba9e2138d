/** Orders of the centre, good ones and hostile ones, each remembered with whatever was answered. */
import type { Clock } from '../../drivers/clock.js';
import type { HeardResult } from './heard.js';
import { hostileEnvelope } from './hostile-orders.js';
import { momentOf } from './moment.js';
import { type CentreOrder, commandText } from './orders.js';
import type { Answer, HostileKind, OrderOptions, SentCommand } from './sent-command.js';
import { envelopeBytes, type Signer } from './signing.js';

const lifeDefaultMs = 10 * 60_000;
/** Commands that are remembered; no run sends so many. The oldest is forgotten, and counted. */
const sentMax = 10_000;
/** Answers to nobody's command that are kept; the oldest goes first. */
const answersToNobodyMax = 1_000;

export interface CommandDeskOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly district: string;
  readonly site: string;
  readonly signer: Signer;
  readonly stranger: Signer;
  readonly publish: (envelope: Uint8Array) => void;
}

export type SentListener = (command: SentCommand) => void;

export class CommandDesk {
  readonly sent: SentCommand[] = [];
  forgotten = 0;
  /** Refusals of what was not well signed name no command. */
  readonly answersToNobody: Answer[] = [];
  /** Its wall clock against the true one, ms. */
  wallSkewMs = 0;
  readonly #listeners: SentListener[] = [];

  constructor(private readonly options: CommandDeskOptions) {}

  /** Told whenever one is published, before it is. */
  onSent(listener: SentListener): void {
    this.#listeners.push(listener);
  }

  order(what: CentreOrder, over: OrderOptions = {}): SentCommand {
    const made = this.make(what, over);
    return this.#send({
      ...made,
      hostile: null,
      envelope: envelopeBytes(this.options.signer.seal('command', made.text)),
    });
  }

  /** The same bytes once more: what a centre does that heard no answer. */
  repeat(command: SentCommand): void {
    command.sentMono.push(this.options.clock.mono());
    for (const listener of this.#listeners) listener(command);
    this.options.publish(command.envelope);
  }

  /** @param victim the good command that is misused, for the kinds that need one; default the last one sent. */
  attack(kind: HostileKind, victim: SentCommand | null = this.#lastGood()): SentCommand {
    const { random, signer, stranger } = this.options;
    const made = hostileEnvelope(kind, {
      ...{ random, signer, stranger, victim },
      make: (what, over) => this.make(what, over),
    });
    return this.#send({ ...made, hostile: kind });
  }

  heard({ command, state, reason, detail }: HeardResult, atMono: number): void {
    const answer = { state, reason, detail, atMono };
    if (command === null) {
      this.answersToNobody.push(answer);
      if (this.answersToNobody.length > answersToNobodyMax) this.answersToNobody.shift();
    } else for (const sent of this.sent) if (sent.id === command) sent.results.push(answer);
  }

  /** Text and times of a command, unsigned and unsent. */
  make(what: CentreOrder, { id = this.#newId(), lifeMs = lifeDefaultMs, ageMs = 0, site }: OrderOptions = {}) {
    const { clock, district, site: own } = this.options;
    const issuedWall = clock.wall() + this.wallSkewMs - ageMs;
    const expiresWall = issuedWall + lifeMs;
    const times = { issued: momentOf(issuedWall), expires: momentOf(expiresWall) };
    return {
      id,
      what,
      issuedWall,
      expiresWall,
      text: commandText({ id, district, site: site ?? own, ...times, what }),
    };
  }

  #send(made: Omit<SentCommand, 'sentMono' | 'results'>): SentCommand {
    const { id, what, hostile, issuedWall, expiresWall, envelope } = made;
    const command = { id, what, hostile, issuedWall, expiresWall, envelope, sentMono: [], results: [] };
    this.sent.push(command);
    if (this.sent.length > sentMax) {
      this.sent.shift();
      this.forgotten += 1;
    }
    this.repeat(command);
    return command;
  }

  #lastGood(): SentCommand | null {
    return this.sent.findLast(({ hostile }) => hostile === null) ?? null;
  }

  #newId(): string {
    const half = (): string =>
      Math.floor(this.options.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return `${half()}-${half()}`;
  }
}
