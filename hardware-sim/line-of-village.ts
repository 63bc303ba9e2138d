import { brandId } from '../config/ids.js';
import type { LineConfig, PointConfig, SerialFormat, SiteConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { SimUnit } from './modbus/sim-unit.js';
import type { PtyPlace, TcpPlace } from './pty-options.js';
import type { PtyCommand, PtyEvent } from './pty-talk.js';
import { buildVillage, type Village } from './village.js';

/** A site reduced to one line: what hangs elsewhere does not exist for this process. */
export function siteOfLine(config: SiteConfig, line: LineConfig): SiteConfig {
  const units = config.units.filter((unit) => unit.line === line.id);
  const streams = config.streams.filter((stream) => stream.line === line.id);
  const isHere = (device: string): boolean => [...units, ...streams].some(({ id }) => id === device);
  return {
    ...config,
    lines: [line],
    units,
    streams,
    points: config.points.filter(({ source }) => 'device' in source && isHere(source.device)),
    pairs: [],
    outputs: config.outputs.filter(({ target }) => target.kind === 'unit' && isHere(target.device)),
    gpio: null,
  };
}

/** Serial servers and units leave their factory so. */
const usualFormat: SerialFormat = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

/** The same line reached in another way: at a tty, or behind a TCP server. What is known of its serial settings stays. */
export function lineAt(line: LineConfig, at: PtyPlace | TcpPlace, baud: number | null): LineConfig {
  const { id, name, protocol, timeoutMs, quarantineMs, fireDeadlineMs } = line;
  const common = { id, name, protocol, timeoutMs, quarantineMs, fireDeadlineMs };
  const asSite = baud === null ? line.format : { ...(line.format ?? usualFormat), baud };
  if (at.kind === 'pty') {
    return { ...common, transport: 'serial', path: at.path, format: asSite ?? usualFormat, rs485: null };
  }
  const { host, port, framing } = at;
  const transport = framing === 'rtu' ? 'rtu_over_tcp' : 'tcp';
  return { ...common, transport, host, port, format: asSite, inFlight: 1 };
}

/** One simulated line that obeys the commands of pty-talk.ts. */
export class LineOfVillage {
  readonly village: Village;

  constructor(
    readonly line: LineConfig,
    config: SiteConfig,
    clock: Clock,
    say: (event: PtyEvent) => void,
    unitBauds: ReadonlyMap<number, number> = new Map(),
  ) {
    this.village = buildVillage(siteOfLine(config, line), clock, {
      chunkBytes: uartChunkBytes,
      isMovable: line.transport === 'serial',
      speechOf: ({ address }) => {
        const baud = unitBauds.get(address);
        return baud === undefined ? null : { baud, parity: line.format?.parity ?? 'none' };
      },
    });
    this.village.onOutputChange((output, on) => say({ event: 'output', output, on }));
  }

  /** Does it and tells what to answer. `quit` is the caller's business. */
  obey(command: Exclude<PtyCommand, { verb: 'quit' }>): PtyEvent {
    try {
      switch (command.verb) {
        case 'set':
          this.#set(command.point, command.state);
          return ok('set', command.point, command.state);
        case 'off':
        case 'on':
          this.village.switchUnit(brandId(command.device), command.verb === 'on');
          return ok(command.verb, command.device);
        case 'delay':
          this.#unit(command.device).turnaroundMs = command.delayMs;
          return ok('delay', command.device, String(command.delayMs));
        case 'cut':
        case 'mend':
          this.village.cutLine(this.line.id, command.verb === 'cut');
          return ok(command.verb);
        case 'outputs':
          return { event: 'outputs', outputs: this.#outputs() };
      }
    } catch (error) {
      if (error instanceof RangeError) return { event: 'error', text: error.message };
      throw error;
    }
  }

  #set(pointId: string, state: string): void {
    const point = this.village.config.points.find((each) => each.id === pointId);
    this.village.setPoint(brandId(pointId), point !== undefined && isNumber(point) ? Number(state) : state);
  }

  #unit(device: string): SimUnit {
    const unit = this.village.units.get(brandId(device));
    if (unit === undefined) throw new RangeError(`the line has no device ${device}`);
    return unit;
  }

  #outputs(): Record<string, boolean> {
    const { config } = this.village;
    return Object.fromEntries(config.outputs.map(({ id }) => [id, this.village.outputIsOn(id)]));
  }
}

/** As a UART with a FIFO hands them over. */
const uartChunkBytes = 16;

function ok(...words: string[]): PtyEvent {
  return { event: 'ok', command: words.join(' ') };
}

function isNumber(point: PointConfig): boolean {
  const { source } = point;
  return (source.kind === 'register' && source.states === null) || (source.kind === 'stream' && source.rest === null);
}
