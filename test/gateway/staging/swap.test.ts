/** Going over to another site file: what is unchanged keeps running. */
import { expect, test } from 'vitest';
import type { LineId } from '../../../config/ids.js';
import type { SiteConfig } from '../../../config/site.js';
import {
  device,
  hallSmoke,
  kitchen,
  line,
  speechlessTown,
  streetSiren,
  townConfig,
  townSiren,
} from '../village-rig.js';
import { SwapRig } from './swap-rig.js';

const east = line('east');
const inn = line('inn');

/** The same site with another time-out of one line. */
function withTimeout(site: SiteConfig, id: LineId, timeoutMs: number): SiteConfig {
  return { ...site, lines: site.lines.map((each) => (each.id === id ? { ...each, timeoutMs } : each)) };
}

function longestGapMs(rig: SwapRig, id: LineId, sinceMono: number): number {
  const sent = (rig.sent.get(id) ?? []).filter((atMono) => atMono >= sinceMono - 500);
  return Math.max(...sent.slice(1).map((atMono, i) => atMono - (sent[i] ?? 0)));
}

test('an unchanged line keeps its open port, is scanned again within a second, and asks nothing into a late answer', async () => {
  const town = await townConfig();
  const rig = new SwapRig(town);
  await rig.start(town);
  const beganMono = rig.clock.mono();
  const [opened, closed] = [rig.opened.length, rig.closed.length];
  await rig.wait(rig.runner.swapTo(withTimeout(town, inn, 450)));
  await rig.clock.advance(5_000);
  expect(rig.opened.slice(opened)).toEqual([inn]);
  expect(rig.closed.slice(closed)).toEqual([inn]);
  for (const id of [east, line('west')]) expect(longestGapMs(rig, id, beganMono)).toBeLessThan(1000);
  console.log([east, line('west'), line('pool'), inn].map((id) => longestGapMs(rig, id, beganMono)));
  expect(rig.runtime.vitals.lines).toEqual(new Set(town.lines.map(({ id }) => id)));
  expect(rig.runtime.points.get(kitchen)).toMatchObject({ quality: 'good' });
  console.log(rig.entries.map((e) => `${e.kind} ${e.subject} ${e.words.en}`));
  await rig.wait(rig.runner.stop());
  expect(rig.closed.slice(closed + 1).sort()).toEqual(town.lines.map(({ id }) => id).sort());
});
