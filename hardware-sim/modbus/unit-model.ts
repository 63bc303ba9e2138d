import type { Table } from '../../config/site.js';
import type { RelayBank } from './relay-bank.js';
import type { ExceptionCode } from './unit-codec.js';

/** What is set in a module before it hangs on a line. */
export interface UnitSettings {
  readonly address: number;
  readonly baud: number;
}

/** What one kind of module does with reads and writes. Raw values: coils and inputs 0 or 1, registers 0 to 65535. */
export interface UnitModel {
  /** Function codes it knows; every other one is answered with exception 1. */
  readonly functions: ReadonlySet<number>;
  /** What a master reads there; null = no such address (exception 2). */
  read(table: Table, address: number): number | null;
  /** What a master writes there. Null = done, else the exception. */
  write(table: 'coil' | 'holding', address: number, raw: number): ExceptionCode | null;
  /** The world's side: smoke enters, a contact closes. Throws RangeError where the world has no say. */
  setRaw(table: Table, address: number, raw: number): void;
  readonly relays: RelayBank | null;
  /** The relay (from 0) that shows at this address, or null. */
  relayAt(table: Table, address: number): number | null;
  /** The supply went away or came back. */
  setPower(on: boolean): void;
  /** Registers or bits that it gives in one reply; more is answered with exception 3. Left out: what the standard allows. */
  readonly maxRead?: number;
  /** How it refuses, where it does not do so by the standard: the whole RTU frame, check sum included. */
  refuse?(unit: number, fc: number, code: ExceptionCode): Uint8Array;
  /** Where an installer puts it: address and speed by switches or settings, which some modules also tell in registers. */
  place?(settings: UnitSettings): void;
  /** An address that it answers to beside its own, for one module on the line. */
  readonly universalAddress?: number;
  /** What an installer sets once, before the module hangs in a village (e.g. no input switches an output by itself). */
  commission(): void;
}

/** A module without relays and without memory of its own. */
export const noRelays = {
  relays: null,
  relayAt: () => null,
  setPower: () => {},
  commission: () => {},
} as const satisfies Partial<UnitModel>;

/** For `setRaw` at an address that the world can not move. */
export function noSuchInput(model: string, table: Table, address: number): RangeError {
  return new RangeError(`${model} has no input at ${table} 0x${address.toString(16).padStart(4, '0')}`);
}
