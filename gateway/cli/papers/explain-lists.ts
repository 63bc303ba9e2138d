/** `gengfu explain points` and `gengfu explain wiring`. */
import { pointText } from '../../papers/point-list.js';
import { wiringList, wiringText } from '../../papers/wiring-list.js';
import type { RunOptions } from '../exercise-orders.js';
import { readSite } from '../read-site.js';

export async function explainList(what: 'points' | 'wiring', options: RunOptions): Promise<void> {
  const read = await readSite(options);
  if (read === null) return;
  const { config, yaml, profiles } = read;
  const terminals = wiringList(yaml, profiles);
  const facts = what === 'points' ? { points: config.points } : { terminals };
  const text = what === 'points' ? pointText(config, options.lang) : wiringText(terminals, options.lang);
  process.stdout.write(options.json === true ? `${JSON.stringify(facts, mapsAsObjects)}\n` : `${text}\n`);
}

function mapsAsObjects(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
