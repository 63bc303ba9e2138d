/** Whether a key may be pressed by whoever looks: pure. The desk decides; the page only says so beforehand. */
import type { Me } from '../../../../api/session.js';

export type KeyLevel = 1 | 2 | 3;

/** `isOpenAtBox`: at the box's own screen nobody has to sign in for it. */
export function mayPress(
  me: Pick<Me, 'level' | 'isOwnScreen' | 'user'> | null,
  level: KeyLevel,
  isOpenAtBox: boolean,
): boolean {
  return me !== null && (me.level >= level || (isOpenAtBox && me.isOwnScreen && me.user === null));
}
