/** Who is on duty; whoever takes over sees what stands open, and signs with a name. Can be printed and exported. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { live } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { href } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { ExportKeys } from '../parts/export-keys.js';
import { TextArea } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';
import { useWho } from '../parts/use-who.js';
import { OpenItemList } from './open-item-list.js';
import { openItems } from './open-items.js';
import { useChecks } from './use-checks.js';

const noteMax = 500;
/** Of somebody who has taken over nothing yet: the last day. */
const unknownMs = 86_400_000;

export function ShiftPart(): JSX.Element | null {
  const { t, day } = useWords();
  const state = useStore(live, (now) => now.state);
  const [person, setPerson] = useState('');
  const [note, setNote] = useState('');
  if (state === null) return null;
  const { shift, head } = state;
  const items = openItems(state);
  const fromWall = shift.sinceWall ?? Math.floor(head.wall / unknownMs) * unknownMs - unknownMs;
  return (
    <>
      <section class="card shift" aria-labelledby="shift-title">
        <h2 id="shift-title">
          <Shape name="person" />
          {t('duty.now')}
        </h2>
        <p class="shift-person">{shift.person ?? t('first.duty.nobody')}</p>
        {shift.sinceWall !== null && <p>{t('first.duty.since', { time: day(shift.sinceWall) })}</p>}
        <CheckLine fromWall={fromWall} />
        {shift.note !== null && <p class="shift-note">{t('duty.noteBefore', { note: shift.note })}</p>}
      </section>
      <section class="card" aria-labelledby="open-title">
        <h2 id="open-title">{t('duty.open', { count: items.length })}</h2>
        <OpenItemList items={items} />
        <a class="button not-printed" href={href('/incident')}>
          {t('duty.incidents')}
        </a>
      </section>
      <section class="card not-printed" aria-labelledby="handover-title">
        <h2 id="handover-title">{t('duty.handover')}</h2>
        <p class="hint">{t('duty.handoverHint')}</p>
        <div class="form-line">
          <Field label={t('duty.person')} value={person} onValue={setPerson} autoComplete="name" />
          <TextArea label={t('duty.note')} value={note} onValue={setNote} max={noteMax} />
          <OrderKey
            label={t('duty.sign')}
            level={2}
            isMain
            missing={person.trim() === '' ? t('parts.fillIn', { what: t('duty.person') }) : null}
            order={() => ({
              ...{ ask: 'shift', person: person.trim(), note: note.trim() === '' ? null : note.trim() },
              sinceWall: shift.sinceWall,
            })}
            onDone={() => {
              setPerson('');
              setNote('');
            }}
          />
        </div>
      </section>
      <section class="card not-printed" aria-labelledby="shift-paper-title">
        <h2 id="shift-paper-title">{t('duty.paper')}</h2>
        <div class="choices">
          <button class="button" type="button" onClick={() => print()}>
            {t('parts.print')}
          </button>
          <ExportKeys span={() => ({ filter: { fromWall }, text: null })} name="gengfu-shift" />
        </div>
      </section>
    </>
  );
}

/** How often the district has asked in this shift, and whether somebody answered. */
function CheckLine({ fromWall }: { readonly fromWall: number }): JSX.Element | null {
  const { t, time } = useWords();
  const who = useWho();
  const checks = useChecks(fromWall);
  if (checks === null) return null;
  const { asked, answered, missed, medianS, last } = checks;
  return (
    <p class="shift-checks" data-missed={missed > 0}>
      {asked === 0 ? t('duty.noChecks') : t('duty.checks', { asked, answered, missed })}{' '}
      {medianS !== null && answered > 1 && t('duty.median', { after: medianS })}{' '}
      {last !== null && t('duty.lastCheck', { who: who(last.by), time: time(last.wall), after: last.afterS ?? '' })}
    </p>
  );
}
