/** CSV for spreadsheets, JSON for programs: all entries of a span, with how far it has come, and a key that ends it. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProblem } from '../../../../api/routes.js';
import { askRaw, type BodyOf } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { both } from '../../words/both.js';
import { useWords } from '../../words/use-words.js';
import { saveAnswer } from './save-file.js';

const cut: PanelProblem = {
  code: 'cut',
  words: both('parts.exportCut'),
  where: null,
  expected: null,
  got: null,
  hint: null,
};

export type ExportSpan = Omit<BodyOf<'export'>, 'format'>;

export function ExportKeys({ span, name }: { readonly span: () => ExportSpan; readonly name: string }): JSX.Element {
  const { t } = useWords();
  const running = useRef<AbortController | null>(null);
  const [kilobytes, setKilobytes] = useState<number | null>(null);
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function save(format: 'csv' | 'json'): Promise<void> {
    const stop = new AbortController();
    running.current = stop;
    setProblem(null);
    setKilobytes(0);
    const asked = askRaw('export', { body: { ...span(), format }, signal: stop.signal });
    const onBytes = (bytes: number): void => setKilobytes(Math.round(bytes / 1000));
    const wrong = await saveAnswer(asked, { name: `${name}.${format}`, signal: stop.signal, onBytes }, cut);
    if (running.current !== stop) return;
    running.current = null;
    setKilobytes(null);
    setProblem(wrong);
  }

  function stop(): void {
    running.current?.abort();
    running.current = null;
    setKilobytes(null);
  }

  return (
    <div class="export">
      {kilobytes === null ? (
        <>
          <button class="button" type="button" onClick={() => void save('csv')}>
            {t('parts.exportCsv')}
          </button>
          <button class="button" type="button" onClick={() => void save('json')}>
            {t('parts.exportJson')}
          </button>
        </>
      ) : (
        <>
          <p role="status">{t('parts.exporting', { kilobytes })}</p>
          <button class="button" type="button" onClick={stop}>
            {t('parts.cancel')}
          </button>
        </>
      )}
      <ProblemNote problem={problem} />
    </div>
  );
}
