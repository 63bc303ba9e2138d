/** Where things are and how each is: on the village plan, or zone by zone where there is none. */
import './map.css';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { villageMap } from '../../live/village-map.js';
import { me } from '../../session/session.js';
import { route } from '../../shell/route.js';
import { useWords } from '../../words/use-words.js';
import { OneOf } from '../parts/fields.js';
import { useAsked } from '../parts/use-asked.js';
import { DoorCard } from './door-card.js';
import { doorKey } from './doors.js';
import { MapEdit } from './map-edit.js';
import { isSame, type Pin, type Plan } from './pins.js';
import { ThingCard } from './thing-card.js';
import { Things } from './things.js';

type Thing = Pick<Pin, 'of' | 'kind'>;

export function MapScreen(): JSX.Element {
  const { t, say } = useWords();
  const info = useStore(site, (now) => now);
  const state = useStore(live, (now) => now.state);
  const mayEdit = useStore(me, (now) => (now?.level ?? 0) >= 3);
  const asked = useAsked('map', (signal) => ask('map', { signal }));
  const [chosen, choose] = useState<Thing | null>(null);
  const [planId, setPlanId] = useState<string | null>(null);
  const query = useStore(route, (now) => now.query);
  useEffect(() => {
    const pointed = pointedAt(query);
    if (pointed === null) return;
    choose(pointed);
    setPlanId(null);
  }, [query]);
  const [isEditing, setEditing] = useState(false);
  if (info === null || state === null) return <p role="status">{t('parts.loading')}</p>;
  const plans: readonly Plan[] = asked.value?.plans ?? [];
  const drawn = plans.filter(({ image }) => image !== null);
  const plan = drawn.find(({ id }) => id === planId) ?? drawn.find(hasOn(chosen)) ?? drawn[0];
  const door = chosen?.kind === 'household' ? info.care.find((each) => doorKey(each) === chosen.of) : undefined;
  if (isEditing && asked.value !== null) {
    return (
      <MapEdit
        map={asked.value}
        site={info}
        onSaved={(map) => {
          asked.take(map);
          villageMap.set(map);
          setEditing(false);
        }}
        onEnd={() => {
          asked.again();
          setEditing(false);
        }}
      />
    );
  }
  return (
    <div class="map">
      <h1 class="for-readers">{t('nav.map')}</h1>
      <ProblemNote problem={asked.problem} />
      {drawn.length > 1 && plan !== undefined && (
        <OneOf
          legend={t('map.plan')}
          options={drawn.map(({ id, name }) => ({ id, label: say(name) }))}
          chosen={plan.id}
          onChosen={setPlanId}
        />
      )}
      <div class="map-parts" data-chosen={chosen !== null}>
        <Things plan={plan} site={info} state={state} chosen={chosen} onChoose={choose} />
        {door !== undefined && <DoorCard key={chosen?.of} door={door} onClose={() => choose(null)} />}
        {chosen !== null && door === undefined && (
          <ThingCard
            key={`${chosen.kind} ${chosen.of}`}
            thing={chosen}
            site={info}
            state={state}
            onClose={() => choose(null)}
          />
        )}
      </div>
      {mayEdit && asked.value !== null && (
        <p>
          <button class="button" type="button" onClick={() => setEditing(true)}>
            {t('map.edit')}
          </button>
        </p>
      )}
    </div>
  );
}

/** Another screen's link: `#/map?kind=device&of=smoke-1`. */
function pointedAt(query: URLSearchParams): Thing | null {
  const of = query.get('of');
  const kind = (['device', 'point'] as const).find((each) => each === query.get('kind'));
  return of === null || kind === undefined ? null : { of, kind };
}

function hasOn(thing: Thing | null): (plan: Plan) => boolean {
  return ({ pins }) => thing !== null && pins.some((each) => isSame(each, thing));
}
