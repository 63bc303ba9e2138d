import { site } from '../../live/connection.js';
import { useStore } from '../../live/store.js';
import { useWords } from '../../words/use-words.js';
import { originWords } from './origins.js';

/** Names whoever did something, in the language that is switched on. */
export function useWho(): (origin: string) => string {
  const spoken = useWords();
  const info = useStore(site, (now) => now);
  return (origin) => originWords(origin, spoken, info);
}
