/** Why a key can not be pressed now; null: it can. */
import type { PanelState } from '../../../api/state.js';

export const keyAsks = ['acknowledge', 'silence', 'reset'] as const;
export type KeyAsk = (typeof keyAsks)[number];
export type KeyReason = 'lost' | 'signIn' | 'level' | 'busy' | 'nothingNew' | 'quiet' | 'nothing';

export interface KeyFacts {
  readonly isLive: boolean;
  readonly level: number;
  readonly isBusy: boolean;
  readonly state: PanelState | null;
}

export function whyNot(ask: KeyAsk, { isLive, level, isBusy, state }: KeyFacts): KeyReason | null {
  if (!isLive) return 'lost';
  if (level === 0 || state === null) return 'signIn';
  if (isBusy) return 'busy';
  const rows = Object.values(state.alarms);
  switch (ask) {
    case 'acknowledge':
      return rows.some(({ acknowledged }) => acknowledged === null) ? null : 'nothingNew';
    case 'silence':
      return state.head.isSounding || rows.some(({ sounder }) => sounder === 'sounding') ? null : 'quiet';
    case 'reset':
      if (rows.length === 0) return 'nothing';
      return level < 2 ? 'level' : null;
  }
}
