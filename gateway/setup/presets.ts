/** The kinds of places that `gengfu init` knows. A new one: a file beside these and its id in preset.ts. */
import type { Preset, PresetId } from './preset.js';
import { ancientTown } from './presets/ancient-town.js';
import { careHome } from './presets/care-home.js';
import { microStation } from './presets/micro-station.js';
import { mountainVillage } from './presets/mountain-village.js';

export const presets: Readonly<Record<PresetId, Preset>> = {
  'ancient-town': ancientTown,
  'mountain-village': mountainVillage,
  'care-home': careHome,
  'micro-station': microStation,
};
