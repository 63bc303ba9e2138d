/**
 * Eletechsup N4D8B08, 8 inputs and 8 outputs, all as 16-bit holding registers (FC 03 and 06), from the maker's paper.
 * Its traps: what is written (0100 = on) is not what is read (0001); leaving the factory an input switches the output
 * of its number without any host.
 */
import type { Table } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import { RelayBank } from './relay-bank.js';
import type { ExceptionCode } from './unit-codec.js';
import { noSuchInput, type UnitModel, type UnitSettings } from './unit-model.js';

const channels = 8;
const allOutputs = 0x0000;
const firstOutput = 0x0001;
const firstInput = 0x0081;
const linkModeAddress = 0x00fd;
const baudAddress = 0x00fe;
const bauds = [1200, 2400, 4800, 9600, 19_200];
const momentaryMs = 1000;
const timerStepMs = 1000;

export class N4d8b08 implements UnitModel {
  readonly functions: ReadonlySet<number> = new Set([3, 6]);
  readonly relays: RelayBank;
  readonly #inputs = new Array<number>(channels).fill(0);
  /** 0 unlinked, 1 self-lock: each closing of an input turns its output over. Kept without supply. */
  #linkMode = 1;
  #isPowered = true;
  #baudCode = 3;

  constructor(clock: Clock) {
    this.relays = new RelayBank(channels, clock);
  }

  read(table: Table, address: number): number | null {
    if (table !== 'holding') return null;
    const output = channelOf(address, firstOutput);
    if (output !== null) return this.relays.isOn(output) ? 1 : 0;
    const input = channelOf(address, firstInput);
    if (input !== null) return this.#inputs[input] ?? 0;
    if (address === baudAddress) return this.#baudCode;
    return address === linkModeAddress ? this.#linkMode : null;
  }

  write(table: 'coil' | 'holding', address: number, raw: number): ExceptionCode | null {
    if (table !== 'holding') return 1;
    const output = channelOf(address, firstOutput);
    if (output !== null) return this.#orderOutput(output, raw);
    if (address === allOutputs) return this.#orderAll(raw);
    if (address !== linkModeAddress) return 2;
    if (raw !== 0 && raw !== 1) return 3;
    this.#linkMode = raw;
    return null;
  }

  setRaw(table: Table, address: number, raw: number): void {
    const input = table === 'holding' ? channelOf(address, firstInput) : null;
    if (input === null) throw noSuchInput('n4d8b08', table, address);
    const hasClosed = this.#inputs[input] === 0 && raw !== 0;
    this.#inputs[input] = raw;
    if (hasClosed && this.#linkMode === 1 && this.#isPowered) this.relays.toggle(input);
  }

  relayAt(table: Table, address: number): number | null {
    return table === 'holding' ? channelOf(address, firstOutput) : null;
  }

  setPower(on: boolean): void {
    this.#isPowered = on;
    this.relays.setAll(false);
  }

  place({ baud }: UnitSettings): void {
    const code = bauds.indexOf(baud);
    if (code >= 0) this.#baudCode = code;
  }

  commission(): void {
    this.#linkMode = 0;
  }

  #orderOutput(output: number, raw: number): ExceptionCode | null {
    const seconds = raw & 0xff;
    switch (raw >>> 8) {
      case 0x01:
        this.relays.set(output, true);
        return null;
      case 0x02:
        this.relays.set(output, false);
        return null;
      case 0x03:
        this.relays.toggle(output);
        return null;
      case 0x04:
        for (let other = 0; other < channels; other++) this.relays.set(other, other === output);
        return null;
      case 0x05:
        this.relays.setFor(output, true, momentaryMs);
        return null;
      case 0x06:
        this.relays.setFor(output, true, seconds * timerStepMs);
        return null;
      default:
        return 3;
    }
  }

  #orderAll(raw: number): ExceptionCode | null {
    if (raw !== 0x0700 && raw !== 0x0800) return 3;
    this.relays.setAll(raw === 0x0700);
    return null;
  }
}

function channelOf(address: number, first: number): number | null {
  const channel = address - first;
  return channel >= 0 && channel < channels ? channel : null;
}
