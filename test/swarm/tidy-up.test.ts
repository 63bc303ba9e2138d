/** What a duty person does in the liveness phase: what only an exercise can prove is tried again. */
import { expect, it } from 'vitest';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { endsWell } from '../../hardware-sim/checkers/ends-well.js';
import { submit } from '../../hardware-sim/swarm/happenings/at-the-box.js';
import type { Planned } from '../../hardware-sim/swarm/planned.js';
import { runSeed } from '../../hardware-sim/swarm/run-seed.js';

it('tests the sirens again until the one that failed its test has passed one', async () => {
  const plan: Planned[] = [
    {
      ...{ atMs: 5_000, lastsMs: 25_000, name: 'pin-output-stuck' },
      begin: ({ village: { board } }) => {
        board.stick(17, false);
        return () => board.stick(17, null);
      },
    },
    {
      ...{ atMs: 6_000, lastsMs: 0, name: 'siren-test' },
      begin(world) {
        submit(world, { ask: 'siren-test' });
        return () => undefined;
      },
    },
  ];
  const faults: string[] = [];
  const { violations } = await runSeed({
    ...{ seed: 1, hours: 0.01, site: 'hamlet', codecs: await loadCodecs(), checkers: [endsWell], plan: () => plan },
    onFact({ kind, ...fact }) {
      if (kind !== 'seen' || !('seen' in fact) || fact.seen.kind !== 'entry') return;
      const { entry } = fact.seen;
      if (entry.subject === 'fault:siren-test:siren') faults.push(entry.kind);
    },
  });
  expect(faults).toContain('alarm.raised');
  expect(faults.at(-1)).toBe('alarm.returned');
  expect(violations).toEqual([]);
});
