/**
 * A module that is nothing but a table of registers. The table is typed in from the paper, not from the device profile: a
 * number that was read wrongly once must not be wrong on both sides.
 */
import type { Table } from '../../config/site.js';
import { withCrc } from './crc16.js';
import type { ExceptionCode } from './unit-codec.js';
import { noRelays, noSuchInput, type UnitModel, type UnitSettings } from './unit-model.js';

/** Registers (or bits) that follow each other in one table. */
export interface BankRange {
  readonly table: Table;
  /** Wire address of the first one. */
  readonly at: number;
  /** What each holds when the module leaves its factory. */
  readonly values: readonly number[];
  /** The world moves them: what is measured. Default: it does not. */
  readonly world?: boolean;
  /** What a master may write there; left out: nothing (exception 2). Any other value gives exception 3. */
  readonly takes?: readonly number[] | 'any';
}

/** A whole module, as its paper describes it. */
export interface BankMap {
  readonly profileId: string;
  readonly functions: readonly number[];
  readonly maxRead?: number;
  readonly ranges: readonly BankRange[];
  /** `byte80`: refuses with function byte 80 whatever was asked. Default: by the standard. */
  readonly refusal?: 'byte80';
  /** What a write sets off beside the register itself; a code refuses it. */
  readonly onWrite?: (address: number, raw: number, set: SetCell, get: GetCell, world: GetCell) => ExceptionCode | null;
  /** What the register shows when the world moves to `raw`, given what it shows now: latching modules keep an alarm. Left out:
   * what the world says. */
  readonly onWorld?: (address: number, raw: number, shown: number) => number;
  /** What an installer sets once. */
  readonly commission?: (set: SetCell) => void;
  /** Holding registers that tell the module's own address and speed. */
  readonly ownAddress?: number;
  readonly ownBaud?: { readonly at: number; readonly codes: readonly number[] | 'number' };
  readonly universalAddress?: number;
}

/** Sets, or tells, one register of the module from inside it. */
export type SetCell = (table: Table, address: number, raw: number) => void;
export type GetCell = (table: Table, address: number) => number;

interface Cell {
  raw: number;
  /** What the world last said. */
  world: number;
  readonly range: BankRange;
}

/** Registers without relays, made from a map. Settings outlive a loss of supply. */
export class RegisterBank implements UnitModel {
  readonly functions: ReadonlySet<number>;
  readonly relays = noRelays.relays;
  readonly relayAt = noRelays.relayAt;
  readonly setPower = noRelays.setPower;
  readonly maxRead?: number;
  readonly universalAddress?: number;
  readonly refuse?: (unit: number, fc: number, code: ExceptionCode) => Uint8Array;
  readonly #cells = new Map<string, Cell>();

  constructor(private readonly map: BankMap) {
    this.functions = new Set(map.functions);
    if (map.maxRead !== undefined) this.maxRead = map.maxRead;
    if (map.universalAddress !== undefined) this.universalAddress = map.universalAddress;
    if (map.refusal === 'byte80') this.refuse = (unit, _fc, code) => withCrc([unit, 0x80, code]);
    for (const range of map.ranges) {
      range.values.forEach((raw, i) => {
        this.#cells.set(keyOf(range.table, range.at + i), { raw, world: raw, range });
      });
    }
  }

  read(table: Table, address: number): number | null {
    return this.#cells.get(keyOf(table, address))?.raw ?? null;
  }

  write(table: 'coil' | 'holding', address: number, raw: number): ExceptionCode | null {
    const cell = this.#cells.get(keyOf(table, address));
    const takes = cell?.range.takes;
    if (cell === undefined || takes === undefined) return 2;
    if (takes !== 'any' && !takes.includes(raw)) return 3;
    const refusal = this.map.onWrite?.(address, raw, this.#set, this.#get, this.#world) ?? null;
    if (refusal === null) cell.raw = raw;
    return refusal;
  }

  setRaw(table: Table, address: number, raw: number): void {
    const cell = this.#cells.get(keyOf(table, address));
    if (cell?.range.world !== true) throw noSuchInput(this.map.profileId, table, address);
    cell.world = raw;
    cell.raw = this.map.onWorld?.(address, raw, cell.raw) ?? raw;
  }

  place({ address, baud }: UnitSettings): void {
    const { ownAddress, ownBaud } = this.map;
    if (ownAddress !== undefined) this.#set('holding', ownAddress, address);
    if (ownBaud === undefined) return;
    const code = ownBaud.codes === 'number' ? baud : ownBaud.codes.indexOf(baud);
    if (code >= 0) this.#set('holding', ownBaud.at, code);
  }

  commission(): void {
    this.map.commission?.(this.#set);
  }

  readonly #set: SetCell = (table, address, raw) => {
    const cell = this.#cells.get(keyOf(table, address));
    if (cell === undefined) throw noSuchInput(this.map.profileId, table, address);
    cell.raw = raw;
  };

  readonly #world: GetCell = (table, address) => this.#cells.get(keyOf(table, address))?.world ?? 0;

  readonly #get: GetCell = (table, address) => this.read(table, address) ?? 0;
}

function keyOf(table: Table, address: number): string {
  return `${table} ${address}`;
}
