/**
 * What must not be forgotten when the process ends: who was told of which alarm, who is owed what after a quiet time, how much went out in
 * the last hour, whose delivery reports are awaited, and which message was going out. No number ever stands in it: only ids of recipients.
 */
import type { EntryId } from '../../config/ids.js';
import type { SmsMemory } from './sms-options.js';

/** Alarms, ends and tests whose tellings are remembered; the oldest goes. */
const toldMax = 500;
/** Of one recipient; later ones are only counted by the alarms that stand. */
const owedMax = 50;
const awaitedMax = 64;
/** A book that is longer was not written by us. */
const textMax = 256 * 1024;

export interface Owed {
  readonly alarm: EntryId;
  readonly brief: string;
}

export interface Awaited {
  readonly recipient: string;
  readonly alarm: EntryId | null;
  /** Parts of which the network has said nothing final. */
  readonly references: readonly number[];
  readonly sentWall: number;
}

interface Pages {
  readonly told: readonly (readonly [string, readonly string[]])[];
  readonly owed: readonly (readonly [string, readonly Owed[]])[];
  readonly awaited: readonly Awaited[];
  /** Parts, and when by the wall clock. */
  readonly hour: readonly (readonly [number, number])[];
  /** The message that is going out, or went last, by its task and its recipient. Left out: none, or an older release has written. */
  readonly going?: readonly [string, string];
}

export class SmsBook {
  readonly #told = new Map<string, Set<string>>();
  readonly #owed = new Map<string, Owed[]>();
  #awaited: Awaited[] = [];
  #going: Pages['going'];
  /** What was going out when another start ended. */
  #goingBefore: Pages['going'];
  #isWriting = false;
  #isDirty = false;
  /** Another start of this uplink has written in it. */
  isContinued = false;
  /** Of the last hour, as another start left it. */
  hourBefore: Pages['hour'] = [];

  constructor(
    private readonly memory: SmsMemory,
    private readonly hourNow: () => Pages['hour'],
  ) {}

  /** Never rejects: a book that can not be read is an empty one. */
  async open(): Promise<void> {
    const pages = readPages(await this.memory.read().catch(() => null));
    if (pages === null) return;
    this.isContinued = true;
    for (const [alarm, recipients] of pages.told) for (const each of recipients) this.#noteTold(alarm, each);
    for (const [recipient, owed] of pages.owed) this.#owed.set(recipient, owed.slice(0, owedMax));
    this.#awaited = [...pages.awaited.slice(-awaitedMax), ...this.#awaited];
    this.hourBefore = pages.hour;
    this.#goingBefore = pages.going;
  }

  /** It goes out from now on. Not waited for: no fire waits for a disk. */
  goes(task: string, recipient: string): void {
    this.#going = [task, recipient];
    this.save();
  }

  /** The network has not taken it. */
  stayed(): void {
    this.#going = undefined;
    this.save();
  }

  /** It was the last one that another start sent, or was sending: nobody knows whether the network took it. */
  mayHaveGone(task: string, recipient: string): boolean {
    const before = this.#goingBefore;
    return before !== undefined && before[0] === task && before[1] === recipient;
  }

  /** @param alarm or whatever else was told, by its task */
  isTold(alarm: string, recipient: string): boolean {
    return this.#told.get(alarm)?.has(recipient) === true;
  }

  /** Who was told of it. */
  tellings(alarm: EntryId): ReadonlySet<string> {
    return this.#told.get(alarm) ?? new Set();
  }

  told(alarm: string, recipient: string): void {
    this.#noteTold(alarm, recipient);
    this.save();
  }

  owe(recipient: string, owed: Owed): void {
    const all = this.#owed.get(recipient) ?? [];
    if (all.length >= owedMax || all.some(({ alarm }) => alarm === owed.alarm)) return;
    this.#owed.set(recipient, [...all, owed]);
    this.save();
  }

  owedTo(recipient: string): readonly Owed[] {
    return this.#owed.get(recipient) ?? [];
  }

  get owesAnything(): boolean {
    return this.#owed.size > 0;
  }

  paid(recipient: string, alarms: readonly EntryId[]): void {
    const left = this.owedTo(recipient).filter(({ alarm }) => !alarms.includes(alarm));
    if (left.length === 0) this.#owed.delete(recipient);
    else this.#owed.set(recipient, left);
    this.save();
  }

  /** It does not stand any more. */
  ended(alarm: EntryId): void {
    for (const [recipient, owed] of this.#owed) {
      if (owed.some((each) => each.alarm === alarm)) this.paid(recipient, [alarm]);
    }
  }

  await(awaited: Awaited): void {
    this.#awaited = [...this.#awaited, awaited].slice(-awaitedMax);
    this.save();
  }

  /** The newest message that this report can be about; the network uses its 256 numbers again and again. */
  reported(reference: number, isOf: (recipient: string) => boolean): { message: Awaited; isLast: boolean } | null {
    const message = this.#awaited.findLast((each) => each.references.includes(reference) && isOf(each.recipient));
    if (message === undefined) return null;
    const references = message.references.filter((each) => each !== reference);
    const others = this.#awaited.filter((each) => each !== message);
    this.#awaited = references.length === 0 ? others : [...others, { ...message, references }];
    this.save();
    return { message, isLast: references.length === 0 };
  }

  /** Nothing more is expected of it. */
  dismiss(message: Awaited): void {
    const same = (each: Awaited): boolean =>
      each.recipient === message.recipient && each.sentWall === message.sentWall && each.alarm === message.alarm;
    this.#awaited = this.#awaited.filter((each) => !same(each));
    this.save();
  }

  /** Without waiting; what changes meanwhile is written behind it. */
  save(): void {
    this.#isDirty = true;
    if (!this.#isWriting) void this.#write();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#isDirty) {
      this.#isDirty = false;
      // A disk that takes nothing is told by the journal; after a restart a message may then be sent a second time.
      await this.memory.write(JSON.stringify(this.#pages())).catch(() => undefined);
    }
    this.#isWriting = false;
  }

  #pages(): Pages {
    return {
      told: [...this.#told].map(([alarm, recipients]) => [alarm, [...recipients]]),
      owed: [...this.#owed],
      awaited: this.#awaited,
      hour: this.hourNow(),
      ...(this.#going === undefined ? {} : { going: this.#going }),
    };
  }

  #noteTold(alarm: string, recipient: string): void {
    const recipients = this.#told.get(alarm) ?? new Set<string>();
    recipients.add(recipient);
    // What was told last is forgotten last.
    this.#told.delete(alarm);
    this.#told.set(alarm, recipients);
    const [oldest] = this.#told.keys();
    if (this.#told.size > toldMax && oldest !== undefined) this.#told.delete(oldest);
  }
}

/** Null: there is none, or it is damaged. */
function readPages(text: string | null): Pages | null {
  if (text === null || text.length > textMax) return null;
  try {
    const pages = JSON.parse(text) as Partial<Record<keyof Pages, unknown>> | null;
    const { told, owed, awaited, hour } = pages ?? {};
    if (![told, owed, awaited, hour].every((each) => Array.isArray(each))) return null;
    const isPair = (each: unknown): boolean => Array.isArray(each) && each.length === 2;
    const arePairs = [told, owed, hour].every((each) => (each as readonly unknown[]).every(isPair));
    if (!arePairs) return null;
    const { going, ...others } = pages as Pages;
    return isPair(going) ? (pages as Pages) : others;
  } catch {
    return null;
  }
}
