/**
 * One output and its three values: desired (by the plans), commanded (last order that went out), proven (last look).
 *
 *   found on at start ──▶ undecided (left on) ──plan or person──▶ decided
 *   decided: command ─▶ look ─▶ proven, or order again; a difference that lasts 1 s is a fault; looked at every 10 s.
 *   commanded on: the level is on, or off while the cadence wants it quiet; only `on` itself is journaled, each level is proven.
 */
import type { Reading } from '../../config/reading.js';
import type { OutputConfig } from '../../config/site.js';
import { Backoff } from '../../drivers/backoff.js';
import { type Cancel, type Clock, pause } from '../../drivers/clock.js';
import type { OutputHandle } from '../../drivers/driver.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Desired } from './desired-outputs.js';
import { FailingLevels, type Level } from './failing-levels.js';
import { commandedEntry, foundOnEntry, provenEntry } from './output-entries.js';
import { isKept, type OutputFault, unshownReason } from './output-faults.js';
import { PointProof } from './point-proof.js';

export type { OutputFault } from './output-faults.js';

const reassertMs = 10_000;
const mismatchMs = 1000;
const retryFirstMs = 100;
const retryCapMs = 2000;
const lookAgainMs = 50;
/** A relay with a timer of its own is ordered again when this part of its time is over: the order is there by 60 %. */
const renewShare = 0.5;

export interface OutputEvents {
  /** Something to journal now. */
  record(drafts: readonly EntryDraft[]): void;
  /** Why the output is not as it should be (a key of the alarm words); null: it is. Told whenever that changes, and once
   * when it is first known. A reason in place of another is told after a null, so that it is a fault of its own. */
  onFault(output: OutputConfig, reason: OutputFault | null, got: string | null): void;
  /** An output was looked at, whatever was seen: the loop lives. */
  onLooked(): void;
}

export class OutputWatch {
  #desired: Desired | null = null;
  #commanded: boolean | null = null;
  /** What is ordered at this moment: off although it is commanded on while it is muted. */
  #level: Level = null;
  #levelMono: number;
  /** Of the levels: an order that came while a look was under way makes that look worthless. */
  #turn = 0;
  #seen: boolean | null = null;
  /** An order of this level went out whose effect was not seen yet. */
  #isLookOwed = false;
  /** `commanded` was not recorded as proven yet. */
  #isProofOwed = false;
  /** The present level was seen by its driver since it was ordered. */
  #isSeen = false;
  /** When the last order on left, monotonic ms. */
  #sentMono = 0;
  readonly #failing = new FailingLevels(mismatchMs);
  /** Levels that the point which proves it has not shown. */
  readonly #unshown = new Set<boolean>();
  /** A cadence has flipped the level while `commanded` stayed on. */
  #isCadenced = false;
  readonly #proof: PointProof | null;
  /** Of an amplifier nothing is journaled: what was said is an entry of its own. Nor of a chirp: a walk test has its summary. */
  #isRecorded: boolean;
  #isFoundOn = false;
  #isUnexplained = false;
  #isReleased = false;
  #isPromiseBroken = false;
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
    this.#proof = config.proof === undefined ? null : new PointProof(config.proof);
    this.#levelMono = clock.mono();
    this.#isRecorded = config.kind !== 'amplifier';
  }

  /** As it was last seen, by its driver and by the point that proves it; null: not seen, or they do not agree. */
  get proven(): boolean | null {
    if (this.#proof === null) return this.#seen;
    return this.#seen === this.#proof.shows ? this.#seen : null;
  }

  get commanded(): boolean | null {
    return this.#commanded;
  }

  /** Found on, and neither a plan nor a person has decided about it. */
  get isUndecided(): boolean {
    return this.#isFoundOn;
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
    // An exercise decides nothing: it sounds as it is, and does not fall silent when the exercise is over.
    if (this.#isFoundOn && desired?.exercise !== undefined) return [];
    // What was tried out and is now meant is ordered anew: the journal must say so.
    const isMeant = this.#desired?.exercise !== undefined && desired?.exercise === undefined;
    this.#desired = desired;
    this.#settleFound();
    if (isWantedOn) this.#isRecorded = this.config.kind !== 'amplifier' && desired?.exercise !== 'walk-test';
    const level = isWantedOn && desired?.isMuted !== true;
    if (this.#commanded !== isWantedOn || (isWantedOn && isMeant)) return this.#order(isWantedOn, level);
    if (this.#level === level) return [];
    this.#isCadenced = true;
    this.#send(level);
    return [];
  }

  /** A person silenced or reset: an output found on without a reason goes off. */
  decide(): readonly EntryDraft[] {
    if (!this.#isFoundOn) return [];
    this.#settleFound();
    const isWantedOn = this.#desired?.on ?? false;
    return this.#order(isWantedOn, isWantedOn && this.#desired?.isMuted !== true);
  }

  /** An exercise of an earlier process had it on: found on, now or later, it goes off unless an alarm wants it. */
  release(): readonly EntryDraft[] {
    this.#isReleased = this.#commanded === null;
    return this.decide();
  }

  /** A look at the point that proves it. */
  see(reading: Reading): void {
    if (this.#proof === null || this.#isStopped) return;
    this.#proof.see(reading);
    this.#judgeProof();
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

  /** Leaves the output as its config says: keep-sounding on, also where it is quiet for a moment; go-quiet off. What no alarm
   * wants, an exercise or an amplifier, goes off in any case. `isHandedOver`: another one takes it over at once, as it is. */
  async stop(isHandedOver = false): Promise<void> {
    this.#isStopped = true;
    this.#timer?.();
    const isForAlarm = this.#isFoundOn || (this.#desired?.because.length ?? 0) > 0;
    const isResting = this.#desired?.isResting === true;
    if (this.#commanded !== true && !this.#isFoundOn && !isResting) return;
    const goesQuiet = this.config.onControlLost === 'go-quiet' && !isHandedOver;
    if (goesQuiet || !isForAlarm) await this.#handle?.command(false);
    else if (isResting || (this.#commanded === true && this.#level === false)) await this.#handle?.command(true);
  }

  /** The first sight of an output that nobody has decided about yet. */
  #find(seen: boolean): readonly EntryDraft[] {
    if (!seen || this.#isFoundOn || this.#commanded !== null || this.#desired !== null) return [];
    this.#isFoundOn = true;
    this.#isUnexplained = this.#isScanned;
    const found = this.config.kind === 'amplifier' ? [] : [foundOnEntry(this.config)];
    return this.#isReleased ? [...found, ...this.decide()] : found;
  }

  /** By itself or by somebody: nothing is left to decide, and whoever was told that it is on is told that it is not. */
  #wentOff(): void {
    const isTold = this.#isFoundOn && this.config.kind !== 'amplifier';
    if (isTold) this.events.record([provenEntry(this.config, false, null, 0)]);
    this.#settleFound();
  }

  #settleFound(): void {
    if (!this.#isFoundOn) return;
    this.#isFoundOn = false;
    this.#isUnexplained = false;
    if (this.#told !== undefined) this.#tell(null);
  }

  #order(on: boolean, level: boolean): readonly EntryDraft[] {
    this.#commanded = on;
    this.#isProofOwed = true;
    this.#isCadenced = on !== level;
    this.#send(level);
    return this.#isRecorded ? [commandedEntry(this.config, on, this.#desired)] : [];
  }

  #send(level: boolean): void {
    this.#level = level;
    this.#turn++;
    this.#beginLevel();
    this.#failing.ordered(this.#levelMono);
    this.#retry.reset();
    // A look that is under way must not hold the order up; it is ordered again, and proven, after that look.
    if (this.#isBusy) this.#handle?.command(level).catch(() => undefined);
    else this.#prove();
  }

  #beginLevel(): void {
    this.#isLookOwed = true;
    this.#isSeen = false;
    this.#levelMono = this.clock.mono();
  }

  /** Sends the present order and looks whether it holds. */
  #prove(): void {
    if (this.#isBusy || this.#isStopped) return;
    this.#isBusy = true;
    const [ordered, turn] = [this.#level, this.#turn];
    // Both in one `then`: a mistake in our own judging must not be taken for a failure of the hardware.
    void this.#commandAndLook(ordered, turn).then(
      (seen) => this.#judge(ordered, turn, seen, null),
      (error: unknown) => this.#judge(ordered, turn, null, error instanceof Error ? error.message : String(error)),
    );
  }

  /** Orders and looks. What was proven before is looked at first: if somebody else has switched it, that is a fault, even
   * when ordering it again puts it right. */
  async #commandAndLook(level: Level, turn: number): Promise<boolean | null> {
    const handle = this.#take();
    if (level === null) return handle.readBack();
    if (!this.#isLookOwed) {
      const seen = await handle.readBack();
      if (turn !== this.#turn) return seen;
      if (seen === level) {
        if (this.#isRenewalDue(handle)) await this.#command(handle, level);
        return seen;
      }
      this.#beginLevel();
      this.#isProofOwed ||= level === this.#commanded;
      this.#failing.failedForCertain(level);
      this.#tell(seen ? 'on' : 'off');
    }
    await this.#command(handle, level);
    return handle.readBack();
  }

  async #command(handle: OutputHandle, level: boolean): Promise<void> {
    const sentMono = this.clock.mono();
    await handle.command(level);
    if (level) this.#sentMono = sentMono;
  }

  /** A relay that goes off by itself, and half of its time is over. */
  #isRenewalDue({ onForMs }: OutputHandle): boolean {
    if (onForMs === undefined || this.#level !== true) return false;
    return this.clock.mono() - this.#sentMono >= Math.min(reassertMs, renewShare * onForMs);
  }

  #judge(ordered: Level, turn: number, seen: boolean | null, got: string | null): void {
    this.#isBusy = false;
    this.events.onLooked();
    this.#seen = seen;
    if (this.#isStopped) return;
    const holds = ordered === null ? seen !== null : seen === ordered;
    // What was ordered meanwhile says nothing against a level that was seen; what was not seen is not judged.
    if (holds) this.#failing.held(ordered, !this.#isCadenced);
    if (turn !== this.#turn) {
      this.#failing.ordered(this.#levelMono);
      this.#prove();
      return;
    }
    if (ordered === null && seen === true) this.events.record(this.#find(seen));
    if (ordered === null && seen === false) this.#wentOff();
    if (holds) {
      this.#retry.reset();
      this.#isLookOwed = false;
      this.#isSeen = true;
      this.#tell(null);
      this.#recordProof();
      this.#again(this.#lookEveryMs());
      return;
    }
    this.#failing.failed(ordered, this.clock.mono());
    // Time runs out for a relay with a timer: it is ordered again before it is looked at.
    if (this.#handle?.onForMs !== undefined && ordered !== null) this.#isLookOwed = true;
    if (this.#failing.isAny) this.#tell(got ?? (seen === null ? null : seen ? 'on' : 'off'));
    this.#again(this.#retry.nextMs());
  }

  #lookEveryMs(): number {
    const onForMs = this.#level === true ? this.#handle?.onForMs : undefined;
    if (onForMs === undefined) return reassertMs;
    const agedMs = this.clock.mono() - this.#sentMono;
    return Math.max(lookAgainMs, Math.min(reassertMs, renewShare * onForMs) - agedMs);
  }

  /** What the point that proves it shows, against what is ordered; what nobody has ordered must not work either. */
  #judgeProof(): void {
    const level = this.#level ?? this.#seen;
    if (this.#proof === null || level === null) return;
    switch (this.#proof.judge(level, this.#levelMono)) {
      case 'as-ordered':
        this.#unshown.delete(level);
        if (!this.#isCadenced) this.#unshown.clear();
        this.#recordProof();
        if (this.#told !== undefined) this.#tell(null);
        return;
      case 'not-as-ordered':
        this.#unshown.add(level);
        this.#tell(level ? 'off' : 'on');
        return;
      case 'early':
      case 'unknown':
        return;
    }
  }

  /** Once for each order, when everything that can tell has told it. */
  #recordProof(): void {
    const on = this.#commanded;
    if (!this.#isProofOwed || !this.#isSeen || on === null || on !== this.#level) return;
    if (this.#proof !== null && this.#proof.judge(on, this.#levelMono) !== 'as-ordered') return;
    this.#isProofOwed = false;
    if (!this.#isRecorded) return;
    this.events.record([provenEntry(this.config, on, this.#desired, this.clock.mono() - this.#levelMono)]);
  }

  async #readBack(): Promise<boolean | null> {
    try {
      this.#seen = await this.#take().readBack();
    } catch {
      // Not seen now: that stays null, and the regular look finds and tells the fault.
      this.#seen = null;
    }
    return this.#seen;
  }

  /** The handle, as soon as the hardware is there; whether it keeps its promise is known then. */
  #take(): OutputHandle {
    if (this.#handle === null) {
      this.#handle = this.makeHandle();
      this.#isPromiseBroken = !isKept(this.config, this.#handle.afterProcessEnd);
    }
    return this.#handle;
  }

  #again(delayMs: number): void {
    this.#timer?.();
    this.#timer = this.clock.after(delayMs, () => this.#prove());
  }

  /** The worst thing first: one fault per output is told at a time. */
  #reason(): OutputFault | null {
    if (this.#failing.isAny) return 'not-proven';
    if (this.#unshown.has(true)) return unshownReason(this.config);
    if (this.#unshown.has(false)) return 'still-works';
    if (this.#isUnexplained) return 'found-on';
    return this.#isPromiseBroken ? 'not-kept' : null;
  }

  #tell(got: string | null): void {
    const reason = this.#reason();
    if (reason === this.#told) return;
    const hasOther = reason !== null && this.#told !== undefined && this.#told !== null;
    this.#told = reason;
    if (hasOther) this.events.onFault(this.config, null, null);
    // Whoever is told may order something: then a newer word has been told already.
    if (this.#told !== reason) return;
    this.events.onFault(this.config, reason, got);
  }
}
