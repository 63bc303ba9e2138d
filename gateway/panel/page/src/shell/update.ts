/**
 * Another version of the gateway brings another page. It is loaded when nobody loses anything by it: no alarm, nothing typed, no order
 * under way, and a sound that needs no touch to begin. Else a bar asks for the touch.
 */
import { live } from '../live/connection.js';
import type { Live } from '../live/contact.js';
import { type Ordering, ordering } from '../live/order.js';
import { makeStore } from '../live/store.js';
import { neededTouch } from '../sound/sound.js';

/** What waits for its moment is looked at so often, ms. */
const lookMs = 5000;

/** Another version runs than the one that this page is of. */
export const isUpdated = makeStore<boolean>(false);

export interface Moment {
  readonly live: Pick<Live, 'contact' | 'state'>;
  readonly ordering: Ordering;
  /** What stands in the fields of the page. */
  readonly typed: readonly string[];
  /** The sound of this page was freed by a touch: the next one would be mute. */
  readonly neededTouch: boolean;
}

export function mayReload({
  live: { contact, state },
  ordering: orders,
  typed,
  neededTouch: isFreed,
}: Moment): boolean {
  if (contact !== 'live' || state === null || Object.keys(state.alarms).length > 0) return false;
  if (orders.busy !== null || orders.busyKeys.length > 0) return false;
  return !isFreed && typed.every((text) => text.trim() === '');
}

/** For as long as the page is open. */
export function keepUpdated(): void {
  let version: string | null = null;
  live.subscribe(() => {
    const now = live.get().state?.head.version ?? null;
    if (version !== null && now !== null && now !== version) isUpdated.set(true);
    version = now ?? version;
  });
  isUpdated.subscribe(look);
  setInterval(look, lookMs);
}

function look(): void {
  if (!isUpdated.get()) return;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'input:not([type=radio]):not([type=checkbox]), textarea',
  );
  const typed = [...fields].map(({ value }) => value);
  if (mayReload({ live: live.get(), ordering: ordering.get(), typed, neededTouch: neededTouch() })) location.reload();
}
