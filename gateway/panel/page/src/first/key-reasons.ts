/** Why a key can not be pressed now; null: it can. */
import type { AlarmRow, PanelState } from '../../../api/state.js';
import type { KeyAsk } from '../live/order.js';

export type KeyReason = 'lost' | 'signIn' | 'level' | 'busy' | 'fresh' | 'nothingNew' | 'quiet' | 'nothing';

export interface KeyFacts {
  readonly isLive: boolean;
  readonly level: number;
  /** This key's own order is under way. */
  readonly isBusy: boolean;
  readonly state: PanelState | null;
  /** Up to which alarm a person can have seen them; null: none yet. */
  readonly seenOrder: number | null;
}

export function whyNot(ask: KeyAsk, { isLive, level, isBusy, state, seenOrder }: KeyFacts): KeyReason | null {
  if (!isLive) return 'lost';
  if (level === 0 || state === null) return 'signIn';
  if (isBusy) return 'busy';
  const rows = Object.values(state.alarms);
  const isSeen = ({ order }: AlarmRow): boolean => seenOrder !== null && order <= seenOrder;
  /** Of those that the key is about, one at least must have been seen: else it would do nothing. */
  const among = (about: readonly AlarmRow[], none: KeyReason): KeyReason | null => {
    if (about.length === 0) return none;
    return about.some(isSeen) ? null : 'fresh';
  };
  switch (ask) {
    case 'acknowledge':
      return among(
        rows.filter(({ acknowledged }) => acknowledged === null),
        'nothingNew',
      );
    case 'silence': {
      const sounding = rows.filter(({ sounder }) => sounder === 'sounding');
      // A sounder that belongs to no alarm of the list.
      if (sounding.length === 0 && state.head.isSounding) return seenOrder === null ? 'fresh' : null;
      return among(sounding, 'quiet');
    }
    case 'reset':
      return rows.length > 0 && level < 2 ? 'level' : among(rows, 'nothing');
  }
}
