/** Which loudspeakers: all, those of a zone, or one by one. */
import type { JSX } from 'preact';
import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { Pick } from '../parts/fields.js';
import { speakerZones, turned } from './speaker-zones.js';

export interface SpeakerPickProps {
  /** None: all of them. */
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: readonly string[]) => void;
}

export function SpeakerPick({ chosen, onChosen }: SpeakerPickProps): JSX.Element | null {
  const { t, say } = useWords();
  const info = useStore(site, (now) => now);
  if (info === null) return null;
  const zones = speakerZones(info);
  const whole = zones.filter(({ speakers }) => speakers.every((id) => chosen.includes(id)));
  return (
    <>
      {zones.length > 0 && (
        <Pick
          legend={t('voice.zones')}
          options={zones.map(({ zone, speakers }) => ({
            id: zone.id,
            label: t('voice.zone', { zone: say(zone.name), count: speakers.length }),
          }))}
          chosen={whole.map(({ zone }) => zone.id)}
          onChosen={(next) => {
            const before = new Set(whole.map(({ zone }) => zone.id));
            const touched = zones.find(({ zone }) => before.has(zone.id) !== next.includes(zone.id));
            if (touched !== undefined) onChosen(turned(chosen, touched.speakers));
          }}
        />
      )}
      <Pick
        legend={t('voice.where')}
        options={info.speakers.map(({ id, name }) => ({ id, label: say(name) }))}
        chosen={chosen}
        onChosen={onChosen}
        all={t('voice.everywhere')}
      />
    </>
  );
}
