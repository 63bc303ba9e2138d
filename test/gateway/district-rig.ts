/** The desk for orders of the district on a real journal and a virtual clock; what an order would do is written down. */
import { brandId, type EpochId, type UplinkId } from '../../config/ids.js';
import { DistrictDesk } from '../../gateway/command/district/district-desk.js';
import type { Outcome, Plan } from '../../gateway/command/district/outcome.js';
import { FaultyStore } from '../../hardware-sim/disk.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Entry } from '../../sync/journal/entry.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import type { MarkRow, Store, StoreOpened } from '../../sync/journal/store.js';
import type { CommandResult } from '../../sync/messages/command.js';
import { address, commandKey, hourMs, noon } from '../sync/command-rig.js';
import { seeded } from '../sync/rig.js';
import { uplinkConfig } from '../uplink-config.js';

export const district = brandId<UplinkId>('district');
export const config = {
  site: { district: address.district, id: address.site } as never,
  uplinks: [uplinkConfig({ takesCommands: true })],
  commandKeys: [commandKey()],
};

/** A journal that has remembered commands for a day, whatever file it is in, and has these marks. */
export class OldStore extends InlineStore {
  constructor(
    path = ':memory:',
    private readonly more: readonly MarkRow[] = [],
  ) {
    super(path);
  }

  override async open(newEpoch: EpochId): Promise<StoreOpened> {
    const opened = await super.open(newEpoch);
    if (!opened.fresh) return opened;
    const marks = [{ name: 'commands.since', wall: noon - 24 * hourMs, detail: '' }, ...this.more];
    await this.append({ entries: [], facets: [], marks });
    return { ...opened, marks };
  }
}

let seed = 1;

export class DeskRig {
  readonly entries: Entry[] = [];
  readonly answers: CommandResult[] = [];
  /** Names of the orders that took effect, in order. */
  readonly effects: string[] = [];
  outcome: Outcome | Promise<Outcome> = { state: 'done', words: { zh: '好', en: 'done' }, detail: {} };
  readonly journal: JournalCore;
  readonly desk: DistrictDesk;

  private constructor(
    readonly clock: SimClock,
    readonly store: FaultyStore,
    over: Partial<typeof config>,
  ) {
    this.journal = new JournalCore({
      ...{ store, clock, random: seeded(seed++) },
      events: {
        onDurable: () => undefined,
        onLate: () => undefined,
        onState: () => undefined,
        onRestored: () => this.desk.restore(),
        onLost: () => undefined,
      },
    });
    this.desk = new DistrictDesk({
      ...{ config: { ...config, ...over }, clock, journal: this.journal },
      orders: {
        plan: ({ what }): Plan => ({
          run: () => {
            this.effects.push(what.order);
            return this.outcome;
          },
        }),
      },
      record: (drafts, marks = [], commands = []) => {
        const entries = this.journal.append({ drafts, facets: [], marks, commands });
        this.entries.push(...entries);
        return entries;
      },
      answer: (_, result) => this.answers.push(JSON.parse(Buffer.from(result).toString()) as CommandResult),
    });
  }

  /** Started at noon, on a journal that is a day old unless another is given. */
  static async open(
    options: { readonly store?: Store; readonly clock?: SimClock; readonly over?: Partial<typeof config> } = {},
  ) {
    const clock = options.clock ?? new SimClock(noon);
    const store = new FaultyStore(options.store ?? new OldStore(), clock);
    const rig = new DeskRig(clock, store, options.over ?? {});
    let isStarted = false;
    void rig.journal.start().then(() => {
      rig.desk.restore();
      isStarted = true;
    });
    await clock.until(() => isStarted, 5_000);
    return rig;
  }

  /** Hands it in and lets the disk do its work. */
  async take(...envelopes: readonly Uint8Array[]): Promise<readonly CommandResult[]> {
    const before = this.answers.length;
    for (const envelope of envelopes) this.desk.take({ uplink: district, kind: 'command', envelope });
    await this.clock.advance(20);
    return this.answers.slice(before);
  }

  /** As `state` or `state reason`. */
  get told(): readonly string[] {
    return this.answers.map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));
  }

  /** Entries about commands, as `kind` or `kind reason`. */
  get written(): readonly string[] {
    return this.entries
      .filter(({ kind }) => kind.startsWith('command.'))
      .map(({ kind, detail }) => [kind.slice('command.'.length), detail['reason'] ?? []].flat().join(' '));
  }
}
