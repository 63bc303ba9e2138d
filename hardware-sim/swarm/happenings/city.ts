/** What the city's centre asks: states, versions, whether somebody is there, and what it may not order. */
import { cityUplink } from '../../checkers/city-index.js';
import { type HappeningKind, nothingToUndo } from './happening-kind.js';

/** Reads, as the standard lists them (8.2). */
const reads = [61, 62, 63, 64, 65, 66, 67, 68, 81, 84, 85, 86, 88] as const;

const asks: HappeningKind = {
  name: 'city-asks',
  perHour: 6,
  lastsMs: [1, 2],
  draw(config, chance) {
    if (cityUplink(config) === null) return null;
    const what = chance.pick(['read', 'read', 'duty', 'clock', 'initialise'] as const);
    const [type, minutes, aheadMs] = [chance.pick(reads), chance.int(0, 10), chance.between(-1e9, 1e9)];
    const isRepeated = chance.is(0.3);
    return (world) => {
      const centre = world.cityWorld?.centre;
      if (centre === undefined) return nothingToUndo;
      const asked = {
        read: () => centre.ask(type),
        duty: () => centre.checkPost(minutes),
        clock: () => centre.setClock(world.wall() + aheadMs),
        initialise: () => centre.initialise(),
      }[what]();
      if (asked !== null && isRepeated) centre.repeat(asked);
      return nothingToUndo;
    };
  },
};

export const cityKinds: readonly HappeningKind[] = [asks];
