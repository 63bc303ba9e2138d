/** The search of one line: speed by speed, address by address, and what each unit that answers may be. Never rejects. */
import type { DeviceProfile } from '../../config/profile-schema.js';
import type { SerialFormat } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import { type Clock, pause } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { LineProber } from '../../drivers/modbus/line-prober.js';
import { type Found, sweep } from './format-sweep.js';
import {
  estimateMs,
  firstWaitMs,
  listenMs,
  type PlannedFormat,
  probeMs,
  roundsAt,
  type SearchPlan,
  wireFormat,
} from './search-plan.js';
import type { SurveyLine, SurveyUnit } from './survey.js';
import {
  answersEverywhere,
  garbledAmidNoise,
  heldBy,
  linkFailed,
  noise,
  twinsGarbled,
  universalOnly,
} from './survey-words.js';
import { lookAtAll } from './unit-looks.js';

/** The system may hold a tty for a moment after it was closed. */
const reopenTries = 5;
const reopenWaitMs = 200;
/** So many of the first addresses in a row answer: on the network that is one device which does not look at the address. */
const everywhereMin = 8;

/** Who has a port open, where that can be seen. */
export interface PortHolder {
  readonly pid: number;
  readonly name: string;
  readonly isGateway: boolean;
}

export interface SearchProgress {
  readonly line: string;
  /** Null on the network. */
  readonly format: PlannedFormat | null;
  /** Address that is asked; null: units are being recognised. */
  readonly address: number | null;
  readonly found: number;
  readonly leftMs: number;
}

export interface LineSearchOptions {
  readonly at: SurveyLine['at'];
  readonly adapter: string | null;
  readonly plan: SearchPlan;
  readonly profiles: readonly DeviceProfile[];
  readonly clock: Clock;
  readonly open: (format: SerialFormat) => OpenByteLink;
  /** Who has the port when it can not be opened, or nobody locks it and somebody has it all the same. */
  readonly holderOf: () => PortHolder | null;
  readonly isOver: () => boolean;
  readonly onProgress: (progress: SearchProgress) => void;
}

export interface LineOutcome {
  readonly line: SurveyLine;
  readonly isWhole: boolean;
}

export async function searchLine(options: LineSearchOptions): Promise<LineOutcome> {
  return new LineSearch(options).run();
}

export function whereIs(at: SurveyLine['at']): string {
  return at.kind === 'serial' ? at.path : `${at.host}:${at.port}`;
}

class LineSearch {
  readonly #units: SurveyUnit[] = [];
  readonly #troubles: Words[] = [];
  readonly #where: string;
  #leftMs: number;
  #wasOpen = false;
  #hasAnsweredUniversal: { readonly address: number; readonly format: PlannedFormat | null } | null = null;
  /** Addresses that a universal question named: asked first. */
  readonly #named: number[] = [];

  constructor(private readonly options: LineSearchOptions) {
    this.#where = whereIs(options.at);
    this.#leftMs = estimateMs(options.plan);
  }

  async run(): Promise<LineOutcome> {
    const holder = this.options.holderOf();
    if (holder !== null) return this.#ended('held', heldBy(this.#where, holder));
    try {
      const formats = await this.#orderFormats();
      for (const format of formats) {
        if (this.options.isOver()) break;
        await this.#searchAt(format);
      }
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      if (error.code === 'LINK-003') return this.#ended('held', heldBy(this.#where, this.options.holderOf()));
      return this.#ended('failed', linkFailed(this.#where, error));
    }
    this.#tellUniversal();
    return this.#ended(null, null);
  }

  #ended(state: 'held' | 'failed' | null, trouble: Words | null): LineOutcome {
    const { at, adapter, isOver } = this.options;
    const troubles = trouble === null ? this.#troubles : [...this.#troubles, trouble];
    const units = [...this.#units].sort((a, b) => a.address - b.address);
    const line = { at, ...(state === null ? {} : { state }), adapter, troubles, units };
    return { line, isWhole: state === null && !isOver() };
  }

  /** A universal address tells that something is there, at this speed; it is nobody's identity when several answer. */
  async #orderFormats(): Promise<SearchPlan['formats']> {
    const { plan, isOver } = this.options;
    if (plan.universals.length === 0 || plan.formats.length < 2) return plan.formats;
    const awake: (PlannedFormat | null)[] = [];
    for (const format of plan.formats) {
      if (isOver()) break;
      // A model that has such an address is delivered at one of these.
      if (format !== null && !format.isDelivered) continue;
      await this.#with(format, async (prober) => {
        if (await this.#askUniversals(prober, format)) awake.push(format);
      });
    }
    return [...awake, ...plan.formats.filter((format) => !awake.includes(format))];
  }

  async #askUniversals(prober: LineProber, format: PlannedFormat | null): Promise<boolean> {
    const { plan } = this.options;
    let isAwake = false;
    for (const { address, table, register, tellsAddress } of plan.universals) {
      const question = { table, address: register, count: 1 };
      const heard = await prober.ask(address, question, { waitMs: firstWaitMs(plan, format) });
      this.#leftMs -= probeMs(plan, format);
      if (heard.kind === 'silence') continue;
      isAwake = true;
      this.#hasAnsweredUniversal ??= { address, format };
      const named = heard.kind === 'values' && tellsAddress ? heard.values[0] : undefined;
      if (named !== undefined && plan.addresses.includes(named)) this.#named.push(named);
    }
    return isAwake;
  }

  async #searchAt(format: PlannedFormat | null): Promise<void> {
    const { plan } = this.options;
    await this.#with(format, async (prober) => {
      const noiseBytes = await prober.listen(listenMs);
      let noisy = noiseBytes;
      const known = this.#knownAt(format);
      const found: Found[] = [];
      const garbled = new Set<number>();
      for (const table of ['holding', 'input'] as const) {
        // Where one speaks so, others may as well, and a question may have been lost.
        const isExpected = found.length > 0 || garbled.size > 0 || roundsAt(format).includes(table);
        if (!isExpected) continue;
        const startLeftMs = this.#leftMs;
        const each = probeMs(plan, format);
        const addresses = [...new Set([...this.#named, ...plan.addresses])].filter(
          (address) => !known.has(address) && !garbled.has(address) && !found.some((one) => one.address === address),
        );
        const swept = await sweep({
          ...{ prober, addresses, table, isOver: this.options.isOver, probeMs: each },
          waitMs: firstWaitMs(plan, format),
          onProgress: (done, count) => {
            this.#leftMs = Math.max(0, startLeftMs - done * each);
            this.#tell(format, addresses[done] ?? null, found.length + count);
          },
        });
        this.#leftMs = Math.max(0, startLeftMs - plan.addresses.length * each);
        found.push(...swept.found);
        for (const address of swept.garbled) garbled.add(address);
        noisy += swept.noiseBytes;
        if (this.#isOneForAll(found)) {
          this.#troubles.push(answersEverywhere());
          found.splice(1);
          break;
        }
      }
      if (noisy > 0) this.#troubles.push(noise(format, noisy));
      this.#tellGarbled([...garbled], format, noisy > 0);
      await this.#recogniseAll(prober, found, format);
    });
  }

  /** One stop bit more is no other speech: who answered without would answer again. */
  #knownAt(format: PlannedFormat | null): ReadonlySet<number> {
    const same = this.#units.filter(
      ({ format: other }) =>
        other !== null && format !== null && other.baud === format.baud && other.parity === format.parity,
    );
    return new Set(same.map(({ address }) => address));
  }

  #isOneForAll(found: readonly Found[]): boolean {
    const { plan } = this.options;
    return plan.framing === 'mbap' && found.length >= everywhereMin && found.length === plan.addresses.length;
  }

  #tellGarbled(addresses: readonly number[], format: PlannedFormat | null, isNoisy: boolean): void {
    if (addresses.length === 0) return;
    if (isNoisy) {
      this.#troubles.push(garbledAmidNoise(addresses));
      return;
    }
    for (const address of addresses) {
      this.#units.push({ address, format: plain(format), candidates: [], answerMs: 0, trouble: twinsGarbled(address) });
    }
  }

  async #recogniseAll(prober: LineProber, found: readonly Found[], format: PlannedFormat | null): Promise<void> {
    const { plan, profiles, clock, isOver } = this.options;
    const units = await lookAtAll(found, {
      ...{ prober, clock, profiles, isOver, format: plain(format), waitMs: firstWaitMs(plan, format) },
      onProgress: () => this.#tell(format, null, found.length),
    });
    this.#units.push(...units);
  }

  #tellUniversal(): void {
    const universal = this.#hasAnsweredUniversal;
    if (universal === null || this.#units.length > 0 || this.options.isOver()) return;
    this.#troubles.push(universalOnly(universal.address, universal.format));
  }

  #tell(format: PlannedFormat | null, address: number | null, found: number): void {
    const { onProgress } = this.options;
    onProgress({ line: this.#where, format, address, found: this.#units.length + found, leftMs: this.#leftMs });
  }

  async #with(format: PlannedFormat | null, run: (prober: LineProber) => Promise<void>): Promise<void> {
    const prober = await this.#open(format);
    this.#wasOpen = true;
    try {
      await run(prober);
    } finally {
      await prober.close();
    }
  }

  async #open(format: PlannedFormat | null): Promise<LineProber> {
    const { clock, open, plan } = this.options;
    const wire = wireFormat(format);
    for (let tries = 1; ; tries++) {
      try {
        return await LineProber.open({ open: open(wire), clock, framing: plan.framing, format: wire });
      } catch (error) {
        const isOurs = error instanceof DriverError && error.code === 'LINK-003' && this.#wasOpen;
        if (!isOurs || tries >= reopenTries) throw error;
        await pause(clock, reopenWaitMs);
      }
    }
  }
}

function plain(format: PlannedFormat | null): SurveyUnit['format'] {
  if (format === null) return null;
  const { baud, parity, stopBits } = format;
  return { baud, parity, stopBits };
}
