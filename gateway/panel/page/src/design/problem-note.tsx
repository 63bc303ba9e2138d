import type { JSX } from 'preact';
import type { PanelProblem } from '../../../api/routes.js';
import { useWords } from '../words/use-words.js';

/** Why something was refused, and what to do; always there, so that a reader hears it when it fills. */
export function ProblemNote({ problem }: { readonly problem: PanelProblem | null }): JSX.Element {
  const { say } = useWords();
  return (
    <div class="problem-note" role="alert">
      {problem !== null && (
        <p>
          {say(problem.words)}
          {problem.hint !== null && <span> {say(problem.hint)}</span>}
        </p>
      )}
    </div>
  );
}
