/** All lines of a site, each with its only owner: Modbus lines, and lines whose devices speak a dialect of their own. */
import type { DeviceId, LineId, OutputId, PointId } from '../config/ids.js';
import type { Reading } from '../config/reading.js';
import type { LineConfig, SiteConfig, UnitConfig, UnitWrite } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { OpenByteLink } from '../drivers/driver.js';
import type { DriverError } from '../drivers/driver-error.js';
import { ModbusLine } from '../drivers/modbus/line.js';
import { writeUnit } from '../drivers/modbus/unit-write.js';
import type { StreamCodec } from '../drivers/stream/framer.js';
import { StreamLine } from '../drivers/stream/stream-line.js';
import type { UnknownCode } from '../drivers/stream/unknown-codes.js';
import { KeptLines, type LineOwner, type StreamOwner } from './staging/kept-lines.js';

export interface SiteLinesOptions {
  readonly config: SiteConfig;
  readonly clock: Clock;
  readonly random: () => number;
  readonly nextFrame: () => number;
  readonly codecs: ReadonlyMap<string, StreamCodec>;
  readonly openLine: (line: LineConfig) => OpenByteLink;
  /** Lines that outlive this site file; left out: none does. */
  readonly kept?: KeptLines;
  /** The line was opened (null), went down, or could not be opened. */
  readonly onLink: (line: LineId, error: DriverError | null) => void;
  /** Two units of this address answer, or one answers twice. */
  readonly onTwoAnswers: (line: LineId, address: number) => void;
  /** What devices with a dialect of their own tell. */
  readonly onReadings: (readings: readonly Reading[]) => void;
  readonly onDevice: (line: LineId, device: DeviceId, what: 'heard' | 'silent') => void;
  readonly onUnknown: (unknown: UnknownCode) => void;
}

export class SiteLines {
  readonly modbus: ReadonlyMap<LineId, ModbusLine>;
  readonly #kept: KeptLines;
  /** Answers of lines that were kept, given to the site file before. */
  readonly #answersBefore = new Map<LineId, number>();
  #streams: readonly StreamLine[] = [];

  constructor(private readonly options: SiteLinesOptions) {
    this.#kept = options.kept ?? new KeptLines();
    this.modbus = new Map(this.#of('modbus').map((line) => [line.id, this.#modbusLine(line)]));
  }

  /** Opens what carries outputs, before anything is read. */
  startModbus(): void {
    for (const [id, { counts }] of this.modbus) this.#answersBefore.set(id, counts.answers);
    for (const id of this.modbus.keys()) this.#kept.begin(id);
  }

  /** Begins to listen: what is told from now on is taken. `standing`: in which state points stood when the gateway stopped;
   * panels tell changes, not states. */
  startStreams(standing: ReadonlyMap<PointId, string>): void {
    this.#streams = this.#of('stream').map((line) => this.#streamLine(line, standing));
    for (const { id } of this.#of('stream')) this.#kept.begin(id);
  }

  /** The same, known only after the start. */
  recall(standing: ReadonlyMap<PointId, string>): void {
    for (const line of this.#streams) line.recall(standing);
  }

  /** Resolves when every link is closed that does not go on under the next site file. */
  async stop(): Promise<void> {
    await Promise.all(this.options.config.lines.map(({ id }) => this.#kept.release(id)));
  }

  /** Of a line that nobody is asked on for points: one of its units has answered in the last five minutes, and since the start. */
  hasAnswered(id: LineId): boolean {
    const line = this.modbus.get(id);
    if (line === undefined || line.counts.answers <= (this.#answersBefore.get(id) ?? 0)) return false;
    return this.options.config.units.some((unit) => unit.line === id && line.unitStats(unit.address).answers > 0);
  }

  /** The unit that carries an output, and its line. Throws for what the checks of the site file let nobody write. */
  ofUnit(id: DeviceId, output: OutputId): { readonly unit: UnitConfig; readonly line: ModbusLine } {
    const unit = this.options.config.units.find((each) => each.id === id);
    const line = unit === undefined ? undefined : this.modbus.get(unit.line);
    if (unit === undefined || line === undefined) throw new Error(`output ${output} has no unit`);
    return { unit, line };
  }

  /** Sends them on the unit's line, as a person's order. Null: all were confirmed. Never rejects. */
  async write(unit: UnitConfig, writes: readonly UnitWrite[]): Promise<DriverError | null> {
    const line = this.modbus.get(unit.line);
    if (line === undefined) throw new Error(`unit ${unit.id} has no line`);
    return writeUnit(line, unit, writes);
  }

  #of(protocol: LineConfig['protocol']): readonly LineConfig[] {
    return this.options.config.lines.filter((line) => line.protocol === protocol);
  }

  #modbusLine(config: LineConfig): ModbusLine {
    const { clock, random, nextFrame, openLine, onLink, onTwoAnswers } = this.options;
    const owner: LineOwner = {
      nextFrame,
      onUp: () => onLink(config.id, null),
      onDown: (error) => onLink(config.id, error),
      onTwoAnswers: (address) => onTwoAnswers(config.id, address),
    };
    const make = (told: LineOwner): ModbusLine =>
      new ModbusLine({ ...{ config, clock, random }, open: openLine(config), ...told });
    return this.#kept.modbus(this.options.config, config, owner, make);
  }

  #streamLine(line: LineConfig, standing: ReadonlyMap<PointId, string>): StreamLine {
    const { config, clock, random, nextFrame, codecs, openLine, onLink, onReadings, onDevice, onUnknown } =
      this.options;
    const owner: StreamOwner = {
      ...{ nextFrame, onReadings, onUnknown },
      onUp: () => onLink(line.id, null),
      onDown: (error) => onLink(line.id, error),
      onDevice: (device, what) => onDevice(line.id, device, what),
    };
    const make = (told: StreamOwner): StreamLine =>
      new StreamLine({
        ...{ clock, random, codecs, standing },
        config: line,
        devices: config.streams.filter((device) => device.line === line.id),
        points: config.points,
        open: openLine(line),
        ...told,
      });
    return this.#kept.stream(config, line, owner, make);
  }
}
