import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Command } from './command.js';

/** A wired key means the alarms that were there one second before it was pressed: nobody can have seen later ones. */
const keySeesBackMs = 1000;

const commandOfRole = {
  'key.acknowledge': 'acknowledge',
  'key.silence': 'silence',
  'key.reset': 'reset',
} as const;

/** Watches the wired keys: pressing one is an order, once it has lasted the key's delay. Letting go and holding mean nothing,
 * and neither does a key that is found pressed at start. */
export class KeyWatch {
  readonly #keys: ReadonlyMap<PointId, PointConfig>;
  readonly #pressed = new Map<PointId, Cancel>();

  constructor(
    points: readonly PointConfig[],
    private readonly clock: Clock,
    private readonly order: (command: Command) => void,
  ) {
    this.#keys = new Map(points.filter(({ role }) => role in commandOfRole).map((point) => [point.id, point]));
  }

  /** Takes a point's change. `before` = the reading before it, or null. */
  see(before: Reading | null, reading: Reading): void {
    const point = this.#keys.get(reading.pointId);
    if (point === undefined) return;
    this.#pressed.get(point.id)?.();
    this.#pressed.delete(point.id);
    if (!isPressed(point, reading) || before?.quality !== 'good' || isPressed(point, before)) return;
    const command: Command = {
      kind: commandOfRole[point.role as keyof typeof commandOfRole],
      upTo: { raisedBeforeMono: reading.sampledMono - keySeesBackMs },
      origin: `key:${point.id}`,
      // The key of a key switch is what makes its bearer duty staff.
      level: 2,
    };
    this.#pressed.set(
      point.id,
      this.clock.after(point.onDelayMs, () => this.order(command)),
    );
  }

  stop(): void {
    for (const cancel of this.#pressed.values()) cancel();
  }
}

function isPressed(point: PointConfig, reading: Reading): boolean {
  return typeof reading.value === 'string' && point.severities[reading.value] !== 'normal';
}
