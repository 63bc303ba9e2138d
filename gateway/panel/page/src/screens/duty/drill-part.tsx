/** A drill: begun for some zones or all, ended with the heads that were counted. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { Pick, TextArea } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';
import { practisedIn } from './running.js';
import { RunningLine } from './running-line.js';

const noteMax = 500;
const minuteMs = 60_000;

export function DrillPart(): JSX.Element {
  const { t } = useWords();
  const { drill } = practisedIn(useStore(live, (now) => now.state));
  return (
    <section class="card" aria-labelledby="drill-title">
      <h2 id="drill-title">
        <Shape name="drill" />
        {t('drill.title')}
      </h2>
      {drill === null ? <BeginDrill /> : <RunningLine sounding={drill} look="drill" />}
      <EndDrill isRunning={drill !== null} />
    </section>
  );
}

function BeginDrill(): JSX.Element {
  const { t, say } = useWords();
  const zones = useStore(site, (now) => now?.zones ?? null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [minutes, setMinutes] = useState('');
  const long = Number(minutes);
  const isLong = minutes.trim() === '' || (long > 0 && Number.isFinite(long));
  const where = chosen.length === 0 ? t('drill.everywhere') : nameAll(chosen, zones ?? [], say);
  return (
    <div class="form-line">
      <p>{t('drill.what')}</p>
      <Pick
        legend={t('drill.zones')}
        options={(zones ?? []).map(({ id, name }) => ({ id, label: say(name) }))}
        chosen={chosen}
        onChosen={setChosen}
        all={t('drill.everywhere')}
      />
      <Field label={t('drill.minutes')} type="number" value={minutes} onValue={setMinutes} />
      <OrderKey
        label={t('drill.begin')}
        shape="drill"
        level={2}
        isMain
        missing={isLong ? null : t('parts.fillIn', { what: t('drill.minutes') })}
        confirm={t('drill.sure', { where })}
        order={() => ({
          ask: 'drill-begin',
          zones: chosen.length === 0 ? null : [...chosen],
          forMs: minutes.trim() === '' ? null : long * minuteMs,
        })}
      />
    </div>
  );
}

/** Also after it has ended by itself: heads are counted on the square, not at the panel. */
function EndDrill({ isRunning }: { readonly isRunning: boolean }): JSX.Element {
  const { t } = useWords();
  const [present, setPresent] = useState('');
  const [missing, setMissing] = useState('');
  const [note, setNote] = useState('');
  const isCounted = headsOf(present) !== undefined && headsOf(missing) !== undefined;
  return (
    <div class="form-line">
      <h3>{t(isRunning ? 'drill.endTitle' : 'drill.countTitle')}</h3>
      <div class="pair">
        <Field label={t('drill.present')} type="number" value={present} onValue={setPresent} />
        <Field label={t('drill.missing')} type="number" value={missing} onValue={setMissing} />
      </div>
      <TextArea label={t('duty.note')} value={note} onValue={setNote} max={noteMax} />
      <OrderKey
        label={t(isRunning ? 'drill.end' : 'drill.count')}
        level={2}
        isMain={isRunning}
        missing={isCounted ? null : t('drill.noNumber')}
        order={() => ({
          ask: 'drill-end',
          present: headsOf(present) ?? null,
          missing: headsOf(missing) ?? null,
          note: note.trim() === '' ? null : note.trim(),
        })}
        onDone={() => {
          setPresent('');
          setMissing('');
          setNote('');
        }}
      />
    </div>
  );
}

/** Null: not counted; undefined: no number of people. */
function headsOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const heads = Number(text);
  return Number.isInteger(heads) && heads >= 0 ? heads : undefined;
}

type Named = { readonly id: string; readonly name: { readonly zh: string; readonly en: string } };

function nameAll(ids: readonly string[], named: readonly Named[], say: (words: Named['name']) => string): string {
  return named
    .filter(({ id }) => ids.includes(id))
    .map(({ name }) => say(name))
    .join('、');
}
