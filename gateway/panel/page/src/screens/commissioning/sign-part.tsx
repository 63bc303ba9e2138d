/** The tests end: what is left is excused, the content is frozen, and people sign it by their roles. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Signature } from '../../../../api/commissioning.js';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import { SelectField } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';
import type { PartProps } from './begin-part.js';
import { ItemRow } from './item-row.js';
import { isLeft } from './items.js';
import { SignaturePad } from './signature-pad.js';

const monthsMax = 240;
const roles = ['installer', 'owner', 'supervisor', 'authority'] as const satisfies readonly Signature['role'][];

export function SignPart({ view, again }: PartProps): JSX.Element {
  const { t, day } = useWords();
  return (
    <>
      {view.state === 'open' && <FreezePart view={view} again={again} />}
      {(view.state === 'frozen' || view.state === 'signed') && (
        <section class="card" aria-labelledby="com-sign-title">
          <h2 id="com-sign-title">
            <Shape name="person" />
            {t('com.signTitle')}
          </h2>
          <p class="com-sum">{t('com.sum', { sha: view.sha256 ?? '' })}</p>
          {view.warrantyUntil !== null && <p>{t('com.until', { day: view.warrantyUntil })}</p>}
          <ul class="com-list">
            {view.signatures.map(({ role, name, wall }) => (
              <li key={`${role} ${wall}`} class="com-line">
                <Shape name="hand" />
                <span>{t('com.signed', { role: t(`com.role.${role}`), name, time: day(wall) })}</span>
              </li>
            ))}
          </ul>
          <SignForm view={view} again={again} />
          {view.state === 'frozen' && (
            <OrderKey
              label={t('com.reopen')}
              level={3}
              order={() => ({ ask: 'commissioning-reopen' })}
              onDone={again}
            />
          )}
        </section>
      )}
      {view.state === 'none' && <p>{t('com.state.none')}</p>}
    </>
  );
}

function FreezePart({ view, again }: PartProps): JSX.Element {
  const { t } = useWords();
  const [months, setMonths] = useState('');
  const [note, setNote] = useState('');
  const left = view.items.filter(isLeft);
  const isBad = months.trim() !== '' && !(/^\d{1,3}$/.test(months.trim()) && inRange(Number(months)));
  return (
    <section class="card" aria-labelledby="com-freeze-title">
      <h2 id="com-freeze-title">
        <Shape name="duty" />
        {t('com.freezeTitle')}
      </h2>
      <p>{t('com.freezeWhat')}</p>
      {left.length > 0 && <LeftPart view={view} again={again} />}
      <div class="form-line">
        <div class="pair">
          <Field label={t('com.warranty')} value={months} onValue={setMonths} type="number" />
          <Field label={t('com.note')} value={note} onValue={setNote} />
        </div>
        <OrderKey
          label={t('com.freeze')}
          level={3}
          isMain
          missing={left.length > 0 ? t('com.leftItems', { n: left.length }) : isBad ? t('com.badMonths') : null}
          order={() => ({
            ...{ ask: 'commissioning-freeze', warrantyUntil: null },
            warrantyMonths: months.trim() === '' ? null : Number(months),
            note: note.trim() === '' ? null : note.trim(),
          })}
          onDone={again}
        />
      </div>
    </section>
  );
}

function LeftPart({ view, again }: PartProps): JSX.Element {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const left = view.items.filter(isLeft);
  const words = reason.trim();
  return (
    <div class="form-line">
      <p>
        <b>{t('com.leftItems', { n: left.length })}</b>
      </p>
      <ul class="com-list">
        {left.map((item) => (
          <ItemRow key={item.id} item={item} isOpen again={again} />
        ))}
      </ul>
      <Field label={t('com.reason')} value={reason} onValue={setReason} />
      <OrderKey
        label={t('com.excuse')}
        level={3}
        missing={words === '' ? t('parts.fillIn', { what: t('com.reason') }) : null}
        order={() => ({ ask: 'commissioning-excuse', reason: words })}
        onDone={again}
      />
    </div>
  );
}

function SignForm({ view, again }: PartProps): JSX.Element {
  const { t } = useWords();
  const [role, setRole] = useState<Signature['role']>('installer');
  const [name, setName] = useState('');
  const [organisation, setOrganisation] = useState('');
  const [path, setPath] = useState('');
  return (
    <div class="form-line">
      <SelectField
        label={t('com.role')}
        value={role}
        onValue={(value) => setRole(roles.find((each) => each === value) ?? 'installer')}
      >
        {roles.map((each) => (
          <option key={each} value={each}>
            {t(`com.role.${each}`)}
          </option>
        ))}
      </SelectField>
      <div class="pair">
        <Field label={t('com.name')} value={name} onValue={setName} autoComplete="name" />
        <Field label={t('com.organisation')} value={organisation} onValue={setOrganisation} />
      </div>
      <SignaturePad path={path} onPath={setPath} />
      <OrderKey
        label={t('com.sign')}
        level={3}
        isMain
        missing={name.trim() === '' ? t('parts.fillIn', { what: t('com.name') }) : null}
        confirm={t('com.signSure', { name: name.trim() })}
        order={() => ({
          ...{ ask: 'commissioning-sign', sha256: view.sha256 ?? '', role, name: name.trim() },
          organisation: organisation.trim() === '' ? null : organisation.trim(),
          mark: path === '' ? null : path,
        })}
        onDone={() => {
          setName('');
          setOrganisation('');
          setPath('');
          again();
        }}
      />
    </div>
  );
}

function inRange(months: number): boolean {
  return months >= 1 && months <= monthsMax;
}
