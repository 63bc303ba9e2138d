/**
 * Waveshare modules with inputs: Modbus RTU Relay (D) and Modbus RTU IO 8CH, from the maker's pages. The outputs are those
 * of the 8CH relay; inputs are discrete 0 to 7; holding 1000 to 1007 say per channel what an input does to its output.
 * The trap: the Relay (D) leaves its factory linked, so an input switches the output of its number without any host.
 */
import type { Table } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { RelayBank } from './relay-bank.js';
import type { ExceptionCode } from './unit-codec.js';
import { noSuchInput, type UnitModel } from './unit-model.js';
import { WaveshareRelay8 } from './waveshare-relay8.js';

const channels = 8;
const firstMode = 0x1000;
/** 0 the host alone switches; 1 the output follows the input; 2 each closing turns it over. Higher ones are not modelled. */
const highestMode = 3;

export class WaveshareIo implements UnitModel {
  readonly functions: ReadonlySet<number> = new Set([1, 2, 3, 5, 6, 15]);
  readonly relays: RelayBank;
  readonly #outputs: WaveshareRelay8;
  readonly #inputs = new Array<number>(channels).fill(0);
  readonly #modes: number[];
  #isPowered = true;

  /** `factoryMode` as in holding 1000. */
  constructor(
    clock: Clock,
    private readonly profileId: string,
    factoryMode: 0 | 1,
  ) {
    this.#outputs = new WaveshareRelay8(clock);
    this.relays = this.#outputs.relays;
    this.#modes = new Array<number>(channels).fill(factoryMode);
  }

  read(table: Table, address: number): number | null {
    if (table === 'discrete') return this.#inputs[address] ?? null;
    if (table === 'holding') return this.#modes[address - firstMode] ?? null;
    return this.#outputs.read(table, address);
  }

  write(table: 'coil' | 'holding', address: number, raw: number): ExceptionCode | null {
    if (table === 'coil') return this.#outputs.write(table, address, raw);
    if (this.#modes[address - firstMode] === undefined) return 2;
    if (raw > highestMode) return 3;
    this.#modes[address - firstMode] = raw;
    return null;
  }

  setRaw(table: Table, address: number, raw: number): void {
    if (table !== 'discrete' || this.#inputs[address] === undefined) throw noSuchInput(this.profileId, table, address);
    const hasClosed = this.#inputs[address] === 0 && raw !== 0;
    this.#inputs[address] = raw;
    if (!this.#isPowered) return;
    if (this.#modes[address] === 1) this.relays.set(address, raw !== 0);
    if (this.#modes[address] === 2 && hasClosed) this.relays.toggle(address);
  }

  relayAt(table: Table, address: number): number | null {
    return this.#outputs.relayAt(table, address);
  }

  setPower(on: boolean): void {
    this.#isPowered = on;
    this.#outputs.setPower();
  }

  commission(): void {
    this.#modes.fill(0);
  }
}
