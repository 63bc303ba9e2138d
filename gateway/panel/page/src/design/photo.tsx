/** A small photo that opens over the screen, above the three keys; a touch anywhere puts it away. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pathOf } from '../api/client.js';
import { useWords } from '../words/use-words.js';

export interface PhotoProps {
  /** Its name at the gateway. */
  readonly image: string;
  /** What is to be seen. */
  readonly name: string;
}

export function Photo({ image, name }: PhotoProps): JSX.Element | null {
  const { t } = useWords();
  const [isFull, setFull] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  if (missing === image) return null;
  const src = pathOf('image', { name: image });
  return (
    <>
      <button class="photo" type="button" onClick={() => setFull(true)}>
        <img src={src} alt={t('photo.open', { name })} onError={() => setMissing(image)} />
      </button>
      {isFull && <FullPhoto src={src} name={name} onClose={() => setFull(false)} />}
    </>
  );
}

interface FullPhotoProps {
  readonly src: string;
  readonly name: string;
  readonly onClose: () => void;
}

function FullPhoto({ src, name, onClose }: FullPhotoProps): JSX.Element {
  const { t } = useWords();
  const key = useRef<HTMLButtonElement>(null);
  useEffect(() => key.current?.focus(), []);
  return (
    <button
      class="photo-full"
      type="button"
      ref={key}
      onClick={onClose}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <img src={src} alt={name} />
      <span>{t('photo.close')}</span>
    </button>
  );
}
