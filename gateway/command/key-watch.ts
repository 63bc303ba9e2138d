import type { GoodReading, Reading } from '../../config/reading.js';
import type { PointConfig } from '../../config/site.js';
import type { Command } from './command.js';

/** A wired key means the alarms that were there one second before it was pressed: nobody can have seen later ones. */
const keySeesBackMs = 1000;

const commandOfRole = {
  'key.acknowledge': 'acknowledge',
  'key.silence': 'silence',
  'key.reset': 'reset',
} as const;

/** The order that a key's change means, or null. Pressing is the change into a state that is not normal; letting go and
 * holding mean nothing, and a key that is found pressed at start means nothing either. */
export function commandOfKey(point: PointConfig, before: Reading | null, reading: GoodReading): Command | null {
  if (!(point.role in commandOfRole)) return null;
  const kind = commandOfRole[point.role as keyof typeof commandOfRole];
  const isPressed = (value: Reading): boolean =>
    typeof value.value === 'string' && point.severities[value.value] !== 'normal';
  if (!isPressed(reading) || before?.quality !== 'good' || isPressed(before)) return null;
  return {
    kind,
    upTo: { raisedBeforeMono: reading.sampledMono - keySeesBackMs },
    origin: `key:${point.id}`,
    // The key of a key switch is what makes its bearer duty staff.
    level: 2,
  };
}
