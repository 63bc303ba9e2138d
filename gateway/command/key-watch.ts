import type { PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import type { PointRole } from '../../config/vocabulary.js';
import type { Cancel, Clock } from '../../drivers/clock.js';
import type { Command } from './command.js';

/** A wired key means the alarms that were there one second before it was pressed: nobody can have seen later ones. */
const keySeesBackMs = 1000;
/** Pins are looked at every 50 ms: a delay of as much would be over just before the look that shows the key let go, and a pulse that one
 * look met would be a press. Half a look more lets that look speak. */
const pinLookMs = 25;

const commandOfRole = {
  'key.acknowledge': 'acknowledge',
  'key.silence': 'silence',
  'key.reset': 'reset',
} as const;

/** What the keys do that are no orders about alarms. */
export interface ExerciseKeys {
  pressDrill(key: PointConfig): void;
  pressTest(key: PointConfig): void;
  /** Somebody is there (查岗). */
  pressDuty(key: PointConfig): void;
  /** Until `releaseMicrophone`, which comes for certain: when it is let go, or can not be seen any more. */
  holdMicrophone(key: PointConfig): void;
  releaseMicrophone(key: PointConfig): void;
}

const exerciseRoles: readonly PointRole[] = ['key.drill', 'key.test', 'key.microphone', 'key.duty'];

/** Watches the wired keys: pressing one is an order, once it has lasted the key's delay. Letting go and holding mean nothing
 * but to a microphone, and a key that is found pressed at start means nothing at all. */
export class KeyWatch {
  readonly #keys: ReadonlyMap<PointId, PointConfig>;
  readonly #pressed = new Map<PointId, Cancel>();
  /** Microphones that are open. */
  readonly #held = new Map<PointId, PointConfig>();

  /** `exercises`: null where nothing can be practised or said; those keys then mean nothing. */
  constructor(
    points: readonly PointConfig[],
    private readonly clock: Clock,
    private readonly order: (command: Command) => void,
    private readonly exercises: ExerciseKeys | null = null,
  ) {
    const isKey = ({ role }: PointConfig): boolean => role in commandOfRole || exerciseRoles.includes(role);
    this.#keys = new Map(points.filter(isKey).map((point) => [point.id, point]));
  }

  /** Takes a point's change. `before` = the reading before it, or null. */
  see(before: Reading | null, reading: Reading): void {
    const point = this.#keys.get(reading.pointId);
    if (point === undefined) return;
    this.#pressed.get(point.id)?.();
    this.#pressed.delete(point.id);
    if (!isPressed(point, reading)) this.#release(point);
    if (!isPressed(point, reading) || before?.quality !== 'good' || isPressed(point, before)) return;
    const delayMs = point.onDelayMs + (point.source.kind === 'pin' ? pinLookMs : 0);
    this.#pressed.set(
      point.id,
      this.clock.after(delayMs, () => this.#press(point, reading)),
    );
  }

  stop(): void {
    for (const cancel of this.#pressed.values()) cancel();
    for (const point of this.#held.values()) this.#release(point);
  }

  #press(point: PointConfig, { sampledMono }: Reading): void {
    switch (point.role) {
      case 'key.drill':
        this.exercises?.pressDrill(point);
        break;
      case 'key.test':
        this.exercises?.pressTest(point);
        break;
      case 'key.duty':
        this.exercises?.pressDuty(point);
        break;
      case 'key.microphone':
        this.#held.set(point.id, point);
        this.exercises?.holdMicrophone(point);
        break;
      default:
        this.order({
          kind: commandOfRole[point.role as keyof typeof commandOfRole],
          upTo: { raisedBeforeMono: sampledMono - keySeesBackMs },
          origin: keyOrigin(point),
          // The key of a key switch is what makes its bearer duty staff.
          level: 2,
        });
    }
  }

  #release(point: PointConfig): void {
    if (this.#held.delete(point.id)) this.exercises?.releaseMicrophone(point);
  }
}

/** In whose name a key orders. */
export function keyOrigin({ id }: PointConfig): string {
  return `key:${id}`;
}

function isPressed(point: PointConfig, reading: Reading): boolean {
  return typeof reading.value === 'string' && point.severities[reading.value] !== 'normal';
}
