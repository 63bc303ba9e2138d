/** A field to sign in with a finger; what comes out is a path of moves and lines, as the API takes it. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useWords } from '../../words/use-words.js';
import { drawn } from './signature-path.js';

export interface SignaturePadProps {
  readonly path: string;
  readonly onPath: (path: string) => void;
}

export function SignaturePad({ path, onPath }: SignaturePadProps): JSX.Element {
  const { t } = useWords();
  const isDown = useRef(false);
  const now = useRef(path);
  now.current = path;

  function draw(event: PointerEvent & { readonly currentTarget: SVGSVGElement }, isNew: boolean): void {
    const box = event.currentTarget.getBoundingClientRect();
    const next = drawn(now.current, {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
      isNew,
    });
    if (next === now.current) return;
    now.current = next;
    onPath(next);
  }

  return (
    <div class="com-pad">
      <p>{t('com.draw')}</p>
      <svg
        role="img"
        aria-label={t('com.pad')}
        viewBox="0 0 400 120"
        onPointerDown={(event) => {
          isDown.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          draw(event, true);
        }}
        onPointerMove={(event) => {
          if (isDown.current) draw(event, false);
        }}
        onPointerUp={() => {
          isDown.current = false;
        }}
        onPointerCancel={() => {
          isDown.current = false;
        }}
      >
        <path d={path} />
      </svg>
      {path !== '' && (
        <button class="button" type="button" onClick={() => onPath('')}>
          {t('com.padClear')}
        </button>
      )}
    </div>
  );
}
