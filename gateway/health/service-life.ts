/**
 * One start of `gengfu run`: on which rung of the crash ladder it stands, why it was started, and what the service manager hears
 * of it. Nothing here holds up the watch: a disk that hangs costs 0.3 s once, and everything is written beside.
 */
import type { SiteConfig } from '../../config/site.js';
import { type Cancel, type Clock, pause } from '../../drivers/clock.js';
import { openServiceManager } from '../../drivers/native/service-socket.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import { reducedSubject } from '../alarm/site-subjects.js';
import type { TellFault } from '../alarm/subject.js';
import type { Log } from '../log.js';
import type { Observation } from '../observation.js';
import { rememberPins } from '../trouble/remembered-pins.js';
import { forgetTries } from '../trouble/tries.js';
import { CrashLadder, type StartAs, settledAfterMs } from './crash-ladder.js';
import { causeOf, type Remains, restartedDraft } from './restart-cause.js';
import { keepEnd, readKernelBoot, readRemains, writeMark } from './run-mark.js';
import { ServiceNotice } from './service-notice.js';

/** What stands beside the watch comes so long after a reduced start. */
export const besidesAfterMs = 60_000;
const readMaxMs = 300;
const writeMaxMs = 500;

export interface ServiceLifeOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Variables for the service manager are taken out of it. */
  readonly env: Record<string, string | undefined>;
  readonly pid: number;
  /** `/`; another one in tests. */
  readonly root?: string;
}

/** What it needs of the gateway that watches now: another site file brings another one. */
export interface LivingWatch {
  readonly isWatchOverdue: boolean;
  readonly tellFault: TellFault;
  record(drafts: readonly EntryDraft[]): unknown;
}

/** Looks at the ladder, which is in memory; to be called before anything that can crash. */
export async function openServiceLife(options: ServiceLifeOptions): Promise<ServiceLife> {
  const { env, pid, clock } = options;
  const manager = await openServiceManager(env, pid);
  const notice = manager === null ? null : new ServiceNotice({ manager, clock });
  // Several folders are told with a colon between them; the unit has one.
  const runFolder = env['RUNTIME_DIRECTORY']?.split(':')[0] ?? null;
  const ladder = runFolder === null ? null : new CrashLadder(runFolder);
  const late = pause(clock, readMaxMs).then(() => null);
  const rung = await Promise.race([ladder?.climb() ?? null, late]);
  const start = rung?.start ?? 'whole';
  if (start === 'none' && runFolder !== null) await Promise.race([keepEnd(runFolder), late]);
  return new ServiceLife(options, { start, notice, ladder, runFolder });
}

interface Parts {
  readonly start: StartAs;
  readonly notice: ServiceNotice | null;
  readonly ladder: CrashLadder | null;
  readonly runFolder: string | null;
}

export class ServiceLife {
  readonly #places: { readonly runFolder: string | null; readonly stateFolder: string | null };
  #remains: Promise<Remains | null> = Promise.resolve(null);
  #dataDir: string | null = null;
  #rolledBackFrom: string | null = null;
  /** One writer per file. */
  #marking: Promise<void> = Promise.resolve();
  #settle: Cancel | null = null;
  #isStopping = false;

  constructor(
    private readonly options: ServiceLifeOptions,
    private readonly parts: Parts,
  ) {
    const { env } = options;
    this.#places = { runFolder: parts.runFolder, stateFolder: env['STATE_DIRECTORY']?.split(':')[0] ?? null };
  }

  /** `none`: it has ended too often, and the trouble unit is next. */
  get start(): StartAs {
    return this.parts.start;
  }

  /** Whoever started it quiets what must go quiet when it has ended: the unit, which gives it a folder in memory. */
  get isQuieted(): boolean {
    return this.parts.runFolder !== null;
  }

  /** What the last one left in the data folder is read before this one writes there; nobody waits for it. */
  begin(dataDir: string): void {
    const { version, env, root } = this.options;
    this.#dataDir = dataDir;
    const { runFolder } = this.#places;
    const places = { dataDir, runFolder, ...(root === undefined ? {} : { root }) };
    // Of the launcher: the version given up, the one that runs, why.
    this.#rolledBackFrom = env['GENGFU_ROLLED_BACK']?.split(' ')[0] ?? null;
    this.#remains = readRemains(places, { version, rolledBackFrom: this.#rolledBackFrom }).catch(() => null);
  }

  see(seen: Observation): void {
    this.parts.notice?.see(seen);
  }

  /** The watch has begun. */
  watching(watch: () => LivingWatch, config: SiteConfig): void {
    const { notice, start } = this.parts;
    const isReduced = start === 'reduced';
    notice?.watching(isReduced ? watchingReduced : watching, () => watch().isWatchOverdue);
    watch().tellFault(reducedSubject, isReduced, isReduced ? reducedDetail : {});
    this.#settle = this.options.clock.after(settledAfterMs, () => {
      watch().tellFault(reducedSubject, false, {});
      if (isReduced) notice?.say(watching);
      void this.parts.ladder?.settle();
      if (this.#places.runFolder !== null) void forgetTries(this.#places.runFolder);
    });
    void this.#settleWithPast(watch, config);
  }

  /** Somebody wants it to end. */
  stopping(): void {
    this.#isStopping = true;
    this.#settle?.();
    this.parts.notice?.stopping();
  }

  /** It can not run here (a bad site file, a second gateway): that is no crash, and the trouble unit says what it is. */
  async refused(): Promise<void> {
    this.parts.notice?.stopping();
    const { runFolder } = this.#places;
    const written = Promise.all([this.parts.ladder?.stepDown(), runFolder === null ? null : keepEnd(runFolder)]);
    await Promise.race([written, pause(this.options.clock, writeMaxMs)]);
  }

  /** It has ended in order: the next one shall know. */
  async stopped(): Promise<void> {
    const { clock } = this.options;
    const written = Promise.all([this.parts.ladder?.stepDown(), this.#mark(true)]);
    await Promise.race([written, pause(clock, writeMaxMs)]);
  }

  async #settleWithPast(watch: () => LivingWatch, config: SiteConfig): Promise<void> {
    const remains = await this.#remains;
    if (remains !== null) {
      const cause = causeOf(remains);
      if (cause !== null && !this.#isStopping) watch().record([restartedDraft(cause, remains)]);
    }
    if (this.#isStopping) return;
    await this.#mark(false);
    await rememberPins(config, { ...this.#places, dataDir: config.dataDir }).catch((error: unknown) =>
      this.options.log.warn({ error: String(error) }, 'pins for times of trouble are not remembered'),
    );
  }

  #mark(isStopped: boolean): Promise<void> {
    const { version, log, root } = this.options;
    const dataDir = this.#dataDir;
    if (dataDir === null) return this.#marking;
    const write = async (): Promise<void> =>
      writeMark(dataDir, {
        kernelBoot: await readKernelBoot(root),
        ...{ version, isStopped, rolledBackFrom: this.#rolledBackFrom },
      });
    this.#marking = this.#marking
      .then(write)
      .catch((error: unknown) => log.warn({ error: String(error) }, 'the next start will not know how this one ended'));
    return this.#marking;
  }
}

const watching = { zh: '守望中', en: 'watching' };
const watchingReduced = { zh: '守望中（减载启动）', en: 'watching (reduced start)' };

const reducedDetail = {
  error_zh: '网关连续多次退出：先只守望，一分钟后再开面板和上传',
  error_en: 'the gateway has ended several times in a row: panel and uplinks come after a minute',
};
