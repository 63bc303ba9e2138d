/** One question to a unit and its answer. */
import type { LineConfig, UnitConfig } from '../../config/site.js';
import type { DriverError } from '../driver-error.js';
import type { ReplyShape } from './frame.js';
import type { ModbusRequest } from './modbus-pdu.js';
import type { UnitRecord } from './unit-record.js';

export type Answer =
  | {
      readonly ok: true;
      readonly values: readonly number[];
      /** Monotonic ms before which the unit can not have looked. */
      readonly sampledMono: number;
      readonly receivedMono: number;
      readonly frame: number;
      readonly confirmed: boolean;
    }
  | { readonly ok: false; readonly error: DriverError };

/** What the line must know about the unit that is asked. */
export type LineUnit = Pick<
  UnitConfig,
  'address' | 'interRequestMs' | 'afterWriteMs' | 'responseTimeoutMs' | 'exceptionStyle'
>;

/** A question and what follows from it. */
export interface Question {
  readonly unit: LineUnit;
  readonly record: UnitRecord;
  readonly request: ModbusRequest;
  /** The request's bytes: two jobs of one key ask the same thing. */
  readonly key: string;
  /** Time of the request on the wire, ms. */
  readonly wireMs: number;
  readonly shape: ReplyShape;
}

/** A question that waits for its turn. */
export interface Job extends Question {
  readonly answer: (answer: Answer) => void;
}

/** A question under way. */
export interface Exchange {
  readonly job: Job;
  readonly slot: number;
  readonly sentMono: number;
  /** Its unit may answer until so long after it was sent, however soon it is given up. */
  readonly fullMs: number;
  readonly fail: (code: 'time-out' | 'garbled') => void;
  readonly finish: (answer: Answer) => void;
}

/** `unit 5 holding 16+1` */
export function whereOf({ unit, request }: Job): string {
  const count = request.kind === 'read' ? `+${request.count}` : '';
  return `unit ${unit.address} ${request.table} ${request.address}${count}`;
}

/** The tty's path, or `host:port`. */
export function whereOfLink(config: LineConfig): string {
  return config.transport === 'serial' ? config.path : `${config.host}:${config.port}`;
}
