/** The commissioning under way, asked again and again while somebody looks: it is not part of the live state that every page has. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CommissioningView } from '../../../../api/commissioning.js';
import type { PanelProblem } from '../../../../api/routes.js';
import { ask } from '../../api/client.js';

/** Whoever stands on a ladder waits for it, ms. */
const lookMs = 1000;

export interface Commissioning {
  readonly view: CommissioningView | null;
  readonly problem: PanelProblem | null;
  again(): void;
}

export function useCommissioning(): Commissioning {
  const [view, setView] = useState<CommissioningView | null>(null);
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const [turn, setTurn] = useState(0);
  const known = useRef<number | null>(null);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const after = known.current;
    void ask('commissioning', { query: after === null ? {} : { after }, signal: gone.signal }).then((answer) => {
      if (gone.signal.aborted) return;
      setProblem(answer.isOk ? null : answer.problem);
      if (answer.isOk && answer.value.view !== null) {
        known.current = answer.value.serial;
        setView(answer.value.view);
      }
      timer = setTimeout(again, lookMs);
    });
    return () => {
      gone.abort();
      if (timer !== null) clearTimeout(timer);
    };
  }, [turn]);
  return { view, problem, again };
}
