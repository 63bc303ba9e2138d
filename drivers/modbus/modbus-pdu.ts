/** The only file that touches modbus-serial. It codes requests and decodes answers; it owns no time and no matching. */
import modbusSerial from 'modbus-serial';
import type { Table } from '../../config/site.js';
import type { ReplyShape } from './frame.js';
import type { ModbusPort } from './modbus-port.js';

export type ModbusRequest =
  | { readonly kind: 'read'; readonly table: Table; readonly address: number; readonly count: number }
  | {
      readonly kind: 'write';
      readonly table: 'coil' | 'holding';
      readonly address: number;
      /** Coil 0 or 1; register 0 to 65535. */
      readonly value: number;
      /** By function 15 or 16, for units that know no 05 or 06. Left out: 05 or 06. */
      readonly asMany?: boolean;
      /** Of a coil by function 05: `value` is the word on the wire, 0 to 65535, for units whose timers want others than FF00
       * and 0000 (devices.md §4.2). */
      readonly asWord?: boolean;
    };

/** The unit's own refusal (Modbus Application Protocol 1.1b3, 7). */
export class ModbusException extends Error {
  constructor(readonly exceptionCode: number) {
    super(`modbus exception ${exceptionCode}`);
  }
}

/** Raw values as they stand in the answer: registers 0 to 65535, bits 0 or 1; empty for a write. */
type Done = (error: Error | null, values: readonly number[]) => void;

export class ModbusPdu {
  readonly #client: InstanceType<typeof modbusSerial.default>;

  constructor(private readonly port: ModbusPort) {
    this.#client = new modbusSerial.default(port);
    this.#client.open(() => undefined);
  }

  /** Sends one request through the port. `done` is called once, when the port hands the answer on; never if it does not.
   * `slot` is free again then, or after a time-out. */
  transact(slot: number, shape: ReplyShape, request: ModbusRequest, done: Done): void {
    const { unit } = shape;
    this.port.prepare(slot, shape);
    const finish = (error: Error | null, values: readonly number[]): void => {
      const code = (error as { modbusCode?: unknown } | null)?.modbusCode;
      if (typeof code === 'number') done(new ModbusException(code), []);
      else if (error !== null) done(error, []);
      else done(null, values);
    };
    const onRead = (error: Error | null, result: { data: (number | boolean)[] } | undefined): void => {
      const count = request.kind === 'read' ? request.count : 0;
      finish(error, rawValues(result?.data ?? [], count));
    };
    const onWritten = (error: Error | null): void => finish(error, []);
    if (request.kind === 'write') {
      const { table, address, value } = request;
      const isMany = request.asMany === true;
      if (table === 'coil' && request.asWord === true) {
        // modbus-serial writes FF00 and 0000 only. The answer is told from others by its head all the same.
        this.#client.writeCustomFC(unit, 5, [...wordBytes(address), ...wordBytes(value)], onWritten);
      } else if (table === 'coil' && isMany) this.#client.writeFC15(unit, address, [value !== 0], onWritten);
      else if (table === 'coil') this.#client.writeFC5(unit, address, value !== 0, onWritten);
      else if (isMany) this.#client.writeFC16(unit, address, [value], onWritten);
      else this.#client.writeFC6(unit, address, value, onWritten);
      return;
    }
    switch (request.table) {
      case 'coil':
        this.#client.writeFC1(unit, request.address, request.count, onRead);
        return;
      case 'discrete':
        this.#client.writeFC2(unit, request.address, request.count, onRead);
        return;
      case 'holding':
        this.#client.writeFC3(unit, request.address, request.count, onRead);
        return;
      case 'input':
        this.#client.writeFC4(unit, request.address, request.count, onRead);
        return;
    }
  }
}

/** Of bits the whole bytes come; of a failed request nothing. */
function rawValues(told: readonly (number | boolean)[], count: number): readonly number[] {
  const values: number[] = [];
  for (let i = 0; i < count && i < told.length; i++) values.push(Number(told[i]));
  return values;
}

/** High byte first. */
function wordBytes(word: number): readonly number[] {
  return [word >>> 8, word & 0xff];
}
