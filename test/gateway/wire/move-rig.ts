/** Units that can be moved, on one pair, and a person who says yes. */
import { parseProfile } from '../../../config/profile-library.js';
import type { ModbusProfile } from '../../../config/profile-schema.js';
import { BareLine, bareLineConfig } from '../../../gateway/wire/bare-line.js';
import { type Moved, moveUnit } from '../../../gateway/wire/move-unit.js';
import { type MoveAsk, planMove } from '../../../gateway/wire/plan-move.js';
import { RetunedLine } from '../../../gateway/wire/retuned-line.js';
import { ByteWire } from '../../../hardware-sim/byte-wire.js';
import { makeModel } from '../../../hardware-sim/modbus/models.js';
import { MovableUnit } from '../../../hardware-sim/modbus/movable-unit.js';
import { unitMoves } from '../../../hardware-sim/modbus/unit-moves.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { profiles } from '../../config/rig.js';
import { seeded } from '../../drivers/rig.js';

export { parseProfile };

export function profileOf(id: string): ModbusProfile {
  const profile = profiles.profiles.get(id);
  if (profile === undefined || !('limits' in profile)) throw new Error(`no profile ${id}`);
  return profile;
}

export class MoveRig {
  readonly clock = new SimClock();
  readonly units: MovableUnit[] = [];
  readonly #wires = new Map<number, ByteWire>();
  #baud = 0;
  /** What happens between the last look and the first write. */
  beforeWrite: () => boolean = () => true;
  #line: RetunedLine | null = null;

  constructor(private readonly usualBaud: number) {
    this.#baud = usualBaud;
  }

  unit(profileId: string, address: number, baud = this.usualBaud): MovableUnit {
    const moves = unitMoves[profileId];
    if (moves === undefined) throw new Error(`${profileId} can not be moved`);
    const model = makeModel(profileId, this.clock);
    const unit = new MovableUnit({ address, baud, model, moves, wireBaud: () => this.#baud });
    this.units.push(unit);
    for (const wire of this.#wires.values()) wire.attach(unit);
    return unit;
  }

  async move(profile: ModbusProfile, ask: MoveAsk): Promise<Moved> {
    const planned = planMove(profile, ask);
    if (!planned.ok) throw new Error(planned.why.en);
    return this.run(() =>
      moveUnit(planned.plan, { line: this.line, clock: this.clock, confirm: async () => this.beforeWrite() }),
    );
  }

  get line(): RetunedLine {
    this.#line ??= new RetunedLine((baud) => this.#lineAt(baud ?? this.usualBaud));
    return this.#line;
  }

  async run<T>(act: () => Promise<T>): Promise<T> {
    let isDone = false;
    const result = act().finally(() => {
      isDone = true;
    });
    await this.clock.until(() => isDone, 300_000, 10);
    return result;
  }

  #lineAt(baud: number): BareLine {
    this.#baud = baud;
    const path = '/dev/ttyUSB0';
    let wire = this.#wires.get(baud);
    if (wire === undefined) {
      wire = new ByteWire({ clock: this.clock, baud, bitsPerChar: 10, path });
      for (const unit of this.units) wire.attach(unit);
      this.#wires.set(baud, wire);
    }
    const format = { baud, dataBits: 8, parity: 'none', stopBits: 1 } as const;
    const config = bareLineConfig({ kind: 'serial', path, format });
    return new BareLine({ config, open: wire.open, clock: this.clock, random: seeded(3) });
  }
}
