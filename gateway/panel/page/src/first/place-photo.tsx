/** What the place looks like, and where it is on the plan; the alarm is shown before either is known. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Photo } from '../design/photo.js';
import { Shape } from '../design/shape.js';
import { useStore } from '../live/store.js';
import { readMap, villageMap } from '../live/village-map.js';
import { photoOf, pinOf, type Where } from '../screens/map/photos.js';
import { href } from '../shell/route.js';
import { useWords } from '../words/use-words.js';

export function PlacePhoto({ where, name }: { readonly where: Where; readonly name: string }): JSX.Element | null {
  const image = photoOf(
    useStore(villageMap, (now) => now),
    where,
  );
  useEffect(() => void readMap(), []);
  return image === null ? null : <Photo image={image} name={name} />;
}

export function PlaceLink({ where }: { readonly where: Where }): JSX.Element | null {
  const { t } = useWords();
  const pin = pinOf(
    useStore(villageMap, (now) => now),
    where,
  );
  if (pin === null) return null;
  return (
    <a class="button place-link" href={href('/map', [], { kind: pin.kind, of: pin.of })}>
      <Shape name="place" />
      {t('photo.onMap')}
    </a>
  );
}
