/** Everything that people order about alarms, connected: the desk, wired keys, units that latch themselves, the all-clear. */
import type { BootId } from '../config/ids.js';
import type { Reading } from '../config/reading.js';
import type { SiteConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { EntryDraft } from '../sync/journal/entry.js';
import type { AlarmState } from './alarm/facets.js';
import type { EngineCommand, EngineInput, StepResult } from './alarm/step.js';
import type { Subject } from './alarm/subject.js';
import { type WalkTestOrder, type WalkTestRefusal, walkTestRefusal } from './alarm/walk-test-order.js';
import type { Command, CommandAnswer, ServiceCommand } from './command/command.js';
import { CommandDesk } from './command/command-desk.js';
import { exerciseKeys } from './command/exercise-keys.js';
import { KeyWatch } from './command/key-watch.js';
import { NamedSubjects } from './command/named-subjects.js';
import { UnitReset } from './command/unit-reset.js';
import type { PointTable } from './points/point-table.js';
import type { SiteLines } from './site-lines.js';
import type { SiteSounds } from './site-sounds.js';
import { WireDesk } from './wire/wire-desk.js';

export interface SiteOrdersOptions {
  readonly config: SiteConfig;
  /** All that can be at fault beside its points. */
  readonly faults: readonly Subject[];
  readonly clock: Clock;
  readonly boot: () => BootId;
  /** As they stand now. */
  readonly alarms: () => AlarmState;
  readonly apply: (input: EngineInput) => StepResult;
  readonly record: (drafts: readonly EntryDraft[]) => void;
  readonly lines: () => SiteLines;
  readonly points: PointTable;
  readonly sounds: SiteSounds;
  /** Somebody has pressed the acknowledge key, whatever there was to acknowledge, or the key that only says that he is there. */
  readonly onAcknowledgeKey?: (origin: string) => void;
}

export class SiteOrders {
  /** Questions and orders to the wire by hand. */
  readonly wire: WireDesk;
  readonly #named: NamedSubjects;
  readonly #desk: CommandDesk;
  readonly #unitReset: UnitReset;
  readonly #keys: KeyWatch;

  constructor(private readonly options: SiteOrdersOptions) {
    const { config, faults, clock, boot, alarms, apply, record, lines, points, sounds } = options;
    this.#named = new NamedSubjects(config.points, faults);
    this.#desk = new CommandDesk(boot, apply, record, this.#named, (command) => this.#unitReset.begin(command));
    this.#unitReset = new UnitReset({
      ...{ units: config.units, points: config.points, clock, alarms, record },
      write: (unit, writes) => lines().write(unit, writes),
      apply: (command) => this.#noticeReset(command, () => apply({ kind: 'command', command })),
    });
    this.wire = new WireDesk({ ...{ config, clock, points, record }, lineOf: (id) => lines().modbus.get(id) });
    const keys = exerciseKeys(sounds.desk, options.onAcknowledgeKey);
    this.#keys = new KeyWatch(config.points, clock, (command) => this.#press(command), keys);
  }

  command(command: Command): CommandAnswer {
    const answer = this.#noticeReset(command, () => this.#desk.submit(command));
    if (answer.accepted && command.kind !== 'acknowledge') {
      this.options.record(this.options.sounds.annunciator.decide());
    }
    return answer;
  }

  #press(command: Command): void {
    this.command(command);
    if (command.kind === 'acknowledge') this.options.onAcknowledgeKey?.(command.origin);
  }

  /** Takes something out of the watch for a while, or puts it back. */
  serve(command: ServiceCommand): CommandAnswer {
    return this.#desk.serve(command, this.options.alarms());
  }

  /** Begins or ends the walk test of a zone; null: it did. */
  walkTest(order: WalkTestOrder): WalkTestRefusal | null {
    const refusal = walkTestRefusal(order, this.options.alarms(), this.#named.subjects);
    if (refusal === null) this.options.apply({ kind: 'walk-test', order });
    return refusal;
  }

  /** A point has changed: perhaps it is a key. */
  see(before: Reading | null, reading: Reading): void {
    this.#keys.see(before, reading);
  }

  stop(): void {
    this.#keys.stop();
    this.#unitReset.stop();
  }

  /** What a person's reset brings to an end is told on the loudspeakers. */
  #noticeReset<Answer>({ kind, origin }: EngineCommand, obey: () => Answer): Answer {
    const before = this.options.alarms();
    const answer = obey();
    if (kind === 'reset') this.options.sounds.sawReset(before, origin);
    return answer;
  }
}
