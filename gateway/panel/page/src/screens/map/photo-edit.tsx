/** Photos of places, one for each device or zone; kept with the plan when it is saved. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProblem } from '../../../../api/routes.js';
import type { SiteInfo } from '../../../../api/site.js';
import { Photo } from '../../design/photo.js';
import { ProblemNote } from '../../design/problem-note.js';
import { useWords } from '../../words/use-words.js';
import { SelectField } from '../parts/fields.js';
import { type Photo as PhotoOf, type Pictured, photosMax, withPhoto } from './photos.js';
import { uploadPhoto } from './upload-photo.js';

export interface PhotoEditProps {
  readonly site: SiteInfo;
  readonly revision: number;
  readonly photos: readonly PhotoOf[];
  readonly onPhotos: (photos: readonly PhotoOf[]) => void;
  /** Chosen on the plan. */
  readonly device: string | null;
}

export function PhotoEdit({ site, revision, photos, onPhotos, device }: PhotoEditProps): JSX.Element {
  const { t, say } = useWords();
  const [picked, pick] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const count = useRef(0);
  useEffect(() => {
    if (device !== null) pick(`device ${device}`);
  }, [device]);
  const [kind, of] = parted(picked);
  const known = photos.find((each) => each.kind === kind && each.of === of);
  const isFull = photos.length >= photosMax && known === undefined;
  const has = (one: Pictured): string =>
    photos.some((each) => each.kind === one.kind && each.of === one.of) ? '● ' : '○ ';
  const named = [...site.zones, ...site.devices].find(({ id }) => id === of);

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined || of === '') return;
    setBusy(true);
    count.current += 1;
    const done = await uploadPhoto(file, `photo-${revision}-${count.current}-${of}`);
    setBusy(false);
    setProblem(done.isOk ? null : done.problem);
    if (done.isOk) onPhotos(withPhoto(photos, { of, kind }, done.value));
  }

  return (
    <section class="card photo-edit" aria-labelledby="photos-title">
      <h2 id="photos-title">{t('photo.title', { count: photos.length })}</h2>
      <p class="hint">{t('photo.hint')}</p>
      <ProblemNote problem={problem} />
      <SelectField label={t('photo.of')} value={of === '' ? '' : `${kind} ${of}`} onValue={pick}>
        <option value="">{t('service.choose')}</option>
        {site.zones.map(({ id, name }) => (
          <option
            key={id}
            value={`zone ${id}`}
          >{`${has({ of: id, kind: 'zone' })}${t('parts.zone')} ${say(name)}`}</option>
        ))}
        {site.devices.map(({ id, name, place }) => (
          <option key={id} value={`device ${id}`}>
            {`${has({ of: id, kind: 'device' })}${say(place)} ${say(name)} (${id})`}
          </option>
        ))}
      </SelectField>
      <div class="choices">
        {known !== undefined && <Photo image={known.image} name={say(named?.name) || of} />}
        {of !== '' && !isFull && (
          <label class="button file-key">
            {t('photo.take')}
            <input
              type="file"
              accept="image/*"
              disabled={isBusy}
              onChange={(event) => void take(event.currentTarget.files?.[0])}
            />
          </label>
        )}
        {isFull && <p>{t('photo.full', { max: photosMax })}</p>}
        {known !== undefined && (
          <button class="button" type="button" onClick={() => onPhotos(withPhoto(photos, known, null))}>
            {t('photo.remove')}
          </button>
        )}
      </div>
    </section>
  );
}

/** `device smoke-1` → both parts; empty where nothing is chosen. */
function parted(key: string): readonly [PhotoOf['kind'], string] {
  const at = key.indexOf(' ');
  return [key.startsWith('zone ') ? 'zone' : 'device', at < 0 ? '' : key.slice(at + 1)];
}
