/**
 * The desk for orders from the district (design.md §6). An order is verified, recorded, durable, obeyed, answered, in this order:
 *
 *   bytes ──verify──▶ plan ──append──▶ recording ──durable within 5 s──▶ accepted ──effect──▶ done | failed
 *     │                 │                  └── not ──▶ refused (cannot-record), whatever the disk says later
 *     └── refused ◀─────┘                                   accepted, then a restart ──▶ unknown, never repeated
 *
 * Once only by its id: the memory of ids is in the journal, and where it was lost older commands are refused.
 */
import type { UplinkId } from '../../../config/ids.js';
import type { SiteConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import type { Cancel, Clock } from '../../../drivers/clock.js';
import { aheadMaxMs, type VerifiedCommand, verifyCommand } from '../../../sync/command-envelope.js';
import { type Answered, keptAnswer, resultOf } from '../../../sync/command-result.js';
import type { Entry, EntryDraft } from '../../../sync/journal/entry.js';
import type { JournalCore } from '../../../sync/journal/journal-core.js';
import { commandsForgotten } from '../../../sync/journal/retention.js';
import type { CommandRow, MarkRow } from '../../../sync/journal/store.js';
import type { CentreRequest } from '../../../sync/uplink.js';
import { CommandMemory } from './command-memory.js';
import type { DistrictOrders } from './district-orders.js';
import { type DeskRefusal, deskRefusalWords, envelopeRefusalWords } from './district-words.js';
import { MemorySince } from './memory-since.js';
import { acceptedDraft, endedDraft, unknownDraft, unknownWords } from './order-entries.js';
import type { Outcome, Plan } from './outcome.js';
import { refusedPlan } from './outcome.js';
import { Refusals, type RefusedOrder } from './refusals.js';
import { savedEveryMs, TrustedNow } from './trusted-now.js';

/** Design.md §1: an order is durable before it takes effect. */
const durableMaxMs = 5_000;
/** Orders that wait for the disk at once. */
const recordingMax = 16;
/** So many are read in a second: whatever else comes is counted and costs nothing, because the watch goes first. */
const readPerSMax = 50;
/** Answers of `unknown` after a start; all of them stand in the journal. */
const unknownToldMax = 50;
/** Until the clock can be believed. */
const lookEveryMs = 60_000;

export interface DistrictDeskOptions {
  readonly config: Pick<SiteConfig, 'site' | 'uplinks' | 'commandKeys'>;
  readonly clock: Clock;
  readonly journal: Pick<JournalCore, 'commands' | 'begun' | 'mark' | 'untilDurable'>;
  readonly orders: Pick<DistrictOrders, 'plan'>;
  readonly record: (
    drafts: readonly EntryDraft[],
    marks?: readonly MarkRow[],
    commands?: readonly CommandRow[],
  ) => readonly Entry[];
  /** Sent if the centre can be reached now; never rejects. */
  readonly answer: (uplink: UplinkId, result: Uint8Array) => void;
}

type Accepted = Extract<VerifiedCommand, { ok: true }>;

export class DistrictDesk {
  readonly #memory = new CommandMemory();
  readonly #refusals: Refusals;
  readonly #time: TrustedNow;
  readonly #since: MemorySince;
  readonly #keys: ReadonlyMap<string, SiteConfig['commandKeys'][number]>;
  readonly #takers: ReadonlySet<UplinkId>;
  /** Of before this start: what nobody knows the end of, and who is still to be told. */
  #unknown: readonly CommandRow[] = [];
  readonly #toTell: Set<UplinkId>;
  /** Ids of commands that expired by then were forgotten, by a clock that may have been ahead of the present one. */
  #forgottenUpToWall = Number.NEGATIVE_INFINITY;
  #recording = 0;
  #second = { sinceMono: Number.NEGATIVE_INFINITY, read: 0 };
  #cancelLook: Cancel | null = null;
  #isStopped = false;

  constructor(private readonly options: DistrictDeskOptions) {
    const { config, clock, record } = options;
    this.#keys = new Map(config.commandKeys.map((key) => [key.id, key]));
    this.#takers = new Set(config.uplinks.filter(({ takesCommands }) => takesCommands).map(({ id }) => id));
    this.#toTell = new Set(this.#takers);
    this.#refusals = new Refusals(clock, (drafts) => record(drafts));
    this.#time = new TrustedNow(clock);
    this.#since = new MemorySince();
  }

  /** Refused since the start. */
  get refused(): number {
    return this.#refusals.total;
  }

  /** The disk has told what it had saved, at the start or late. Until then no order is taken. */
  restore(): void {
    const { journal, record } = this.options;
    if (this.#takers.size === 0 || this.#memory.isKnown || journal.commands === null) return;
    const unknown = this.#memory.restore(journal.commands).map((row) => this.#markUnknown(row));
    this.#unknown = unknown.slice(-unknownToldMax);
    this.#time.restore(journal.mark(TrustedNow.mark));
    this.#forgottenUpToWall = journal.mark(commandsForgotten)?.wall ?? Number.NEGATIVE_INFINITY;
    const marks = this.#since.restore(journal.mark(MemorySince.mark), journal.begun !== null);
    if (unknown.length > 0 || marks.length > 0) record(unknown.map(unknownDraft), marks, unknown);
    this.#look();
  }

  /** Takes what came from a centre. Whatever it is, it costs little, and nothing is thrown. */
  take({ uplink, kind, envelope }: CentreRequest): void {
    if (kind !== 'command' || this.#isStopped) return;
    if (!this.#takers.has(uplink)) this.#refuse(uplink, 'not-taken');
    else if (!this.#mayRead()) this.#refuse(uplink, 'too-fast');
    else this.#read(uplink, envelope);
  }

  /** A centre that signs nothing has asked for what can not be taken now: it hears nothing of it but silence. */
  refuseAsked(uplink: UplinkId, reason: string, words: Words): void {
    this.#refusals.tell({ uplink, reason, words, keyId: null, command: null });
  }

  /** The centre can be reached: once it is told what a restart has left without an end. */
  tellUnknown(uplink: UplinkId): void {
    if (!this.#memory.isKnown || !this.#toTell.delete(uplink)) return;
    for (const { answer } of this.#unknown) this.options.answer(uplink, Buffer.from(answer));
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelLook?.();
    this.#refusals.stop();
    this.#saveTime();
  }

  #read(uplink: UplinkId, envelope: Uint8Array): void {
    const { site } = this.options.config;
    const verified = verifyCommand(envelope, {
      ...{ keys: this.#keys, district: site.district, site: site.id, time: this.#time.read() },
      isUsed: (id) => this.#memory.has(id),
      // While no disk has answered nothing is taken at all, and that is the reason to give.
      forgottenUpToWall: this.#forgottenUpToWall,
      remembersSinceWall: this.#memory.isKnown ? this.#since.wall : Number.NEGATIVE_INFINITY,
    });
    if (verified.ok) {
      this.#take(uplink, verified);
      return;
    }
    const { reason, command, keyId } = verified;
    const words = envelopeRefusalWords[reason];
    this.#refusals.tell({ uplink, reason, words, keyId, command });
    if (!this.#refusals.mayAnswer()) return;
    if (reason === 'replayed') this.#answerAgain(uplink, command);
    else this.#answer(uplink, { command, state: reason === 'expired' ? 'expired' : 'refused', reason, words });
  }

  #mayRead(): boolean {
    const nowMono = this.options.clock.mono();
    if (nowMono - this.#second.sinceMono >= 1_000) this.#second = { sinceMono: nowMono, read: 0 };
    this.#second.read += 1;
    return this.#second.read <= readPerSMax;
  }

  #take(uplink: UplinkId, accepted: Accepted): void {
    const { command, key, zones, expiresWall } = accepted;
    const origin = `centre:${key.id}`;
    const full = this.#fullness();
    const plan = full === null ? this.options.orders.plan(command, zones, origin) : refusedPlan(full);
    if ('refused' in plan) {
      this.#refuseWith(uplink, { keyId: key.id, command: command.id, reason: plan.refused, words: plan.words });
      return;
    }
    // The answer is written when there is one: until then the same command again is not answered.
    const row: CommandRow = { id: command.id, keyId: key.id, expiresWall, state: 'accepted', answer: '' };
    this.#memory.put(row);
    const entries = this.options.record([acceptedDraft(command, origin, uplink)], [], [row]);
    this.#recording += 1;
    void this.options.journal.untilDurable(entries, durableMaxMs).then((isDurable) => {
      this.#recording -= 1;
      if (!this.#isStopped) this.#obey(uplink, row, plan, isDurable);
    });
  }

  /** Why no order at all can be taken now; null: it can. */
  #fullness(): DeskRefusal | null {
    if (!this.#memory.isKnown) return 'cannot-record';
    if (this.#memory.isFull) return 'too-many';
    return this.#recording >= recordingMax ? 'busy' : null;
  }

  #obey(uplink: UplinkId, row: CommandRow, plan: Extract<Plan, { run: unknown }>, isDurable: boolean): void {
    const time = this.#time.read();
    if (!isDurable) {
      this.#end(uplink, row, 'cannot-record', deskRefusalWords['cannot-record'], 'refused');
    } else if (time.isSure && time.wall > row.expiresWall) {
      this.#end(uplink, row, 'expired', envelopeRefusalWords.expired, 'expired');
    } else {
      this.#answer(uplink, { command: row.id, state: 'accepted', reason: null, words: null }, row);
      const outcome = plan.run();
      if ('state' in outcome) this.#finish(uplink, row, outcome);
      else void outcome.then((later) => this.#finish(uplink, row, later));
    }
  }

  /** Nothing was done, and nothing will be. */
  #end(uplink: UplinkId, row: CommandRow, reason: string, words: Words, state: 'refused' | 'expired'): void {
    this.#answer(uplink, { command: row.id, state, reason, words }, { ...row, state: 'failed' });
    this.#refusals.tell({ uplink, reason, words, keyId: row.keyId, command: row.id });
  }

  #finish(uplink: UplinkId, row: CommandRow, outcome: Outcome): void {
    if (this.#isStopped) return;
    const { state, words, detail = {} } = outcome;
    const reason = outcome.state === 'failed' ? outcome.reason : null;
    const answered = { command: row.id, state, reason, words, detail };
    this.#answer(uplink, answered, { ...row, state }, [endedDraft(row, outcome)]);
  }

  /** @param row kept with this answer, and with these entries. */
  #answer(
    uplink: UplinkId,
    answered: Answered,
    row: CommandRow | null = null,
    drafts: readonly EntryDraft[] = [],
  ): void {
    const { clock, record, answer } = this.options;
    const result = resultOf(answered, clock.wall(), clock.trust());
    if (row !== null) {
      const kept = { ...row, answer: keptAnswer(result) };
      this.#memory.put(kept);
      // That it was accepted is durable already; its end is worth another row.
      if (row.state !== 'accepted') record(drafts, [], [kept]);
    }
    answer(uplink, Buffer.from(JSON.stringify(result)));
  }

  #answerAgain(uplink: UplinkId, id: string | null): void {
    const answer = id === null ? '' : (this.#memory.get(id)?.answer ?? '');
    if (answer !== '') this.options.answer(uplink, Buffer.from(answer));
  }

  /** Of what was not read. */
  #refuse(uplink: UplinkId, reason: DeskRefusal): void {
    this.#refuseWith(uplink, { keyId: null, command: null, reason, words: deskRefusalWords[reason] });
  }

  #refuseWith(uplink: UplinkId, refused: Omit<RefusedOrder, 'uplink'>): void {
    this.#refusals.tell({ uplink, ...refused });
    if (!this.#refusals.mayAnswer()) return;
    const { command, reason, words } = refused;
    this.#answer(uplink, { command, state: 'refused', reason, words });
  }

  /** Nobody can say how far it came before the gateway stopped: it is not done again. */
  #markUnknown(row: CommandRow): CommandRow {
    const { clock } = this.options;
    const answered = { command: row.id, state: 'unknown', reason: 'restarted', words: unknownWords } as const;
    const kept = keptAnswer(resultOf(answered, clock.wall(), clock.trust()));
    const known: CommandRow = { ...row, state: 'unknown', answer: kept };
    this.#memory.put(known);
    return known;
  }

  /** As soon as the clock can be believed, and then every hour. */
  #look(): void {
    const time = this.#time.read();
    if (time.isSure) {
      // Forgotten in a future that was none, an id could be used again.
      if (this.#time.foundBehindSaved(aheadMaxMs)) this.#since.forget();
      const mark = this.#since.settle(time.wall);
      if (mark !== null) this.options.record([], [mark]);
      this.#memory.forgetExpired(time.wall);
      this.#saveTime();
    }
    this.#cancelLook = this.options.clock.after(time.isSure ? savedEveryMs : lookEveryMs, () => this.#look());
  }

  #saveTime(): void {
    const mark = this.#memory.isKnown ? this.#time.toSave() : null;
    if (mark !== null) this.options.record([], [mark]);
  }
}
