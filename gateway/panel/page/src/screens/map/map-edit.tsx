/** The plan is changed in place: an image, things set on it by touch or by arrow keys, saved on the revision that was read. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MapPlan } from '../../../../api/map.js';
import type { PanelProblem } from '../../../../api/routes.js';
import type { Household, SiteInfo } from '../../../../api/site.js';
import { ask } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { useHouseholds } from '../../first/use-households.js';
import { useWords } from '../../words/use-words.js';
import { OneOf, SelectField } from '../parts/fields.js';
import { Confirm, useBackAfter } from '../parts/order-key.js';
import { doorKey, isBehind } from './doors.js';
import { EditPicture } from './edit-picture.js';
import { PhotoEdit } from './photo-edit.js';
import { isSame, type Pin, type Placeable, type Plan, placeablesOf, placed, removed } from './pins.js';
import { uploadPlan } from './upload-plan.js';

export interface MapEditProps {
  readonly map: MapPlan;
  readonly site: SiteInfo;
  readonly onSaved: (map: MapPlan) => void;
  readonly onEnd: () => void;
}

const middle = 0.5;

export function MapEdit({ map, site, onSaved, onEnd }: MapEditProps): JSX.Element {
  const { t, say } = useWords();
  const [plans, setPlans] = useState<readonly Plan[]>(map.plans);
  const [photos, setPhotos] = useState<MapPlan['photos']>(map.photos);
  const [at, setAt] = useState(0);
  const [chosen, choose] = useState<Pick<Pin, 'of' | 'kind'> | null>(null);
  const [problem, setProblem] = useState<PanelProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const leave = useBackAfter(isLeaving);
  const plan = plans[at];
  const things = placeablesOf(site);
  const { households } = useHouseholds(site.care.length > 0);
  const change = (next: Plan): void => setPlans(plans.map((each, index) => (index === at ? next : each)));
  const isChanged = plans !== map.plans || photos !== map.photos;

  async function save(): Promise<void> {
    setBusy(true);
    const answer = await ask('setMap', { body: { plans: [...plans], photos: [...photos], revision: map.revision } });
    setBusy(false);
    setProblem(answer.isOk ? null : answer.problem);
    if (answer.isOk) onSaved(answer.value);
  }

  async function upload(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    const done = await uploadPlan(file, map.revision + plans.length);
    setBusy(false);
    setProblem(done.isOk ? null : done.problem);
    if (!done.isOk) return;
    const { name: image, aspect } = done.value;
    if (plan !== undefined && plan.image === null) return change({ ...plan, image, aspect });
    const id = `plan-${map.revision}-${plans.length + 1}`;
    setPlans([...plans, { id, name: nameOf(file.name, site), image, aspect, pins: [] }]);
    setAt(plans.length);
  }

  return (
    <div class="map map-edit">
      <h1>{t('map.edit')}</h1>
      <ProblemNote problem={problem} />
      <p class="hint">{t('map.editHint')}</p>
      <div class="choices">
        <label class="button file-key">
          {t('map.upload')}
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            disabled={isBusy}
            onChange={(event) => void upload(event.currentTarget.files?.[0])}
          />
        </label>
        <button class="button main-button" type="button" disabled={isBusy || !isChanged} onClick={() => void save()}>
          {t('map.save')}
        </button>
        {isLeaving ? (
          <Confirm question={t('map.leaveSure')} label={t('map.leave')} onYes={onEnd} onNo={() => setLeaving(false)} />
        ) : (
          <button class="button" type="button" ref={leave} onClick={() => (isChanged ? setLeaving(true) : onEnd())}>
            {t('parts.cancel')}
          </button>
        )}
      </div>
      {plans.length > 1 && plan !== undefined && (
        <OneOf
          legend={t('map.plan')}
          options={plans.map(({ id, name }) => ({ id, label: say(name) }))}
          chosen={plan.id}
          onChosen={(id) => setAt(plans.findIndex((each) => each.id === id))}
        />
      )}
      {plan !== undefined && plan.image !== null && (
        <>
          <div class="form-line">
            <SelectField
              label={t('map.thing')}
              value={chosen === null ? '' : keyOf(chosen)}
              onValue={(key) => {
                const thing = things.find((each) => keyOf(each) === key) ?? null;
                choose(thing);
                if (thing !== null && !plan.pins.some((each) => isSame(each, thing))) {
                  change(placed(plan, thing, middle, middle));
                }
              }}
            >
              <option value="">{t('service.choose')}</option>
              {things.map((each) => (
                <option key={keyOf(each)} value={keyOf(each)}>
                  {optionWords(each, plan, say)} {peopleAt(each, site, households)}
                </option>
              ))}
            </SelectField>
            <button
              class="button"
              type="button"
              disabled={chosen === null || !plan.pins.some((each) => isSame(each, chosen))}
              onClick={() => {
                if (chosen !== null) change(removed(plan, chosen));
                choose(null);
              }}
            >
              {t('map.remove')}
            </button>
          </div>
          <EditPicture plan={plan} things={things} chosen={chosen} onChoose={choose} onPlan={change} />
        </>
      )}
      {plan === undefined && <p>{t('map.noPlan')}</p>}
      <PhotoEdit
        site={site}
        revision={map.revision}
        photos={photos}
        onPhotos={(next) => setPhotos([...next])}
        device={chosen?.kind === 'device' ? chosen.of : null}
      />
    </div>
  );
}

function keyOf({ of, kind }: Pick<Pin, 'of' | 'kind'>): string {
  return `${kind} ${of}`;
}

/** What stands on the plan already has a mark. */
function optionWords(thing: Placeable, plan: Plan, say: (words: Placeable['name'] | null) => string): string {
  const mark = plan.pins.some((each) => isSame(each, thing)) ? '● ' : '○ ';
  const which = thing.kind === 'household' ? '' : ` (${thing.of})`;
  return `${mark}${say(thing.place)} ${say(thing.name)}${which}`;
}

/** Names help whoever places the doors; they are not kept with the plan. */
function peopleAt({ kind, of }: Placeable, { care }: SiteInfo, households: readonly Household[]): string {
  const door = kind === 'household' ? care.find((each) => doorKey(each) === of) : undefined;
  if (door === undefined) return '';
  return households
    .filter((each) => isBehind(each, door))
    .map(({ people }) => people ?? '')
    .join('、');
}

function nameOf(file: string, { name }: SiteInfo): Plan['name'] {
  const stem = file
    .replace(/\.\w+$/, '')
    .trim()
    .slice(0, 60);
  return stem === '' ? name : { zh: stem, en: stem };
}
