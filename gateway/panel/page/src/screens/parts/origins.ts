/** Who did something, as people say it: pure. The gateway writes `panel:wang`, `key:duty-key/pressed`, `centre:county`, `uplink:sms`. */
import type { SiteInfo } from '../../../../api/site.js';
import type { Spoken } from '../../words/use-words.js';

export function originWords(origin: string, { t, say }: Pick<Spoken, 't' | 'say'>, site: SiteInfo | null): string {
  const at = origin.indexOf(':');
  const [kind, name] = at < 0 ? [origin, ''] : [origin.slice(0, at), origin.slice(at + 1)];
  switch (kind) {
    case 'panel':
      return name === '' ? t('origin.screen') : name;
    case 'cli':
      return t('origin.cli', { name });
    case 'key': {
      const key = site?.points.find(({ id }) => id === name);
      return t('origin.key', { name: key === undefined ? name : `${say(key.place)} ${say(key.name)}`.trim() });
    }
    // What a short message has become is told by its uplink itself.
    case 'uplink':
    case 'centre': {
      const centre = site?.uplinks.find(({ id }) => id === name);
      return centre === undefined ? t('origin.centre') : say(centre.name);
    }
    case 'calendar':
      return t('origin.calendar');
    default:
      return origin;
  }
}
