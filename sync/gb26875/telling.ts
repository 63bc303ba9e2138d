/** What entries are told with: the table of one centre, its habits, and how the site stands now. */
import type { BootId, UplinkId } from '../../config/ids.js';
import type { GbDialect } from '../../config/site.js';
import type { GbPointRow, GbPointTable } from '../../config/uplinks/gb-point-table.js';
import { gbBits, gbDeviceBits } from '../../config/uplinks/gb-roles.js';
import type { AlarmClass } from '../../config/vocabulary.js';
import type { Entry } from '../journal/entry.js';
import type { GbAdu, GbTime } from './frame-types.js';

/** What is said of one thing, with the words that hold when it is called: of one type, the last one is the newest. None: nothing any more. */
export type GbTold = () => readonly GbAdu[];

/** One thing that is so at this moment. */
export interface GbStanding {
  /** As entries name it: `point:smoke-3/smoke`, `fault:unit:io-1`, `output:siren-hall`. */
  readonly subject: string;
  readonly class: AlarmClass | null;
  /** In alarm (latched, too), taken out of the watch, or an output that is on, as ordered or as proven. */
  readonly is: 'alarm' | 'shielded' | 'on' | 'proven';
  /** ms since 1970. */
  readonly sinceWall: number;
  /** Monotonic ms of this start; -Infinity: since an earlier one. */
  readonly sinceMono: number;
}

export interface GbTelling {
  readonly uplink: UplinkId;
  readonly table: GbPointTable;
  readonly fireState: GbDialect['fireState'];
  /** Local time of the box at that moment; null: not to be written (time-tag.ts, `gbTimeOf`). */
  timeOf(wall: number): GbTime | null;
  nowWall(): number;
  /** Of this start; null: nothing watches now. */
  boot(): BootId | null;
  /** So old that it may have been overtaken. */
  isHistorical(entry: Entry): boolean;
  /** A snapshot; asked for each entry, so cheap. Null: what an earlier start has left standing is not known yet. */
  standing(): readonly GbStanding[] | null;
}

/** Whom something concerns: components, with the bits it sets there, and the transmission device itself. */
export interface GbTouch {
  readonly rows: readonly { readonly row: GbPointRow; readonly bits: number }[];
  readonly device: number;
}

const nobody: GbTouch = { rows: [], device: 0 };

export function touchOf(what: Pick<GbStanding, 'subject' | 'class' | 'is'>, table: GbPointTable): GbTouch {
  const touch = alarmTouch(what.subject, table);
  switch (what.is) {
    case 'alarm':
      return touch;
    case 'shielded':
      return { rows: touch.rows.map(({ row }) => ({ row, bits: gbBits.shielded })), device: 0 };
    case 'on':
    case 'proven': {
      const bits = what.is === 'on' ? gbBits.started : gbBits.started | gbBits.feedback;
      return { rows: touch.rows.map(({ row }) => ({ row, bits })), device: 0 };
    }
  }
}

function alarmTouch(subject: string, table: GbPointTable): GbTouch {
  const [, kind = '', id = ''] = /^(fault:[a-z-]+|[a-z]+):(.*)$/.exec(subject) ?? [];
  switch (kind) {
    case 'point': {
      const found = table.ofPoint.get(id);
      if (found !== undefined) return { rows: found.bits === 0 ? [] : [found], device: 0 };
      return { rows: [], device: table.ofBox.get(id) ?? 0 };
    }
    case 'output':
    case 'fault:output':
    case 'fault:siren-test':
      return atFault([table.ofOutput.get(id)]);
    case 'fault:point': {
      const row = table.ofPoint.get(id)?.row;
      if (row !== undefined) return atFault([row]);
      return table.ofBox.has(id) ? { rows: [], device: gbDeviceBits.fault } : nobody;
    }
    case 'fault:unit':
    case 'fault:registers':
    case 'fault:setup':
    case 'fault:address': {
      const rows = table.ofDevice.get(id) ?? [];
      return rows.length > 0 ? atFault(rows) : { rows: [], device: gbDeviceBits.fault | gbDeviceBits.lines };
    }
    case 'fault:line':
      return { rows: [], device: gbDeviceBits.fault | gbDeviceBits.lines };
    case 'fault:uplink':
      return { rows: [], device: gbDeviceBits.centre };
    default:
      return kind.startsWith('fault:') ? { rows: [], device: gbDeviceBits.fault } : nobody;
  }
}

function atFault(rows: readonly (GbPointRow | undefined)[]): GbTouch {
  return { rows: rows.flatMap((row) => (row === undefined ? [] : [{ row, bits: gbBits.fault }])), device: 0 };
}

/** The state of a component. Nothing of ours is ever "under test", so bit 0 stands, unless a platform wants a fire alone. */
export function componentWord(bits: number, fireState: GbDialect['fireState']): number {
  return fireState === 2 && (bits & gbBits.fire) !== 0 ? bits & ~gbBits.normal : bits | gbBits.normal;
}

export function textOf(row: GbPointRow): string {
  return row.name.zh;
}
