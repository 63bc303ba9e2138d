/** What a person calls an item of a checklist → the one that is meant: its own id, the point, output or line that it is about, or the
 * device that this is of. Pure. */
import type { CommissioningItem } from '../panel/api/commissioning.js';
import { isPressable } from './item-changes.js';

/** What is done with it: a detector is pressed, a line or a centre measured, and any item judged. */
export type ItemUse = 'press' | 'probe' | 'judge';

/** Several: each could be meant. None: the desk says that there is no such item. */
export function itemsNamed(
  items: readonly CommissioningItem[],
  given: string,
  use: ItemUse,
): readonly CommissioningItem[] {
  const own = items.filter(({ id }) => id === given);
  if (own.length > 0) return own;
  const fitting = items.filter((item) => isFor(item, use));
  const [found = []] = [fitting, items]
    .flatMap((some) => [some.filter(({ subject }) => subject === given), some.filter((item) => isOf(item, given))])
    .filter((some) => some.length > 0);
  return found;
}

function isFor({ kind }: CommissioningItem, use: ItemUse): boolean {
  if (use === 'press') return isPressable(kind);
  return use === 'judge' || kind === 'line' || kind === 'uplink';
}

/** A dry contact is a device of the site file without an address: its id stands before the slash. */
function isOf({ device, subject }: CommissioningItem, given: string): boolean {
  return device === given || subject.slice(0, Math.max(0, subject.lastIndexOf('/'))) === given;
}
