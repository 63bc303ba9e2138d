/** What each output was ordered and has proven, as the journal told it: kept over another site file, because outputs stay as they are. */
import type { OutputConfig } from '../../../config/site.js';
import type { Entry } from '../../../sync/journal/entry.js';
import type { AlarmState } from '../../alarm/facets.js';
import { outputSubject } from '../../alarm/site-subjects.js';
import type { PanelState } from '../api/state.js';

interface Heard {
  readonly desired: boolean | null;
  readonly proven: boolean | null;
  /** Ids of the alarms that want it on. */
  readonly alarms: readonly string[];
}

const unheard: Heard = { desired: null, proven: null, alarms: [] };

export class OutputBook {
  readonly #heard = new Map<string, Heard>();

  see({ kind, detail }: Pick<Entry, 'kind' | 'detail'>): void {
    const { output, on, alarms } = detail;
    if (typeof output !== 'string') return;
    const before = this.#heard.get(output) ?? unheard;
    const because = Array.isArray(alarms) ? alarms.filter((each) => typeof each === 'string') : [];
    if (kind === 'output.found_on') this.#heard.set(output, { desired: null, proven: true, alarms: [] });
    if (typeof on !== 'boolean') return;
    if (kind === 'output.commanded') this.#heard.set(output, { desired: on, proven: null, alarms: because });
    if (kind === 'output.proven') this.#heard.set(output, { ...before, desired: before.desired ?? on, proven: on });
  }

  /** What is at fault is not proven, whatever it was. */
  rows(outputs: readonly OutputConfig[], { subjects }: AlarmState): PanelState['outputs'] {
    const subjectOf = new Map<string, string>();
    for (const { alarm, subject } of subjects.values()) if (alarm !== null) subjectOf.set(alarm.id, subject);
    return Object.fromEntries(
      outputs.map((output) => {
        const { desired, proven, alarms } = this.#heard.get(output.id) ?? unheard;
        const isAtFault = (subjects.get(outputSubject(output).key)?.alarm ?? null) !== null;
        const because = desired === true ? alarms.flatMap((alarm) => subjectOf.get(alarm) ?? []) : [];
        return [output.id, { id: output.id, desired, proven: isAtFault ? null : proven, because }];
      }),
    );
  }
}
