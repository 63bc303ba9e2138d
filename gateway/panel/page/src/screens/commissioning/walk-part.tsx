/** Where to go next, what has just come, and all that was and was not tried out. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Shape } from '../../design/shape.js';
import { nowWall, site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { OneOf } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';
import type { PartProps } from './begin-part.js';
import { ItemRow, nameIn } from './item-row.js';
import { isLeft, itemsOf, nextItem, wantsWalk } from './items.js';

const everywhere = '';

export function WalkPart({ view, again }: PartProps): JSX.Element {
  const { t, say } = useWords();
  const zones = useStore(site, (now) => now?.zones ?? null);
  const [picked, setPicked] = useState(everywhere);
  const items = itemsOf(view, 'walk');
  const shown = picked === everywhere ? items : items.filter(({ zone }) => zone === picked);
  const isOpen = view.state === 'open';
  const seen = view.items.find(({ id }) => id === view.seen) ?? null;
  const waiting = items.filter(({ subject }) => view.stillActive.includes(subject));
  return (
    <>
      {isOpen && (
        <section class="card" aria-labelledby="com-next-title">
          <NextItem view={view} again={again} items={shown} />
          <div role="status">
            {seen !== null && (
              <p class="com-seen">
                <Shape name="normal" /> {t('com.justSeen', { name: nameIn(seen, say) })}
                {seen.detectionMs !== null && ` · ${t('com.detection', { ms: seen.detectionMs })}`}
              </p>
            )}
            {waiting.length > 0 && (
              <p class="com-wait">{t('com.wait', { names: waiting.map((item) => nameIn(item, say)).join('、') })}</p>
            )}
          </div>
        </section>
      )}
      <section class="card" aria-labelledby="com-list-title">
        <h2 id="com-list-title">{t('com.tab.walk')}</h2>
        <OneOf
          legend={t('parts.zone')}
          options={[
            { id: everywhere, label: t('parts.all') },
            ...(zones ?? []).map(({ id, name }) => ({ id, label: say(name) })),
          ]}
          chosen={picked}
          onChosen={setPicked}
        />
        <ul class="com-list">
          {shown.map((item) => (
            <ItemRow key={item.id} item={item} isOpen={isOpen} again={again} />
          ))}
        </ul>
      </section>
    </>
  );
}

function NextItem({ view, again, items }: PartProps & { readonly items: ReturnType<typeof itemsOf> }): JSX.Element {
  const { t, say, age } = useWords();
  const wall = useStore(nowWall, (now) => now);
  const zones = useStore(site, (now) => now?.zones ?? null);
  const next = nextItem(items, view.walking);
  const pressed = view.items.find(({ id }) => id === view.pressed?.item) ?? null;
  const item = pressed ?? next;
  if (item === null) return <h2 id="com-next-title">{t('com.nothingLeft')}</h2>;
  const zone = item.zone;
  const isWalking = zone !== null && view.walking.includes(zone);
  const zoneName = say(zones?.find(({ id }) => id === zone)?.name);
  const left = items.filter(isLeft).length;
  return (
    <>
      <h2 class="com-next" id="com-next-title">
        <small>
          {t('com.next')} ({left})
        </small>
        <span>{nameIn(item, say)}</span>
      </h2>
      {item.countedMs !== null && <p>{t('com.counted', { ms: item.countedMs })}</p>}
      {wantsWalk(item) && zone !== null && !isWalking && (
        <>
          <p>{t('com.noWalk')}</p>
          <OrderKey
            label={`${t('walk.begin')} ${zoneName}`}
            shape="test"
            level={3}
            isMain
            order={() => ({ ask: 'walk-test-begin', zone, forMs: null })}
            onDone={again}
          />
        </>
      )}
      <div class="com-keys">
        <OrderKey
          label={t('com.press')}
          shape="hand"
          level={3}
          isMain={!wantsWalk(item) || isWalking}
          order={() => ({ ask: 'commissioning-press', item: item.id })}
          onDone={again}
        />
        {isWalking && (
          <OrderKey
            label={`${t('walk.end')} ${zoneName}`}
            level={3}
            order={() => ({ ask: 'walk-test-end', zone })}
            onDone={again}
          />
        )}
      </div>
      {view.pressed !== null && (
        <p class="running of-test" role="timer">
          {t('com.timing', { age: age(Math.max(0, wall - view.pressed.wall)) })}
        </p>
      )}
    </>
  );
}
