/** Who lives behind the doors: asked for when it is needed, and forgotten with whatever needed it. */
import { useEffect, useState } from 'preact/hooks';
import type { Household } from '../../../api/site.js';
import { ask } from '../api/client.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';

export interface KnownHouseholds {
  /** From level Ⅱ. */
  readonly mayKnow: boolean;
  readonly households: readonly Household[];
}

export function useHouseholds(isWanted: boolean): KnownHouseholds {
  const mayKnow = useStore(me, (now) => (now?.level ?? 0) >= 2);
  const [households, setHouseholds] = useState<readonly Household[]>([]);
  const isNeeded = mayKnow && isWanted;
  useEffect(() => {
    let isGone = false;
    setHouseholds([]);
    if (isNeeded) {
      void ask('households').then((answer) => {
        if (!isGone && answer.isOk) setHouseholds(answer.value);
      });
    }
    return () => {
      isGone = true;
    };
  }, [isNeeded]);
  return { mayKnow, households };
}
