import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';

export interface ThingHeadProps {
  readonly name: string;
  readonly onClose: () => void;
}

/** What was touched, and the key that puts it away. */
export function ThingHead({ name, onClose }: ThingHeadProps): JSX.Element {
  const { t } = useWords();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const card = title.current?.closest('section');
    title.current?.focus();
    // Closed by its key: back to what was touched.
    return () => {
      if (opener instanceof HTMLElement && card?.contains(document.activeElement) === true) opener.focus();
    };
  }, []);
  return (
    <div class="thing-head">
      <h2 id="thing-title" tabIndex={-1} ref={title}>
        {name}
      </h2>
      <button class="icon-button" type="button" onClick={onClose}>
        <Shape name="close" />
        <span class="for-readers">{t('parts.close')}</span>
      </button>
    </div>
  );
}
