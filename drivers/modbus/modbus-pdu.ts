/** The only file that touches modbus-serial. It codes requests and decodes answers; it owns no time and no matching. */
import modbusSerial from 'modbus-serial';
import type { Table } from '../../config/site.js';
import type { RtuPort } from './rtu-port.js';

export type ModbusRequest =
  | { readonly kind: 'read'; readonly table: Table; readonly address: number; readonly count: number }
  | {
      readonly kind: 'write';
      readonly table: 'coil' | 'holding';
      readonly address: number;
      /** Coil 0 or 1; register 0 to 65535. */
      readonly value: number;
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

  constructor(port: RtuPort) {
    this.#client = new modbusSerial.default(port);
    this.#client.open(() => undefined);
  }

  /** Sends one request through the port. `done` is called once, when the port hands the answer on; never if it does not. */
  transact(unit: number, request: ModbusRequest, done: Done): void {
    const finish = (error: Error | null, values: readonly (number | boolean)[]): void => {
      const code = (error as { modbusCode?: unknown } | null)?.modbusCode;
      if (typeof code === 'number') done(new ModbusException(code), []);
      else if (error !== null) done(error, []);
      else done(null, values.map(Number));
    };
    const onRead = (error: Error | null, result: { data: (number | boolean)[] } | undefined): void => {
      const count = request.kind === 'read' ? request.count : 0;
      finish(error, result?.data.slice(0, count) ?? []);
    };
    const onWritten = (error: Error | null): void => finish(error, []);
    if (request.kind === 'write') {
      if (request.table === 'coil') this.#client.writeFC5(unit, request.address, request.value !== 0, onWritten);
      else this.#client.writeFC6(unit, request.address, request.value, onWritten);
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
