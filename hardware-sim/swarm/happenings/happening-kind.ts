import type { SiteConfig } from '../../../config/site.js';
import type { Chance } from '../../chance.js';
import type { Undo } from '../planned.js';
import type { World } from '../world.js';

/** Something that people, weather or the district do. */
export interface HappeningKind {
  readonly name: string;
  /** In a village of middling temper. */
  readonly perHour: number;
  /** How long it lasts, ms, drawn as likely between 1 s and 10 s as between 10 s and 100 s. */
  readonly lastsMs: readonly [min: number, max: number];
  /** Null: the site has nothing for it. */
  draw(config: SiteConfig, chance: Chance): ((world: World) => Undo) | null;
}

export const nothingToUndo: Undo = () => undefined;
