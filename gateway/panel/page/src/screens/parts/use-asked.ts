/** Something asked of the gateway when a screen opens, and again when what it is asked for changes. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { PanelProblem } from '../../../../api/routes.js';
import type { Outcome } from '../../api/client.js';

export interface Asked<Value> {
  /** The last answer; of what was asked for before while a new one is on its way. */
  readonly value: Value | null;
  readonly problem: PanelProblem | null;
  readonly isBusy: boolean;
  again(): void;
  take(value: Value): void;
}

/** `key`: says what is asked for; null: nothing, and what was known is forgotten. */
export function useAsked<Value>(
  key: string | null,
  ask: (signal: AbortSignal) => Promise<Outcome<Value>>,
  everyMs: number | null = null,
): Asked<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const [isBusy, setBusy] = useState(key !== null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (key === null) {
      setValue(null);
      setProblem(null);
      setBusy(false);
      return;
    }
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | null = null;
    setBusy(true);
    void ask(gone.signal).then((answer) => {
      if (gone.signal.aborted) return;
      setBusy(false);
      setProblem(answer.isOk ? null : answer.problem);
      if (answer.isOk) setValue(answer.value);
      if (everyMs !== null) timer = setTimeout(again, everyMs);
    });
    return () => {
      gone.abort();
      if (timer !== null) clearTimeout(timer);
    };
  }, [key, turn, everyMs]);
  return { value, problem, isBusy, again, take: setValue };
}
