/** The one desk for panel, keys, CLI and (later) the district: authorise, apply, answer, journal. */
import type { BootId, DeviceId } from '../../config/ids.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { AlarmState } from '../alarm/facets.js';
import { type ServiceOrder, serviceRefusal } from '../alarm/service-order.js';
import type { EngineCommand, EngineInput, StepResult } from '../alarm/step.js';
import type { Command, CommandAnswer, Level, Refusal, ServiceCommand } from './command.js';
import type { NamedSubjects } from './named-subjects.js';
import { commandRefusalWords } from './refusal-words.js';
import { refusedDraft } from './refused-draft.js';

const neededLevel: Readonly<Record<EngineCommand['kind'], Level>> = { acknowledge: 1, silence: 1, reset: 2 };

/** Design.md §6: to shelve is duty staff's, to take out of service the installer's; putting back is always safe. */
const serviceLevel: Readonly<Record<ServiceOrder['to'], Level>> = { shelved: 2, 'out-of-service': 3, 'in-service': 2 };

export class CommandDesk {
  constructor(
    private readonly boot: () => BootId,
    private readonly apply: (input: EngineInput) => StepResult,
    private readonly record: (drafts: readonly EntryDraft[]) => void,
    private readonly named: NamedSubjects,
    /** Passes a reset on to the units that latch themselves, in front of the engine. */
    private readonly tellUnits: (command: EngineCommand) => readonly DeviceId[],
  ) {}

  /** Local orders never wait for the disk (design.md §1). */
  submit(command: Command): CommandAnswer {
    if (command.level < neededLevel[command.kind]) return this.#refuse(command, 'level-too-low');
    // A view of another boot counted its alarms differently; what it calls the newest says nothing here.
    if ('boot' in command.upTo && command.upTo.boot !== this.boot()) return this.#refuse(command, 'stale-view');
    const pending = this.tellUnits(command);
    const { touched, stillActive } = this.apply({ kind: 'command', command });
    return { accepted: true, touched, stillActive, ...(pending.length === 0 ? {} : { pending }) };
  }

  /** `subjects` may also be ids of devices and points. */
  serve(command: ServiceCommand, alarms: AlarmState): CommandAnswer {
    const about = { kind: command.to, origin: command.origin };
    if (command.level < serviceLevel[command.to]) return this.#refuse(about, 'level-too-low');
    const order = { ...command, subjects: command.subjects.flatMap((name) => this.named.keysOf(name, alarms)) };
    const isUnseen = (key: string): boolean => {
      const facets = alarms.subjects.get(key);
      return facets !== undefined && facets.alarm !== null && facets.acknowledged === null && facets.service === null;
    };
    const refusal = serviceRefusal(order, (key) => this.named.classOf(key, alarms), isUnseen);
    if (refusal !== null) return this.#refuse(about, refusal);
    const { touched } = this.apply({ kind: 'service', order });
    return { accepted: true, touched, stillActive: [] };
  }

  #refuse(command: Pick<Command, 'origin'> & { readonly kind: string }, reason: Refusal): CommandAnswer {
    this.record([refusedDraft(command, reason, commandRefusalWords[reason])]);
    return { accepted: false, reason };
  }
}
