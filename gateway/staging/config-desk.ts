/**
 * Whoever wants another site file on a running gateway comes here: it is checked, kept, applied, watched, and taken back.
 *
 *   idle ──apply: durable──▶ swapping ──▶ on trial ──healthy, and durable──▶ idle (confirmed)
 *                               ▲            └──failed, or ordered back──▶ swapping ──▶ idle (rolled back)
 *                               └ a fire or a drill began meanwhile: nothing is swapped, rolled back
 */
import type { SiteConfig } from '../../config/site.js';
import type { UserTexts } from '../../config/user-profiles.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { ConfigOrders, ConfigPart } from '../command/config-orders.js';
import type { Log } from '../log.js';
import type { Runtime } from '../runtime.js';
import { type ConfigDiff, configDiff, isAnotherSite } from './config-diff.js';
import {
  appliedDraft,
  confirmedDraft,
  diffDetail,
  type RollBackReason,
  rolledBackDraft,
  stagedDraft,
} from './config-entries.js';
import { needsNewProcess } from './kept-pins.js';
import type { KeptSite, SiteFiles, TrialRecord } from './site-files.js';
import { packed, type SiteText, siteText, wholeSum } from './site-text.js';
import {
  problemsRefusal,
  refusal,
  type StagePart,
  type StagingAnswer,
  type StagingOrderer,
  stagingRefusals,
} from './staging-answer.js';
import type { LastTrial, StagingStatus } from './staging-status.js';
import { standsInTheWay } from './stands-in-the-way.js';
import type { CheckText, RunningSite, StartedSite } from './starting-site.js';
import { TrialWatch } from './trial-watch.js';
import { Uploads } from './upload.js';

/** An order from outside takes effect when it is durable, and not later than this (design.md §1). */
const durableMaxMs = 5_000;
/** A trial that can not be told is none. */
const confirmMaxMs = 60_000;
/** Time for the answer to leave before its uplink does. */
const swapAfterMs = 500;

export interface ConfigDeskOptions {
  readonly clock: Clock;
  readonly files: SiteFiles;
  readonly check: CheckText;
  readonly runner: {
    readonly runtime: Runtime;
    swapTo(config: SiteConfig): Promise<void>;
  };
  readonly started: StartedSite;
  readonly log: Log;
}

/** May run here. */
interface Fit {
  readonly config: SiteConfig;
  readonly userProfiles: UserTexts;
  readonly diff: ConfigDiff;
}

type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'swapping' | 'confirming'; readonly sha256: string }
  | { readonly kind: 'on-trial'; readonly record: TrialRecord; readonly watch: TrialWatch };

export class ConfigDesk implements ConfigOrders {
  readonly #uploads = new Uploads();
  #running: RunningSite;
  /** What a trial goes back to. */
  #good: RunningSite;
  #staged: KeptSite | null = null;
  #phase: Phase = { kind: 'idle' };
  #last: LastTrial | null = null;
  #packed: { readonly sha256: string; readonly parts: readonly string[] } | null = null;
  #isStopped = false;
  /** One order after the other. */
  #orders: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ConfigDeskOptions) {
    this.#running = options.started.running;
    this.#good = options.started.good;
  }

  /** The gateway runs: what the start has decided is journaled, and a trial goes on. */
  start(): void {
    const { started, runner } = this.options;
    if (started.drafts.length > 0) runner.runtime.record(started.drafts);
    if (started.trial !== null) this.#watch(started.trial);
    void this.#inTurn(async () => {
      this.#staged ??= await this.options.files.read('staged').catch(() => null);
    });
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#phase.kind === 'on-trial') this.#phase.watch.stop();
  }

  get status(): StagingStatus {
    const { text: _, userProfiles: _profiles, ...running } = this.#running.site;
    const isInstalled = wholeSum(this.#running.site) === running.installer;
    const staged = this.#staged;
    const phase = this.#phase;
    const isOther = staged !== null && !this.#runs(staged);
    return {
      running: isInstalled ? { ...running, installer: running.sha256 } : running,
      staged: isOther ? { sha256: staged.sha256, origin: staged.origin, wall: staged.wall } : null,
      trial:
        phase.kind === 'idle'
          ? null
          : phase.kind === 'on-trial'
            ? { sha256: phase.record.sha256, phase: phase.kind, ...phase.watch.sight }
            : { sha256: phase.sha256, phase: phase.kind, lines: [], uplinks: [] },
      last: this.#last,
    };
  }

  fetch(part: number): ConfigPart {
    const { site } = this.#running;
    if (this.#packed?.sha256 !== site.sha256) this.#packed = { sha256: site.sha256, parts: packed(site) };
    const { sha256, parts } = this.#packed;
    return { sha256, parts: parts.length, part, gzip: parts[part - 1] ?? '' };
  }

  async stage(order: StagePart, origin: string): Promise<StagingAnswer> {
    const step = this.#uploads.take(order, this.options.clock.mono());
    switch (step.kind) {
      case 'waiting':
        return { ok: true, detail: { sha256: order.sha256, have: step.have, parts: order.parts } };
      case 'whole':
        return this.stageText(step.site.text, origin);
      case 'bad-part':
      case 'bad-file':
        return refusal(step.kind);
    }
  }

  /** Checks the text and keeps it beside the file that runs. */
  stageText(text: string, origin: string): Promise<StagingAnswer> {
    return this.#inTurn(async () => {
      const fit = await this.#fit(text);
      if ('ok' in fit) return fit;
      const site = siteText(text, fit.userProfiles);
      if (this.#runs(site)) return refusal('runs-already');
      const { clock, files, runner } = this.options;
      const staged = { ...site, origin, wall: clock.wall(), installer: this.#running.site.installer };
      try {
        await files.write('staged', staged);
      } catch (error) {
        this.options.log.error({ error: String(error) }, 'site file not kept');
        return refusal('cannot-keep');
      }
      this.#staged = staged;
      runner.runtime.record([stagedDraft(site.sha256, origin, fit.diff)]);
      return { ok: true, detail: { sha256: site.sha256, ...diffDetail(fit.diff) } };
    });
  }

  /** What would change; null when nothing is staged. */
  diff(): Promise<ConfigDiff | StagingAnswer> {
    return this.#inTurn(async () => {
      if (this.#staged === null) return refusal('nothing-staged');
      const fit = await this.#fit(this.#staged.text, this.#staged.userProfiles ?? {});
      return 'ok' in fit ? fit : fit.diff;
    });
  }

  apply(sha256: string, origin: string): Promise<StagingAnswer> {
    return this.applyAs(sha256, { origin, isOnBox: false });
  }

  rollback(origin: string): Promise<StagingAnswer> {
    return this.rollbackAs({ origin, isOnBox: false });
  }

  /** `isForced`: also beside a fire or a drill; only on the box. */
  applyAs(sha256: string, orderer: StagingOrderer, isForced = false): Promise<StagingAnswer> {
    return this.#inTurn(async () => {
      if (this.#phase.kind !== 'idle') return refusal('trial-runs');
      const staged = this.#staged;
      const isStaged = staged?.sha256 === sha256 && !this.#runs(staged);
      // The same text with other profiles beside it is another site.
      if (staged !== null && isStaged) return this.#apply(staged, orderer, isForced);
      if (this.#running.site.sha256 === sha256) return refusal('runs-already');
      return refusal(staged === null ? 'nothing-staged' : 'other-file');
    });
  }

  rollbackAs(orderer: StagingOrderer, isForced = false): Promise<StagingAnswer> {
    return this.#inTurn(async () => {
      const phase = this.#phase;
      const blocked = orderer.isOnBox && isForced ? null : this.#blocker();
      if (blocked !== null) return refusal(blocked);
      if (phase.kind === 'on-trial') {
        // A key that the installer has just taken out must not bring itself back.
        const { needsBox } = configDiff(this.#running.config, this.#good.config);
        if (needsBox.length > 0 && !orderer.isOnBox)
          return { ...refusal('needs-box'), detail: { needs_box: needsBox } };
        const words = { zh: `${orderer.origin} 下令`, en: `ordered by ${orderer.origin}` };
        void this.#goBack(phase.record, { reason: 'ordered', words });
        return { ok: true, detail: { sha256: this.#good.site.sha256 } };
      }
      if (phase.kind !== 'idle') return refusal('trial-runs');
      const before = await this.options.files.read('before').catch(() => null);
      if (before === null || this.#runs(before)) return refusal('nothing-before');
      return this.#apply(before, orderer, isForced);
    });
  }

  /** May this file run on this box at all, whoever wants it? */
  async #fit(text: string, kept?: UserTexts): Promise<Fit | StagingAnswer> {
    const checked = await this.options.check(text, kept).catch((error: unknown) => {
      this.options.log.error({ error: String(error) }, 'site file not checked');
      return null;
    });
    if (checked === null) return refusal('not-checked');
    if (!checked.ok) return problemsRefusal(checked.problems);
    const { config } = this.#running;
    if (isAnotherSite(config, checked.config)) return refusal('fixed');
    if (needsNewProcess(config, checked.config)) return refusal('needs-restart');
    const { userProfiles = {} } = checked;
    return { config: checked.config, userProfiles, diff: configDiff(config, checked.config) };
  }

  #runs(site: SiteText): boolean {
    return wholeSum(site) === wholeSum(this.#running.site);
  }

  async #apply(next: KeptSite, orderer: StagingOrderer, isForced: boolean): Promise<StagingAnswer> {
    const { clock, files, runner, log } = this.options;
    const mayForce = orderer.isOnBox && isForced;
    const blocked = mayForce ? null : this.#blocker();
    if (blocked !== null) return refusal(blocked);
    const fit = await this.#fit(next.text, next.userProfiles ?? {});
    if ('ok' in fit) return fit;
    const { config, diff } = fit;
    if (diff.needsBox.length > 0 && !orderer.isOnBox) {
      return { ...refusal('needs-box'), detail: { needs_box: diff.needsBox } };
    }
    const { origin } = orderer;
    const before = this.#running;
    const record = this.#recordOf(next.sha256, origin);
    const entries = runner.runtime.record([appliedDraft(next.sha256, before.site.sha256, origin, diff)]);
    if (!(await runner.runtime.journal.untilDurable(entries, durableMaxMs))) {
      this.#tellBack(next.sha256, origin, { reason: 'cannot-record', words: stagingRefusals['cannot-record'] });
      return refusal('cannot-record');
    }
    try {
      const { installer } = before.site;
      await files.begin(before.site, { ...next, origin, wall: clock.wall(), installer }, record);
    } catch (error) {
      log.error({ error: String(error) }, 'site file not kept');
      await files.rollBack(before.site).catch(() => undefined);
      this.#tellBack(next.sha256, origin, { reason: 'cannot-keep', words: stagingRefusals['cannot-keep'] });
      return refusal('cannot-keep');
    }
    this.#good = before;
    this.#phase = { kind: 'swapping', sha256: next.sha256 };
    void this.#goOver({ site: { ...next, origin, installer: before.site.installer }, config }, record, mayForce);
    return { ok: true, detail: { sha256: next.sha256, previous: before.site.sha256, ...diffDetail(diff) } };
  }

  async #goOver(next: RunningSite, record: TrialRecord, mayForce: boolean): Promise<void> {
    const { clock, files, runner } = this.options;
    await pause(clock, swapAfterMs);
    if (this.#isStopped) return;
    const blocked = mayForce ? null : this.#blocker();
    if (blocked !== null) {
      await files.rollBack(this.#good.site).catch(() => undefined);
      this.#phase = { kind: 'idle' };
      this.#tellBack(record.sha256, record.origin, { reason: blocked, words: stagingRefusals[blocked] });
      return;
    }
    await runner.swapTo(next.config);
    this.#running = next;
    this.#watch(record);
  }

  #watch(record: TrialRecord): void {
    const { clock, runner } = this.options;
    if (this.#isStopped) return;
    const watch = new TrialWatch({
      ...{ config: this.#running.config, record, clock, vitals: () => runner.runtime.vitals },
      onOver: (verdict) => {
        if (verdict.kind === 'healthy') void this.#confirm(record);
        else void this.#goBack(record, verdict);
      },
    });
    this.#phase = { kind: 'on-trial', record, watch };
    watch.start();
  }

  async #confirm(record: TrialRecord): Promise<void> {
    const { clock, files, runner, log } = this.options;
    this.#phase = { kind: 'confirming', sha256: record.sha256 };
    const entries = runner.runtime.record([confirmedDraft(record.sha256, record.origin)]);
    const isDurable = await runner.runtime.journal.untilDurable(entries, confirmMaxMs);
    if (this.#isStopped) return;
    if (!isDurable) {
      await this.#goBack(record, { reason: 'journal', words: stagingRefusals['cannot-record'] });
      return;
    }
    // Where the disk does not keep it, the next start begins the trial anew: no harm.
    await files.confirm().catch((error: unknown) => log.error({ error: String(error) }, 'site file not confirmed'));
    this.#good = this.#running;
    const words = { zh: '试运行正常', en: 'all is healthy' };
    this.#last = { outcome: 'confirmed', sha256: record.sha256, wall: clock.wall(), isOrdered: false, words };
    this.#phase = { kind: 'idle' };
  }

  /** Also beside a fire or a drill: a line that was lost matters more then, and what sounds is handed on. */
  async #goBack(record: TrialRecord, why: RollBackReason): Promise<void> {
    const { files, runner, log } = this.options;
    if (this.#phase.kind === 'on-trial') this.#phase.watch.stop();
    this.#phase = { kind: 'swapping', sha256: record.sha256 };
    const good = this.#good;
    // First the files: whatever happens in the swap, the next start runs the good one.
    await files.rollBack(good.site).catch((error: unknown) => log.error({ error: String(error) }, 'not rolled back'));
    if (this.#isStopped) return;
    await runner.swapTo(good.config);
    this.#running = good;
    this.#phase = { kind: 'idle' };
    this.#tellBack(record.sha256, record.origin, why);
  }

  #tellBack(sha256: string, origin: string, why: RollBackReason): void {
    const draft: EntryDraft = rolledBackDraft(sha256, this.#running.site.sha256, origin, why);
    this.options.runner.runtime.record([draft]);
    this.#last = {
      outcome: 'rolled-back',
      sha256,
      wall: this.options.clock.wall(),
      isOrdered: why.reason === 'ordered',
      words: why.words,
    };
  }

  #blocker(): 'fire' | 'exercise' | null {
    const { alarms, orders } = this.options.runner.runtime;
    return standsInTheWay(alarms, orders.status.exercise !== null);
  }

  #recordOf(sha256: string, origin: string): TrialRecord {
    const { runner, clock } = this.options;
    const { lines, uplinks } = runner.runtime.vitals;
    const uplink = this.#running.config.uplinks.find(({ id }) => uplinks.has(id))?.id ?? null;
    return { sha256, origin, beganWall: clock.wall(), starts: 0, lines: [...lines], uplink };
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const ran = this.#orders.then(run);
    this.#orders = ran.catch(() => undefined);
    return ran;
  }
}
