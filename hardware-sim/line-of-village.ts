import { brandId } from '../config/ids.js';
import type { LineConfig, PointConfig, SiteConfig } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { SimUnit } from './modbus/sim-unit.js';
import type { PtyCommand, PtyEvent } from './pty-talk.js';
import { buildVillage, type Village } from './village.js';

/** A site reduced to one line: what hangs elsewhere does not exist for this process. */
export function siteOfLine(config: SiteConfig, line: LineConfig): SiteConfig {
  const units = config.units.filter((unit) => unit.line === line.id);
  const isHere = (device: string): boolean => units.some((unit) => unit.id === device);
  return {
    ...config,
    lines: [line],
    units,
    points: config.points.filter(({ source }) => source.kind === 'register' && isHere(source.device)),
    outputs: config.outputs.filter(({ target }) => target.kind === 'unit' && isHere(target.device)),
    gpio: null,
  };
}

/** One simulated line that obeys the commands of pty-talk.ts. */
export class LineOfVillage {
  readonly village: Village;

  constructor(
    readonly line: LineConfig,
    config: SiteConfig,
    clock: Clock,
    say: (event: PtyEvent) => void,
  ) {
    this.village = buildVillage(siteOfLine(config, line), clock, { chunkBytes: uartChunkBytes });
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
  return point.source.kind === 'register' && point.source.states === null;
}
