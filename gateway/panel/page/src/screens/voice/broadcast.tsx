/** A stored message, or what somebody types, to all loudspeakers or some. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PanelOrder } from '../../../../api/orders.js';
import { Shape } from '../../design/shape.js';
import { Switch } from '../../design/switch.js';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { OneOf, TextArea } from '../parts/fields.js';
import { OrderKey } from '../parts/order-key.js';
import { SpeakerPick } from './speaker-pick.js';

/** As the desk has it: characters, and times. */
const textMax = 200;
const times = ['1', '2', '3', '5'] as const;
type Times = (typeof times)[number];

/** What stands for a place of an alarm can not be said by hand. */
const placeholder = /\{\{/;

export function Broadcast(): JSX.Element {
  const { t, say } = useWords();
  const messages = useStore(site, (now) => now?.messages ?? null);
  const speakers = useStore(site, (now) => now?.speakers ?? null);
  const [message, setMessage] = useState('');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [count, setCount] = useState<Times>('2');
  const [isEvacuation, setEvacuation] = useState(false);
  const stored = (messages ?? []).filter((each) => !placeholder.test(each.text?.zh ?? ''));
  const found = stored.find(({ id }) => id === message);
  const what = found === undefined ? text.trim() : say(found.text ?? found.name);
  const where =
    chosen.length === 0
      ? t('voice.everywhere')
      : (speakers ?? [])
          .filter(({ id }) => chosen.includes(id))
          .map(({ name }) => say(name))
          .join('、');
  const order = (): PanelOrder => ({
    ask: 'broadcast',
    message: found === undefined ? null : found.id,
    text: found === undefined ? what : null,
    speakers: chosen.length === 0 ? null : [...chosen],
    evacuation: isEvacuation,
    times: Number(count),
  });
  return (
    <section class="card" aria-labelledby="broadcast-title">
      <h2 id="broadcast-title">
        <Shape name="send" />
        {t('voice.broadcast')}
      </h2>
      <div class="form-line">
        <OneOf
          legend={t('voice.message')}
          options={[...stored.map(({ id, name }) => ({ id, label: say(name) })), { id: '', label: t('voice.typed') }]}
          chosen={found?.id ?? ''}
          onChosen={setMessage}
        />
        {found === undefined ? (
          <TextArea label={t('voice.text')} value={text} onValue={setText} max={textMax} />
        ) : (
          <p class="quoted">{what}</p>
        )}
        <SpeakerPick chosen={chosen} onChosen={setChosen} />
        <OneOf
          legend={t('voice.times')}
          options={times.map((id) => ({ id, label: t('voice.timesCount', { count: id }) }))}
          chosen={count}
          onChosen={setCount}
        />
        <Switch label={t('voice.evacuation')} isOn={isEvacuation} onTurn={setEvacuation} />
        <OrderKey
          label={t('voice.say')}
          shape="send"
          level={2}
          isMain
          missing={what === '' ? t('parts.fillIn', { what: t('voice.text') }) : null}
          confirm={t('voice.sure', { what, where, count })}
          order={order}
          onDone={() => setText('')}
        />
      </div>
    </section>
  );
}
