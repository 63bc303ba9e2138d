/** What is looked for. The commonest, a word, stands first; the rest opens below. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { SiteInfo } from '../../../../api/site.js';
import { Field } from '../../design/field.js';
import { Shape } from '../../design/shape.js';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { OneOf, Pick, SelectField } from '../parts/fields.js';
import { classes, emptyForm, type HistoryForm, spans } from './history-form.js';
import { groups, kindsOf } from './kind-groups.js';

export interface HistoryFilterProps {
  readonly form: HistoryForm;
  readonly onForm: (form: HistoryForm) => void;
  readonly onLook: () => void;
}

export function HistoryFilter({ form, onForm, onLook }: HistoryFilterProps): JSX.Element {
  const { t, say } = useWords();
  const info = useStore(site, (now) => now);
  const set = (change: Partial<HistoryForm>): void => onForm({ ...form, ...change });
  const [isOpen, setOpen] = useState(isNarrowed(form));
  return (
    <form
      class="filter card"
      onSubmit={(event) => {
        event.preventDefault();
        onLook();
      }}
    >
      <div class="filter-line">
        <Field label={t('history.text')} type="search" value={form.text} onValue={(text) => set({ text })} />
        <OneOf
          legend={t('history.where')}
          options={[
            { id: 'names', label: t('history.names') },
            { id: 'free', label: t('history.free') },
          ]}
          chosen={form.isFree ? 'free' : 'names'}
          onChosen={(id) => set({ isFree: id === 'free' })}
        />
        <button class="button main-button" type="submit">
          {t('history.look')}
        </button>
        <button class="button" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Shape name={isOpen ? 'up' : 'down'} />
          {t('history.more')}
        </button>
      </div>
      {isOpen && (
        <div class="filter-more">
          <OneOf
            legend={t('history.span')}
            options={spans.map((id) => ({ id, label: t(`history.span.${id}`) }))}
            chosen={form.span}
            onChosen={(span) => set({ span })}
          />
          {form.span === 'chosen' && (
            <div class="filter-line">
              <Field
                label={t('history.from')}
                type="datetime-local"
                value={form.from}
                onValue={(from) => set({ from })}
              />
              <Field label={t('history.to')} type="datetime-local" value={form.to} onValue={(to) => set({ to })} />
            </div>
          )}
          <Pick
            legend={t('history.class')}
            options={classes.map((id) => ({ id, label: t(`state.${id}`) }))}
            chosen={form.classes}
            onChosen={(chosen) => set({ classes: classes.filter((each) => chosen.includes(each)) })}
            all={t('parts.all')}
          />
          <div class="filter-line">
            <SelectField label={t('parts.zone')} value={form.zone} onValue={(zone) => set({ zone })}>
              <option value="">{t('parts.all')}</option>
              {info?.zones.map(({ id, name }) => (
                <option key={id} value={id}>
                  {say(name)}
                </option>
              ))}
            </SelectField>
            <SelectField label={t('history.device')} value={form.device} onValue={(device) => set({ device })}>
              <option value="">{t('parts.all')}</option>
              {devicesOf(info, form.zone).map(({ id, name, place }) => (
                <option key={id} value={id}>
                  {`${say(place)} ${say(name)} (${id})`.trim()}
                </option>
              ))}
            </SelectField>
            <SelectField label={t('entry.kind')} value={form.kind} onValue={(kind) => set({ kind })}>
              <option value="">{t('parts.all')}</option>
              {groups.map((group) => (
                <optgroup key={group} label={t(`group.${group}`)}>
                  <option value={group}>{t('history.allOf', { group: t(`group.${group}`) })}</option>
                  {kindsOf(group).map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`kind.${kind}`)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </SelectField>
            <button class="button" type="button" onClick={() => onForm(emptyForm)}>
              {t('history.clear')}
            </button>
          </div>
        </div>
      )}
    </form>
  );
}

/** By something that stands below: it is shown. */
function isNarrowed({ zone, device, kind, classes: chosen, span }: HistoryForm): boolean {
  return zone !== '' || device !== '' || kind !== '' || chosen.length > 0 || span !== emptyForm.span;
}

function devicesOf(info: SiteInfo | null, zone: string): SiteInfo['devices'] {
  return (info?.devices ?? []).filter((each) => zone === '' || each.zone === zone);
}
