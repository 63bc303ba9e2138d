/** Who lives behind the doors: asked for when it is needed, and forgotten with whatever needed it. */
import { useEffect, useState } from 'preact/hooks';
import type { Household } from '../../../api/site.js';
import { ask } from '../api/client.js';
import { site } from '../live/connection.js';
import { useStore } from '../live/store.js';
import { me } from '../session/session.js';

/** Names that could not be read are asked for again, ms. */
const againMs = 2000;

export interface KnownHouseholds {
  /** From level Ⅱ. */
  readonly mayKnow: boolean;
  readonly households: readonly Household[];
}

export function useHouseholds(isWanted: boolean): KnownHouseholds {
  const mayKnow = useStore(me, (now) => (now?.level ?? 0) >= 2);
  const [households, setHouseholds] = useState<readonly Household[]>([]);
  const isNeeded = mayKnow && isWanted;
  // Another site file may bring other phones.
  const info = useStore(site, (now) => now);
  useEffect(() => {
    setHouseholds([]);
  }, [isNeeded]);
  useEffect(() => {
    if (!isNeeded || info === null) return;
    let isGone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      const answer = await ask('households');
      if (isGone) return;
      if (answer.isOk) setHouseholds(answer.value);
      else timer = setTimeout(() => void read(), againMs);
    };
    void read();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isNeeded, info]);
  return { mayKnow, households };
}
