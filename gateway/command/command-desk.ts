/** The one desk for panel, keys, CLI and (later) the district: authorise, apply, answer, journal. */
import type { BootId } from '../../config/ids.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { EngineCommand, StepResult } from '../alarm/step.js';
import type { Command, CommandAnswer, Level, Refusal } from './command.js';

const neededLevel: Readonly<Record<EngineCommand['kind'], Level>> = { acknowledge: 1, silence: 1, reset: 2 };

export class CommandDesk {
  constructor(
    private readonly boot: () => BootId,
    private readonly apply: (command: EngineCommand) => StepResult,
    private readonly record: (drafts: readonly EntryDraft[]) => void,
  ) {}

  /** Local orders never wait for the disk (design.md §1). */
  submit(command: Command): CommandAnswer {
    if (command.level < neededLevel[command.kind]) return this.#refuse(command, 'level-too-low');
    // A view of another boot counted its alarms differently; what it calls the newest says nothing here.
    if ('boot' in command.upTo && command.upTo.boot !== this.boot()) return this.#refuse(command, 'stale-view');
    const { touched, stillActive } = this.apply(command);
    return { accepted: true, touched, stillActive };
  }

  #refuse(command: Command, reason: Refusal): CommandAnswer {
    this.record([
      {
        kind: 'command.refused',
        class: null,
        subject: 'gateway',
        alarm: null,
        zone: null,
        words: { zh: `拒绝命令 ${command.kind}：${reason}`, en: `command ${command.kind} refused: ${reason}` },
        origin: command.origin,
        detail: { command: command.kind, reason },
      },
    ]);
    return { accepted: false, reason };
  }
}
