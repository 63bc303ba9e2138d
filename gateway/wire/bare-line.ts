/** Asks one line directly, without a site file: opened for these questions, by nobody else, closed after them. */
import { brandId, type LineId } from '../../config/ids.js';
import type { LineConfig, SerialFormat } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import { type Answer, type LineUnit, whereOfLink } from '../../drivers/modbus/exchange.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { type Priority, priorities } from '../../drivers/modbus/line-queue.js';
import type { ModbusRequest } from '../../drivers/modbus/modbus-pdu.js';

/** A tty or a connection that does not open within this time is told as not open, ms. */
const openMaxMs = 7000;
/** As a site file leaves it to each line. The slowest model of the library answers after 2 s at most (its `timing`); a person waits. */
const timeoutMs = 1000;
const quarantineMs = 200;

/** Where a line without a site file is. */
export type BarePlace =
  | { readonly kind: 'serial'; readonly path: string; readonly format: SerialFormat }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly transport: 'tcp' | 'rtu_over_tcp' };

/** The line as the driver wants it. `times`: ms; left out: 1000 and 200. */
export function bareLineConfig(
  place: BarePlace,
  times: Partial<Pick<LineConfig, 'timeoutMs' | 'quarantineMs'>> = {},
): LineConfig {
  const common = {
    id: brandId<LineId>('bare'),
    name: { zh: '直接连接', en: 'direct' },
    protocol: 'modbus',
    ...{ timeoutMs, quarantineMs, ...times },
    fireDeadlineMs: 60_000,
  } as const;
  if (place.kind === 'serial') {
    const { path, format } = place;
    return { ...common, transport: 'serial', path, format, rs485: null };
  }
  const { host, port, transport } = place;
  return { ...common, transport, host, port, format: null, inFlight: 1 };
}

/** What a line must know of a unit of which nothing is known but its address. */
export function bareUnit(address: number, known: Partial<LineUnit> = {}): LineUnit {
  return {
    ...{ interRequestMs: 0, afterWriteMs: 0, responseTimeoutMs: Number.MAX_SAFE_INTEGER, exceptionStyle: 'standard' },
    ...known,
    address,
  };
}

export interface BareLineOptions {
  readonly config: LineConfig;
  /** `openerOf(config, clock)` of main. */
  readonly open: OpenByteLink;
  readonly clock: Clock;
  readonly random: () => number;
}

/** One line, opened by hand. It counts with nothing but what it is asked; between two questions it is silent. */
export class BareLine {
  readonly line: ModbusLine;
  readonly config: LineConfig;
  #frames = 0;
  #tell: (error: DriverError | null) => void = () => undefined;

  constructor(private readonly options: BareLineOptions) {
    const { config } = options;
    this.config = config;
    this.line = new ModbusLine({
      ...options,
      nextFrame: () => ++this.#frames,
      onUp: () => this.#tell(null),
      onDown: (error) => this.#tell(error),
    });
  }

  /** Null: it is open. Never rejects; whatever it says, `close` it. */
  async open(): Promise<DriverError | null> {
    return new Promise((resolve) => {
      const late = new DriverError('LINK-004', whereOfLink(this.config), `not open after ${openMaxMs / 1000} s`);
      const giveUp = this.options.clock.after(openMaxMs, () => resolve(late));
      this.#tell = (error) => {
        giveUp();
        resolve(error);
      };
      this.line.start();
    });
  }

  /** Asks once. Never rejects. */
  ask(unit: LineUnit, request: ModbusRequest, priority: Priority = priorities.operator): Promise<Answer> {
    return this.line.request(unit, priority, request);
  }

  /** The raw values of registers (0 to 65535) or bits (0 or 1). Never rejects. */
  read(address: number, what: Omit<Extract<ModbusRequest, { kind: 'read' }>, 'kind'>): Promise<Answer> {
    return this.ask(bareUnit(address), { kind: 'read', ...what });
  }

  /** Resolves when the tty or connection is free for others. */
  close(): Promise<void> {
    return this.line.stop();
  }
}
