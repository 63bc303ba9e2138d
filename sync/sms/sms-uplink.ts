/**
 * Short messages as an uplink: `send` ends when everybody who has to know was told, or nobody needs to be, so that the pump's position holds
 * what is owed over a restart. One message at a time goes out, fire before all others.
 *
 *   report ──plan──▶ task ──after_s──▶ confirmed elsewhere? ──no──▶ quiet? limit? ──▶ modem ──▶ told, journaled
 *                      │ too late: journaled           │ yes: done       │ quiet: owed, told in one summary
 */
import type { EntryId, UplinkId } from '../../config/ids.js';
import type { ModemFigures } from '../../config/modem-states.js';
import type { SmsRecipient } from '../../config/site-telling.js';
import type { Cancel } from '../../drivers/clock.js';
import { DriverError } from '../../drivers/driver-error.js';
import { ageMs } from '../pump/age.js';
import { type Report, type Uplink, UplinkError, type UplinkEvents } from '../uplink.js';
import { withinMs } from '../within.js';
import { HourLimit } from './hour-limit.js';
import { PastAlarms } from './past-alarms.js';
import { isQuiet } from './quiet-hours.js';
import { SmsBook } from './sms-book.js';
import { failedDraft, sentDraft } from './sms-entries.js';
import { SmsInbound } from './sms-inbound.js';
import type { SmsUplinkOptions } from './sms-options.js';
import { planOf, type SmsPlan } from './sms-plan.js';
import { nextChangeMono, nextTry, type Task, type Try } from './sms-task.js';
import { partsOf } from './sms-text-parts.js';
import { uplinkTrouble } from './sms-trouble.js';
import { againText, alarmText, briefText, endText, summaryText, testText } from './sms-words.js';

/** Reports that wait: for their time, for the modem. */
const windowMaxReports = 64;
const minuteMs = 60_000;
/** A message that the network refuses goes again after so long, and longer, but never after more than this. */
const retryMs = 30_000;
const retryCapMs = 90_000;
/** Of what is no fire: a fire goes again as long as it is worth telling, for networks are crowded when something burns. */
const triesMax = 3;
/** How often quiet times are looked at while something is owed. */
const quietLookMs = 30_000;
/** Of these it is known why nobody was told; the oldest goes. */
const untoldMax = 200;
const bookMaxMs = 2_000;
const hourMs = 60 * minuteMs;

export class SmsUplink implements Uplink {
  readonly id: UplinkId;
  readonly windowMax = windowMaxReports;
  readonly remembersTold = true;
  readonly #book: SmsBook;
  readonly #limit: HourLimit;
  readonly #inbound: SmsInbound;
  readonly #past: PastAlarms;
  readonly #tasks = new Map<string, Task>();
  readonly #untold = new Map<EntryId, 'not-needed' | 'nobody'>();
  #isOpen = false;
  #isReady = false;
  #isSending = false;
  #isStopped = false;
  #cancelLook: Cancel | null = null;

  constructor(private readonly options: SmsUplinkOptions) {
    const { config, memory, clock, record } = options;
    this.id = config.id;
    this.#limit = new HourLimit(config.perHourMax);
    this.#book = new SmsBook(memory, () => {
      const wallOf = (atMono: number): number => Math.round(clock.wall() - (clock.mono() - atMono));
      return this.#limit.since(clock.mono()).map(({ atMono, parts }) => [wallOf(atMono), parts]);
    });
    this.#inbound = new SmsInbound({ config, book: this.#book, clock, record });
    this.#past = new PastAlarms(config.id, clock, record);
  }

  /** Messages from numbers that nobody has listed: nothing of them is kept. */
  get unlisted(): number {
    return this.#inbound.unlisted;
  }

  /** Why nobody was sent a message although `send` resolved; null: somebody was, or it is long ago. */
  whyNotTold(entry: EntryId): 'not-needed' | 'nobody' | null {
    return this.#untold.get(entry) ?? null;
  }

  get modem(): ModemFigures {
    return this.options.modem.figures;
  }

  start(events: UplinkEvents): void {
    const { modem, clock } = this.options;
    const opening = withinMs(clock, bookMaxMs, this.#book.open()).catch(() => undefined);
    void opening.then(() => {
      this.#isOpen = true;
      this.#takeOverHour();
      if (this.#isReady) events.onUp();
      this.#run();
    });
    modem.start({
      onReady: () => {
        this.#isReady = true;
        if (this.#isOpen) events.onUp();
        this.#run();
      },
      onTrouble: (error) => {
        this.#isReady = false;
        events.onDown(uplinkTrouble(error));
      },
      onReport: (report) => this.#inbound.report(report),
      onMessage: (message) => this.#inbound.message(message),
      onTime: (wall) => clock.hint?.(wall),
    });
  }

  hurry(): void {
    this.options.modem.hurry();
  }

  send(report: Report): Promise<void> {
    const { entry } = report;
    const plan = planOf(entry, this.id, this.options.config.recipients);
    if (plan === null) {
      this.#noteUntold(entry.id, 'nobody');
      return Promise.resolve();
    }
    if (this.#isStopped) return Promise.reject(new UplinkError('UPLINK-003', this.id));
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      const key = `${plan.kind}:${plan.alarm}`;
      const known = this.#tasks.get(key);
      if (known !== undefined) {
        known.waiters.push(waiter);
        return;
      }
      const task = this.#taskOf(key, plan, report);
      if (task === null) {
        resolve();
        return;
      }
      task.waiters.push(waiter);
      this.#tasks.set(key, task);
      this.#run();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelLook?.();
    this.#past.tell();
    await this.options.modem.stop();
    for (const task of this.#tasks.values()) {
      for (const { reject } of task.waiters) reject(new UplinkError('UPLINK-003', this.id));
    }
    this.#tasks.clear();
  }

  #taskOf(key: string, plan: SmsPlan, report: Report): Task | null {
    const { config, site, clock } = this.options;
    const { entry } = report;
    const bornMono = this.#bornMono(report);
    const untilMono = bornMono === null ? null : bornMono + config.validityMin * minuteMs;
    const isLate = untilMono === null || untilMono <= clock.mono();
    if (plan.kind === 'end') return this.#endTask(key, plan.alarm, entry, isLate ? null : untilMono);
    if (isLate) {
      this.#past.see(entry.id);
      return null;
    }
    const isTest = plan.kind === 'test';
    const isFire = entry.class === 'fire';
    const waitMs = isTest ? 0 : isFire ? config.afterMs.fire : config.afterMs.others;
    const text = isTest ? testText(site, entry) : alarmText(site, entry);
    return {
      ...{
        key,
        what: plan.kind,
        alarm: isTest ? null : plan.alarm,
        alarms: [plan.alarm],
        text,
        isFire,
        wasLimited: false,
      },
      brief: isTest ? '' : briefText(site, entry),
      dueMono: (bornMono ?? 0) + waitMs,
      untilMono,
      elsewhere: waitMs === 0 ? null : entry,
      left: plan.recipients.map((recipient) => this.#tryOf(key, recipient, text)),
      waiters: [],
    };
  }

  /** It is over: what waits of it is not needed any more, and whoever was told hears it. */
  #endTask(key: string, alarm: EntryId, entry: Report['entry'], untilMono: number | null): Task | null {
    const { config, site, clock } = this.options;
    const raised = this.#tasks.get(`alarm:${alarm}`);
    this.#book.ended(alarm);
    if (raised !== undefined && !raised.isFire) this.#finish(raised);
    const isFire = entry.class === 'fire';
    // A fire is told in any case, and its end behind it.
    const told = new Set([...this.#book.tellings(alarm), ...(raised?.isFire === true ? raised.left : []).map(idOf)]);
    const recipients = config.recipients.filter((each) => told.has(each.id) && (isFire || !isQuiet(each, clock)));
    if (!config.tellEnd || untilMono === null || recipients.length === 0) return null;
    const text = endText(site, entry);
    return {
      ...{ key, what: 'end', alarm, alarms: [alarm], text, brief: '', isFire: false, wasLimited: false },
      ...{ dueMono: clock.mono(), untilMono, elsewhere: null, waiters: [] },
      left: recipients.map((recipient) => this.#tryOf(key, recipient, text)),
    };
  }

  #tryOf(key: string, recipient: SmsRecipient, plain: string): Try {
    const { config, random } = this.options;
    const text = this.#book.mayHaveGone(key, recipient.id) ? againText(plain) : plain;
    const reference = Math.floor(random() * 256);
    const job = { number: recipient.number, text, validityMin: config.validityMin, reference, sent: [] };
    return { recipient, job, count: 0, notBeforeMono: 0 };
  }

  /** When it was written, by our monotonic clock. Null: nobody knows, and it may be of last year. */
  #bornMono({ entry, durable }: Report): number | null {
    const now = this.options.now();
    const age = durable ? ageMs(entry, now) : Math.max(0, now.mono - entry.mono);
    // What another start of this uplink left owing is of lately; it is told with its own time in it.
    if (age === null) return this.#book.isContinued ? now.mono : null;
    return now.mono - age;
  }

  #run(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
    if (this.#isStopped || !this.#isOpen) return;
    const { clock } = this.options;
    this.#dropLate(clock.mono());
    this.#payOwed();
    if (this.#isReady && !this.#isSending) this.#sendNext();
    if (this.#isSending || this.#isStopped) return;
    const nowMono = clock.mono();
    // Without a modem only what gets too late is of interest.
    const until = [...this.#tasks.values()].map(({ untilMono }) => untilMono);
    const change = this.#isReady ? nextChangeMono(this.#tasks.values(), nowMono) : Math.min(...until);
    const atMono = Math.min(change, this.#book.owesAnything ? nowMono + quietLookMs : Infinity);
    if (atMono !== Infinity) this.#cancelLook = clock.after(Math.max(1, atMono - nowMono), () => this.#run());
  }

  #sendNext(): void {
    const { clock, isConfirmedElsewhere } = this.options;
    for (;;) {
      const nowMono = clock.mono();
      const found = nextTry(this.#tasks.values(), nowMono);
      if (found === null) return;
      const { task, next } = found;
      if (task.elsewhere !== null && isConfirmedElsewhere(task.elsewhere)) {
        this.#noteUntold(task.elsewhere.id, 'not-needed');
        this.#finish(task);
        continue;
      }
      if (this.#isNeedless(task, next.recipient)) {
        this.#settleTry(task, next);
        continue;
      }
      const parts = partsOf(next.job.text);
      const freeMono = this.#limit.freeMono(parts - next.job.sent.length, task.isFire || task.what === 'test', nowMono);
      if (freeMono > nowMono) {
        task.wasLimited = true;
        for (const each of task.left) each.notBeforeMono = Math.max(each.notBeforeMono, freeMono);
        continue;
      }
      void this.#sendOne(task, next);
      return;
    }
  }

  /** Told already, or asleep: then it is owed. */
  #isNeedless(task: Task, recipient: SmsRecipient): boolean {
    const { key, what, alarm, isFire, brief } = task;
    if (what !== 'alarm' || alarm === null) return this.#book.isTold(key, recipient.id);
    if (this.#book.isTold(alarm, recipient.id)) return true;
    if (isFire || !isQuiet(recipient, this.options.clock)) return false;
    this.#book.owe(recipient.id, { alarm, brief });
    return true;
  }

  async #sendOne(task: Task, next: Try): Promise<void> {
    const { modem, clock, record } = this.options;
    const { recipient, job } = next;
    const before = job.sent.length;
    this.#isSending = true;
    this.#book.goes(task.key, recipient.id);
    try {
      await modem.send(job);
      this.#take(job.sent.length - before);
      this.#noteSent(task, next);
      this.#settleTry(task, next);
    } catch (cause) {
      this.#take(job.sent.length - before);
      const error = cause instanceof DriverError ? cause : new DriverError('MODEM-007', this.id, null, cause);
      // A modem in trouble is no fault of the message: it goes again when the modem is well.
      if (error.code === 'MODEM-007') {
        if (job.sent.length === 0) this.#book.stayed();
        next.count += 1;
        next.notBeforeMono = clock.mono() + Math.min(retryMs * next.count, retryCapMs);
        if (!task.isFire && next.count >= triesMax && !this.#isStopped) {
          record([failedDraft({ uplink: this.id, alarm: task.alarm }, recipient.id, 'network', error.got)]);
          this.#settleTry(task, next);
        }
      }
    } finally {
      this.#isSending = false;
      this.#run();
    }
  }

  #take(parts: number): void {
    if (parts > 0) this.#limit.take(parts, this.options.clock.mono());
  }

  #noteSent({ key, what, alarm, alarms, text }: Task, { recipient, job }: Try): void {
    const about = { uplink: this.id, alarm };
    const told = { recipient: recipient.id, what, parts: job.sent.length, text };
    this.options.record([sentDraft(about, told)]);
    if (what === 'alarm' || what === 'summary') for (const each of alarms) this.#book.told(each, recipient.id);
    else this.#book.told(key, recipient.id);
    if (what === 'summary') this.#book.paid(recipient.id, alarms);
    const sentWall = this.options.clock.wall();
    this.#book.await({ recipient: recipient.id, alarm, references: [...job.sent], sentWall });
  }

  #settleTry(task: Task, done: Try): void {
    const at = task.left.indexOf(done);
    if (at >= 0) task.left.splice(at, 1);
    if (task.left.length === 0) this.#finish(task);
  }

  #finish(task: Task): void {
    this.#tasks.delete(task.key);
    for (const { resolve } of task.waiters) resolve();
  }

  #noteUntold(entry: EntryId, why: 'not-needed' | 'nobody'): void {
    this.#untold.set(entry, why);
    const [oldest] = this.#untold.keys();
    if (this.#untold.size > untoldMax && oldest !== undefined) this.#untold.delete(oldest);
  }

  #dropLate(nowMono: number): void {
    for (const task of [...this.#tasks.values()]) {
      if (task.untilMono > nowMono) continue;
      const about = { uplink: this.id, alarm: task.alarm };
      const why = task.wasLimited ? 'limit' : 'too-late';
      this.options.record(task.left.map(({ recipient }) => failedDraft(about, recipient.id, why, null)));
      this.#finish(task);
    }
  }

  /** Whose quiet time is over hears in one message what still stands. */
  #payOwed(): void {
    const { config, site, clock } = this.options;
    if (!this.#book.owesAnything) return;
    for (const recipient of config.recipients) {
      const owed = this.#book.owedTo(recipient.id);
      const key = `summary:${recipient.id}`;
      if (owed.length === 0 || this.#tasks.has(key) || isQuiet(recipient, clock)) continue;
      const text = summaryText(
        site,
        owed.map(({ brief }) => brief),
      );
      const nowMono = clock.mono();
      this.#tasks.set(key, {
        ...{ key, what: 'summary', alarm: null, text, brief: '', isFire: false, wasLimited: false, waiters: [] },
        ...{ dueMono: nowMono, untilMono: nowMono + hourMs, elsewhere: null },
        alarms: owed.map(({ alarm }) => alarm),
        left: [this.#tryOf(key, recipient, text)],
      });
    }
  }

  #takeOverHour(): void {
    const { clock } = this.options;
    const [nowMono, nowWall] = [clock.mono(), clock.wall()];
    this.#limit.restore(
      // A clock that was set back makes them newer than they are: the limit is kept rather too well.
      this.#book.hourBefore
        .filter(([wall]) => nowWall - wall < hourMs)
        .map(([wall, parts]) => ({ atMono: nowMono - Math.max(0, nowWall - wall), parts })),
    );
  }
}

function idOf({ recipient }: Try): string {
  return recipient.id;
}
