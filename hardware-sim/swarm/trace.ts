/** A run as columns: virtual time, wires, alarms, outputs, journal, uplinks. What happens in one moment stands in one row. */
import type { Fact, WorldView } from '../checkers/checker.js';

const columns = [
  { name: 'wires', width: 44 },
  { name: 'alarms', width: 54 },
  { name: 'outputs', width: 44 },
  { name: 'journal', width: 30 },
  { name: 'uplinks', width: 40 },
] as const;
type Column = (typeof columns)[number]['name'];

const outputKinds = /^(?:output|voice|drill|siren_test|walk_test)\./;

interface Told {
  readonly column: Column;
  readonly text: string;
}

export class Trace {
  #mono = Number.NaN;
  #row = new Map<Column, string>();

  constructor(private readonly print: (line: string) => void) {
    print(rowOf('virtual time', (name) => name));
  }

  see(fact: Fact, world: WorldView): void {
    const told = toldOf(fact, world);
    if (told === null) return;
    if (fact.mono !== this.#mono || this.#row.has(told.column)) this.flush();
    this.#mono = fact.mono;
    this.#row.set(told.column, told.text);
  }

  flush(): void {
    if (this.#row.size === 0) return;
    this.print(rowOf(virtualTime(this.#mono), (name) => this.#row.get(name) ?? ''));
    this.#row = new Map();
  }
}

function rowOf(time: string, textOf: (column: Column) => string): string {
  const cells = columns.map(({ name, width }) => cut(textOf(name), width).padEnd(width));
  return [time.padEnd(14), ...cells].join(' | ').trimEnd();
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** `0d 01:02:03.456` without the days where there are none. */
export function virtualTime(mono: number): string {
  const ms = Math.floor(mono);
  const two = (n: number): string => String(n).padStart(2, '0');
  const days = Math.floor(ms / 86_400_000);
  const clock = `${two(Math.floor(ms / 3_600_000) % 24)}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  return days === 0 ? clock : `${days}d ${clock}`;
}

function toldOf(fact: Fact, world: WorldView): Told | null {
  switch (fact.kind) {
    case 'phase':
      return { column: 'wires', text: `── ${fact.phase} ──` };
    case 'life.began':
      return { column: 'journal', text: `gateway ${fact.life} starts` };
    case 'life.watching':
      return { column: 'journal', text: `gateway ${fact.life} watches` };
    case 'life.ended':
      return { column: 'journal', text: `gateway ${fact.life} ${fact.how}` };
    case 'point':
      return { column: 'wires', text: `${fact.point} := ${fact.to}` };
    case 'fault.began':
      return { column: 'wires', text: `▼ ${fact.fault} ${fact.note}` };
    case 'fault.ended':
      return { column: 'wires', text: `▲ ${fact.fault} ${fact.note}` };
    case 'output':
      return { column: 'outputs', text: `${fact.output} ${fact.on ? 'ON' : 'off'}` };
    case 'heard':
      return { column: 'outputs', text: `♪ ${fact.heard.speaker} ${fact.heard.what}` };
    case 'ordered': {
      const { what, origin, isAccepted } = fact.order;
      return { column: 'alarms', text: `${origin}: ${what}${isAccepted ? '' : ' (refused)'}` };
    }
    case 'centre.sent':
      return {
        column: 'uplinks',
        text: `← ${fact.order.order} ${fact.order.id}${fact.order.hostile === null ? '' : ` (${fact.order.hostile})`}`,
      };
    case 'centre.result':
      return { column: 'uplinks', text: `→ ${fact.id} ${fact.state} ${fact.reason ?? ''}` };
    case 'centre.heard': {
      const { lane, sequence, entryKind, isDuplicate } = fact.heard;
      return {
        column: 'uplinks',
        text: `→ ${lane} ${sequence ?? 'memory'} ${entryKind ?? ''}${isDuplicate ? ' again' : ''}`,
      };
    }
    case 'city.heard': {
      const { type, objects, isResend } = fact.heard;
      const states = objects.map(({ state }) => state ?? '').join(' ');
      return { column: 'uplinks', text: `⇒ ${type}×${objects.length} ${states}${isResend ? ' again' : ''}` };
    }
    case 'seen':
      return toldOfSeen(fact, world);
  }
}

function toldOfSeen({ seen }: Extract<Fact, { kind: 'seen' }>, world: WorldView): Told | null {
  switch (seen.kind) {
    case 'entry': {
      const { kind, subject, detail } = seen.entry;
      const on = 'on' in detail ? ` ${detail['on'] === true ? 'on' : 'off'}` : '';
      const why = detail['reason'] ?? detail['code'] ?? null;
      const text = `${kind.replace(/^alarm\./, '')} ${subject}${on}${why === null ? '' : ` (${String(why)})`}`;
      const isOfAlarm = kind.startsWith('alarm.') || kind === 'service.changed';
      return { column: isOfAlarm ? 'alarms' : outputKinds.test(kind) ? 'outputs' : 'journal', text };
    }
    case 'entry.durable':
      return { column: 'journal', text: `durable ${world.disk.counts.durable}` };
    case 'report.carried':
      return { column: 'uplinks', text: `carried ${seen.entryId}${seen.durable ? '' : ' from memory'}` };
    case 'uplink.up':
      return { column: 'uplinks', text: `${seen.uplink} up` };
    case 'uplink.down':
      return { column: 'uplinks', text: `${seen.uplink} down ${seen.code}` };
    case 'point.changed':
      return { column: 'wires', text: `  ${seen.reading.pointId} = ${seen.reading.value ?? seen.reading.reason}` };
    default:
      return null;
  }
}
