/** Photos of an item: taken by the phone, made small in the browser, kept by the gateway under what they hold. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { CommissioningItem } from '../../../../api/commissioning.js';
import type { PanelProblem } from '../../../../api/routes.js';
import { askRaw, pathOf } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { giveOrder } from '../../live/order.js';
import { useStore } from '../../live/store.js';
import { me } from '../../session/session.js';
import { useWords } from '../../words/use-words.js';
import { shrunk } from '../map/upload-photo.js';
import { wrong } from '../map/upload-plan.js';
import { OrderKey } from '../parts/order-key.js';

export interface PhotoPartProps {
  readonly item: CommissioningItem;
  readonly again: () => void;
}

export function PhotoPart({ item, again }: PhotoPartProps): JSX.Element {
  const { t } = useWords();
  const id = useId();
  const isInstaller = useStore(me, (now) => (now?.level ?? 0) >= 3);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PanelProblem | null>(null);

  async function add(file: File | undefined): Promise<void> {
    if (file === undefined || isBusy) return;
    setBusy(true);
    setProblem(await upload(file, item.id));
    setBusy(false);
    again();
  }

  return (
    <div class="com-photos">
      {item.photos.map((name) => (
        <figure key={name}>
          <img src={pathOf('commissioningPhoto', { name })} alt={t('com.photo')} />
          <OrderKey
            label={t('com.removePhoto')}
            level={3}
            order={() => ({ ask: 'commissioning-photo', item: item.id, photo: name, to: 'remove' })}
            onDone={again}
          />
        </figure>
      ))}
      {isInstaller && (
        <p class="field">
          <label for={id}>{isBusy ? t('com.uploading') : t('com.photo')}</label>
          <input
            id={id}
            type="file"
            accept="image/*"
            capture="environment"
            onChange={(event) => void add(event.currentTarget.files?.[0])}
          />
        </p>
      )}
      <ProblemNote problem={problem} />
    </div>
  );
}

async function upload(file: File, item: string): Promise<PanelProblem | null> {
  const bytes = await shrunk(file);
  if (bytes === null) {
    const kind = wrong('map.wrongKind');
    return kind.isOk ? null : kind.problem;
  }
  const answer = await askRaw('putCommissioningPhoto', { bytes });
  if (!answer.isOk) return answer.problem;
  const { name } = (await answer.value.json()) as { readonly name: string };
  const given = await giveOrder({ ask: 'commissioning-photo', item, photo: name, to: 'add' });
  return given?.problem ?? null;
}
