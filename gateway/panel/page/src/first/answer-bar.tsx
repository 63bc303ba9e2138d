/** What came of the last order, in words, with what is still active; until it is closed or another one is given. */
import type { JSX } from 'preact';
import { Shape } from '../design/shape.js';
import { closeAnswer, keyOf, ordering } from '../live/order.js';
import { useStore } from '../live/store.js';
import { useWords } from '../words/use-words.js';

/** Of what is still active; the list above has all of it. */
const stillMax = 4;

export function AnswerBar(): JSX.Element {
  const { t, say } = useWords();
  const last = useStore(ordering, (now) => now.last);
  return (
    <div class="answer-place" role="status">
      {last !== null && (
        <div class="answer" data-accepted={last.answer?.accepted === true}>
          <div class="answer-words">
            <p>
              {keyOf(last.order) !== null && <strong>{t(`keys.${keyOf(last.order) ?? 'reset'}`)}</strong>}{' '}
              {say(last.answer?.words ?? last.problem?.words)} {say(last.problem?.hint)}
            </p>
            {last.answer?.warnings.map((warning) => (
              <p key={warning.en}>{say(warning)}</p>
            ))}
            {last.answer !== null && last.answer.still.length > 0 && (
              <p>
                {t('answer.still')}
                {last.answer.still.slice(0, stillMax).map((each) => (
                  <span class="answer-still" key={each.subject}>
                    {say(each)}
                  </span>
                ))}
                {last.answer.still.length > stillMax && t('first.more', { count: last.answer.still.length - stillMax })}
              </p>
            )}
          </div>
          <button class="icon-button" type="button" onClick={closeAnswer}>
            <Shape name="close" />
            <span class="for-readers">{t('answer.close')}</span>
          </button>
        </div>
      )}
    </div>
  );
}
