/** Detectors of a zone are tried one by one: which were seen, which not yet. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { HistoryPage } from '../../../../api/history.js';
import type { SiteInfo } from '../../../../api/site.js';
import { ask, type Outcome } from '../../api/client.js';
import { ProblemNote } from '../../design/problem-note.js';
import { Shape } from '../../design/shape.js';
import { live, nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { OneOf } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';
import { useAsked } from '../parts/use-asked.js';
import { practisedIn } from './running.js';
import { lastWalkTest } from './walk-test.js';

/** While it goes on the journal is looked at so often, ms. */
const lookMs = 3000;
const entriesMax = 200;
const noZones: SiteInfo['zones'] = [];

export function WalkTestPart(): JSX.Element {
  const { t, say } = useWords();
  const zones = useStore(site, (now) => now?.zones ?? noZones);
  const [picked, setPicked] = useState<string | null>(null);
  const zone = picked ?? zones[0]?.id ?? null;
  return (
    <section class="card" aria-labelledby="walk-title">
      <h2 id="walk-title">
        <Shape name="test" />
        {t('walk.title')}
      </h2>
      <p>{t('walk.what')}</p>
      {zone !== null && (
        <>
          <OneOf
            legend={t('parts.zone')}
            options={zones.map(({ id, name }) => ({ id, label: say(name) }))}
            chosen={zone}
            onChosen={setPicked}
          />
          <ZoneTest key={zone} zone={zone} />
        </>
      )}
    </section>
  );
}

function ZoneTest({ zone }: { readonly zone: string }): JSX.Element {
  const { t, say, day, age } = useWords();
  const state = useStore(live, (now) => now.state);
  const wall = useStore(nowWall, (now) => now);
  const points = useStore(site, (now) => now?.points ?? null);
  const name = useStore(site, (now) => now?.zones.find(({ id }) => id === zone)?.name ?? null);
  const running = practisedIn(state).walkTests.find(({ id }) => id === `walk-test-${zone}`);
  const isRunning = running !== undefined;
  const { value, problem } = useAsked(
    `${zone} ${isRunning}`,
    (signal) => askWalkTest(zone, signal),
    isRunning ? lookMs : null,
  );
  const test = value === null ? null : lastWalkTest(value.entries);
  const ofZone = (points ?? []).filter((point) => point.zone === zone && point.class === 'fire');
  const taking = test?.points ?? ofZone.map(({ id }) => id);
  const seen = taking.filter((id) => test?.seen.has(id) === true).length;
  return (
    <div class="walk">
      {isRunning ? (
        <p class="running of-test" role="status">
          <b>{t('walk.running', { zone: say(name) })}</b>{' '}
          {running.untilWall !== null && t('duty.endsIn', { age: age(running.untilWall - wall) })}
        </p>
      ) : (
        <p>
          {test === null
            ? t('walk.never')
            : t('walk.last', { time: day(test.beganWall), seen, all: taking.length, by: test.by ?? '' })}
        </p>
      )}
      <ProblemNote problem={problem} />
      {isRunning ? (
        <OrderKey label={t('walk.end')} level={3} isMain order={() => ({ ask: 'walk-test-end', zone })} />
      ) : (
        <OrderKey
          label={t('walk.begin')}
          shape="test"
          level={3}
          isMain
          confirm={t('walk.sure', { zone: say(name) })}
          order={() => ({ ask: 'walk-test-begin', zone, forMs: null })}
        />
      )}
      {test !== null && (
        <>
          <p class="walk-count" role="status">
            {t('walk.count', { seen, all: taking.length })}
          </p>
          <ul class="walk-list">
            {taking.map((id) => {
              const point = points?.find((each) => each.id === id);
              const at = test.seen.get(id);
              return (
                <li key={id} data-seen={at !== undefined}>
                  <Shape name={at === undefined ? 'connecting' : 'normal'} />
                  <span>{point === undefined ? id : `${say(point.place)} ${say(point.name)}`}</span>
                  <b>{at === undefined ? t('walk.notSeen') : t('walk.seen', { time: day(at) })}</b>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}

function askWalkTest(zone: string, signal: AbortSignal): Promise<Outcome<HistoryPage>> {
  const kinds = ['walk_test.begun', 'walk_test.seen', 'walk_test.ended'] as const;
  const filter = { zones: [zone], kinds: [...kinds] };
  return ask('history', { body: { filter, limit: entriesMax }, signal });
}
