/** Which stories can not be told where real clocks and real processes rule, and why. Pure. */
import type { Words } from '../config/vocabulary.js';
import type { Scenario } from './scenario.js';

/** `demo`: the gateway is a part of the process. `sim`: it is a process of its own. */
export type Stand = 'demo' | 'sim';

/** Null: it can be played there. */
export function refusedHere({ names, virtual_only, steps }: Scenario, stand: Stand): Words | null {
  const told = (why: Words): Words => ({
    zh: `“${names.zh}”不能在这里演：${why.zh}；见 test/hardware-sim/scenarios.test.ts`,
    en: `"${names.en}" can not be played here: ${why.en}; see test/hardware-sim/scenarios.test.ts`,
  });
  if (virtual_only !== undefined) return told(virtual_only);
  if (stand === 'demo') return null;
  const deeds = steps.map((step) => step.do);
  if (deeds.some((deed) => 'disk' in deed))
    return told({ zh: '另一个进程的磁盘弄不坏', en: 'the disk of another process can not be spoilt from here' });
  if (deeds.some((deed) => 'command' in deed && deed.level !== undefined && deed.level !== 2))
    return told({ zh: '命令行只有Ⅱ级', en: 'the command line of the box is of level Ⅱ only' });
  return null;
}
