/** The box: disk, clock, power, memory, version; its own points, and what it has counted. */
import type { JSX } from 'preact';
import type { SiteInfo } from '../../../../api/site.js';
import { ask } from '../../api/client.js';
import { Shape } from '../../design/shape.js';
import { live, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { rounded, valueWords, withUnit } from '../parts/point-words.js';
import { useAsked } from '../parts/use-asked.js';
import { standingOf } from '../water/gauges.js';
import { boxFactsOf, calmName } from './box-facts.js';

const againMs = 60_000;
const none: SiteInfo['points'] = [];

export function BoxCard(): JSX.Element {
  const words = useWords();
  const { t, say, day, age } = words;
  const state = useStore(live, (now) => now.state);
  const points = useStore(site, (now) => now?.points ?? none);
  const { value } = useAsked('doctor', (signal) => ask('doctor', { signal }), againMs);
  const facts = value === null ? null : boxFactsOf(value);
  const own = points.filter(({ id }) => id.startsWith('box/') && state?.points[id]?.quality === 'good');
  return (
    <section class="card" aria-labelledby="box-title">
      <h2 id="box-title">{t('health.box')}</h2>
      <dl class="figures">
        {state !== null && (
          <>
            <Figure name={t('health.version')} value={state.head.version} />
            <Figure name={t('health.running')} value={age(state.head.upMs)} />
            <Figure
              name={t('health.record')}
              value={t(state.head.isRecording ? 'health.recording' : 'health.notRecording')}
            />
          </>
        )}
        {state !== null &&
          own.map((point) => {
            const standing = standingOf(point.id, state);
            const calm = calmName(point.role);
            return (
              <div key={point.id} class={`figure of-${standing === 'unknown' ? 'lost' : standing}`}>
                <dt>
                  {standing !== 'normal' && <Shape name={standing === 'unknown' ? 'lost' : standing} />}
                  {calm === null ? say(point.name) : t(calm)}
                </dt>
                <dd>{valueWords(point, state.points[point.id], words)}</dd>
              </div>
            );
          })}
        {facts?.oldestWall != null && <Figure name={t('health.oldestEntry')} value={day(facts.oldestWall)} />}
        {facts?.cardMb != null && (
          <Figure
            name={t('health.card')}
            value={t('health.ofBudget', {
              used: withUnit(facts.cardMb.perDay, 'MB'),
              budget: withUnit(facts.cardMb.budget, 'MB'),
            })}
          />
        )}
        {facts?.dataUse.map(({ uplink, usedMb, budgetMb }) => (
          <Figure
            key={uplink}
            name={t('health.data', { uplink })}
            value={
              budgetMb === null
                ? `${rounded(usedMb)} MB`
                : t('health.ofBudget', { used: withUnit(usedMb, 'MB'), budget: withUnit(budgetMb, 'MB') })
            }
          />
        ))}
      </dl>
    </section>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }): JSX.Element {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
