/**
 * One output and its three values: desired (by the plans), commanded (last order that went out), proven (last look).
 *
 *   found on at start ──▶ undecided (left on) ──plan or person──▶ decided
 *   decided: command ─▶ look ─▶ proven, or order again; a difference that lasts 1 s is a fault; looked at every 10 s.
 */
import type { OutputConfig } from '../../config/site.js';
import { Backoff } from '../../drivers/backoff.js';
import { type Cancel, type Clock, pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Desired } from './desired-outputs.js';

const reassertMs = 10_000;
const mismatchMs = 1000;
const retryFirstMs = 100;
const retryCapMs = 2000;
const lookAgainMs = 50;

export interface OutputEvents {
  /** Something to journal now. */
  record(drafts: readonly EntryDraft[]): void;
  /** Why the output is not as it should be (a key of the alarm words); null: it is. Told whenever that changes, and once
   * when it is first known. */
  onFault(output: OutputConfig, reason: OutputFault | null, got: string | null): void;
  /** An output was looked at, whatever was seen: the loop lives. */
  onLooked(): void;
}

export type OutputFault = 'not-proven' | 'found-on';

export class OutputWatch {
  #desired: Desired | null = null;
  #commanded: boolean | null = null;
  #proven: boolean | null = null;
  #commandedMono = 0;
  /** Since when it has not been as ordered; null while it is. */
  #badSinceMono: number | null = null;
  /** An order went out whose effect was not seen yet. */
  #isProofOwed = false;
  #isFoundOn = false;
  #isMismatched = false;
  #isUnexplained = false;
  /** Everything was scanned once: what is on without a reason now has none. */
  #isScanned = false;
  #told: OutputFault | null | undefined;
  #isBusy = false;
  #isStopped = false;
  #handle: OutputHandle | null = null;
  #timer: Cancel | null = null;
  readonly #retry: Backoff;

  constructor(
    readonly config: OutputConfig,
    /** Makes the handle; throws DriverError when the hardware is not there, and is then tried again. */
    private readonly makeHandle: () => OutputHandle,
    private readonly clock: Clock,
    random: () => number,
    private readonly events: OutputEvents,
  ) {
    this.#retry = new Backoff(retryFirstMs, retryCapMs, random);
  }

  get proven(): boolean | null {
    return this.#proven;
  }

  get commanded(): boolean | null {
    return this.#commanded;
  }

  /** Looks at what is there, again and again until it is seen or `untilMono`. An output found on is left on until it is
   * decided. Never rejects. */
  async look(untilMono: number): Promise<readonly EntryDraft[]> {
    while (!this.#isStopped && this.#desired === null && this.clock.mono() < untilMono) {
      const seen = await this.#readBack();
      // Too late for the start: the regular look finds it.
      if (seen !== null) return this.clock.mono() < untilMono ? this.#find(seen) : [];
      await pause(this.clock, lookAgainMs);
    }
    return [];
  }

  /** What the plans want now. Orders at once what differs; returns the drafts that belong behind those of the alarm. */
  want(desired: Desired | null): readonly EntryDraft[] {
    const isWantedOn = desired?.on ?? false;
    if (desired === null && (this.#isFoundOn || this.#commanded === null)) return [];
    this.#desired = desired;
    this.#settleFound();
    if (this.#commanded === isWantedOn) return [];
    return this.#order(isWantedOn);
  }

  /** A person silenced or reset: an output found on without a reason goes off. */
  decide(): readonly EntryDraft[] {
    if (!this.#isFoundOn) return [];
    this.#settleFound();
    return this.#order(this.#desired?.on ?? false);
  }

  /** First scan of everything is over and no alarm explains why the output was found on: say so, leave it on. */
  explain(): void {
    this.#isScanned = true;
    this.#isUnexplained = this.#isFoundOn;
    if (this.#isFoundOn) this.#tell(null);
  }

  /** The listener has forgotten what it was told of faults: tells it again. */
  retell(): void {
    if (this.#told === undefined) return;
    this.#told = undefined;
    this.#tell(null);
  }

  /** Keeps looking every 10 s. */
  start(): void {
    this.#again(reassertMs);
  }

  /** Leaves the output as its config says: keep-sounding as it is, go-quiet off. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.();
    if (this.config.onControlLost === 'go-quiet' && (this.#commanded === true || this.#isFoundOn))
      await this.#handle?.command(false);
  }

  /** The first sight of an output that nobody has decided about yet. */
  #find(seen: boolean): readonly EntryDraft[] {
    if (!seen || this.#isFoundOn || this.#commanded !== null || this.#desired !== null) return [];
    this.#isFoundOn = true;
    this.#isUnexplained = this.#isScanned;
    return [
      this.#draft('output.found_on', {}, { zh: '启动时已打开，保持', en: 'was found on at start and is left on' }),
    ];
  }

  #settleFound(): void {
    if (!this.#isFoundOn) return;
    this.#isFoundOn = false;
    this.#isUnexplained = false;
    if (this.#told !== undefined) this.#tell(null);
  }

  #order(on: boolean): readonly EntryDraft[] {
    this.#commanded = on;
    this.#isProofOwed = true;
    this.#commandedMono = this.clock.mono();
    this.#badSinceMono = this.#commandedMono;
    this.#retry.reset();
    // A look that is under way must not hold the order up; it is ordered again, and proven, after that look.
    if (this.#isBusy) this.#handle?.command(on).catch(() => undefined);
    else this.#prove();
    const words = on ? { zh: '打开', en: 'is switched on' } : { zh: '关闭', en: 'is switched off' };
    return [this.#draft('output.commanded', { on, alarms: this.#desired?.because ?? [] }, words)];
  }

  /** Sends the present order and looks whether it holds. */
  #prove(): void {
    if (this.#isBusy || this.#isStopped) return;
    this.#isBusy = true;
    const ordered = this.#commanded;
    // Both in one `then`: a mistake in our own judging must not be taken for a failure of the hardware.
    void this.#commandAndLook(ordered).then(
      (seen) => this.#judge(ordered, seen, null),
      (error: unknown) => this.#judge(ordered, null, error instanceof Error ? error.message : String(error)),
    );
  }

  /** Orders and looks. What was proven before is looked at first: if somebody else has switched it, that is a fault, even
   * when ordering it again puts it right. */
  async #commandAndLook(on: boolean | null): Promise<boolean | null> {
    this.#handle ??= this.makeHandle();
    if (on === null) return this.#handle.readBack();
    if (!this.#isProofOwed) {
      const seen = await this.#handle.readBack();
      if (seen === on || on !== this.#commanded) return seen;
      this.#isProofOwed = true;
      this.#commandedMono = this.clock.mono();
      this.#isMismatched = true;
      this.#tell(seen ? 'on' : 'off');
    }
    await this.#handle.command(on);
    return this.#handle.readBack();
  }

  #judge(ordered: boolean | null, seen: boolean | null, got: string | null): void {
    this.#isBusy = false;
    this.events.onLooked();
    this.#proven = seen;
    if (this.#isStopped) return;
    if (ordered !== this.#commanded) {
      this.#prove();
      return;
    }
    if (ordered === null && seen === true) this.events.record(this.#find(seen));
    const holds = ordered === null ? seen !== null : seen === ordered;
    if (holds) {
      this.#badSinceMono = null;
      this.#retry.reset();
      this.#isMismatched = false;
      this.#tell(null);
      if (ordered !== null && this.#isProofOwed) this.#recordProof(ordered);
      this.#again(reassertMs);
      return;
    }
    this.#badSinceMono ??= this.clock.mono();
    if (this.clock.mono() - this.#badSinceMono >= mismatchMs) {
      this.#isMismatched = true;
      this.#tell(got ?? (seen === null ? null : seen ? 'on' : 'off'));
    }
    this.#again(this.#retry.nextMs());
  }

  #recordProof(on: boolean): void {
    this.#isProofOwed = false;
    const tookMs = Math.round((this.clock.mono() - this.#commandedMono) * 10) / 10;
    const words = on ? { zh: '已证实打开', en: 'is proven on' } : { zh: '已证实关闭', en: 'is proven off' };
    const alarms = this.#desired?.because ?? [];
    this.events.record([this.#draft('output.proven', { on, took_ms: tookMs, alarms }, words)]);
  }

  async #readBack(): Promise<boolean | null> {
    try {
      this.#handle ??= this.makeHandle();
      this.#proven = await this.#handle.readBack();
    } catch {
      // Not seen now: proven stays null, and the regular look finds and tells the fault.
      this.#proven = null;
    }
    return this.#proven;
  }

  #again(delayMs: number): void {
    this.#timer?.();
    this.#timer = this.clock.after(delayMs, () => this.#prove());
  }

  #tell(got: string | null): void {
    const reason = this.#isMismatched ? 'not-proven' : this.#isUnexplained ? 'found-on' : null;
    if (reason === this.#told) return;
    this.#told = reason;
    this.events.onFault(this.config, reason, got);
  }

  #draft(
    kind: 'output.found_on' | 'output.commanded' | 'output.proven',
    detail: EntryDraft['detail'],
    what: { readonly zh: string; readonly en: string },
  ): EntryDraft {
    const { name, id, zone } = this.config;
    return {
      kind,
      class: null,
      subject: `output:${id}`,
      alarm: this.#desired?.because[0] ?? null,
      zone,
      words: { zh: `${name.zh} ${what.zh}`, en: `${name.en} ${what.en}` },
      origin: null,
      detail: { output: id, ...detail },
    };
  }
}
