/** The swarm itself: the same seed is the same story, its command line, its file of seeds, its words. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { Chance } from '../../hardware-sim/chance.js';
import { mutations } from '../../hardware-sim/swarm/mutations.js';
import { parseSwarmOptions } from '../../hardware-sim/swarm/options.js';
import { runSeed } from '../../hardware-sim/swarm/run-seed.js';
import { parseSeeds } from '../../hardware-sim/swarm/seed-file.js';
import { failureLines, progressLine, seedLine } from '../../hardware-sim/swarm/tell.js';
import { Trace, virtualTime } from '../../hardware-sim/swarm/trace.js';

const codecs = await loadCodecs();

async function traceOf(seed: number, hours: number, site: 'hamlet' | 'ancient-town'): Promise<string> {
  const lines: string[] = [];
  const trace = new Trace((line) => lines.push(line));
  const result = await runSeed({ seed, hours, site, codecs, onFact: (fact, world) => trace.see(fact, world) });
  trace.flush();
  expect(result.violations).toEqual([]);
  return lines.join('\n');
}

describe('a seed', () => {
  it('gives the same trace twice, byte by byte, and another seed another one', async () => {
    const first = await traceOf(11, 0.1, 'hamlet');
    expect(
      createHash('sha256')
        .update(await traceOf(11, 0.1, 'hamlet'))
        .digest('hex'),
    ).toBe(createHash('sha256').update(first).digest('hex'));
    expect(first.split('\n').length).toBeGreaterThan(50);
    expect(await traceOf(12, 0.1, 'hamlet')).not.toBe(first);
  });

  it('draws streams that do not disturb one another', () => {
    const [a, b] = [new Chance(7), new Chance(7)];
    a.stream('faults').next();
    expect(a.stream('people').next()).toBe(b.stream('people').next());
    expect(a.stream('people').next()).not.toBe(a.stream('faults').next());
  });
});

describe('the command line', () => {
  const optionsOf = (...args: string[]) => parseSwarmOptions(args, 2);

  it('runs twenty fresh seeds of an hour, or the one that it is told', () => {
    expect(optionsOf()).toMatchObject({ ok: true, options: { firstSeed: null, seeds: 20, hours: 1, jobs: 2 } });
    expect(optionsOf('--seed', '5', '--hours', '0.5', '--trace', '--site', 'hamlet')).toMatchObject({
      ok: true,
      options: { firstSeed: 5, seeds: 1, hours: 0.5, hasTrace: true, site: 'hamlet' },
    });
  });

  it.each([
    [['--seeds', '0'], '--seeds'],
    [['--seeds', '1.5'], '--seeds'],
    [['--hours', 'ten'], '--hours'],
    [['--site', 'atlantis'], 'ancient-town'],
    [['--storm'], 'usage'],
  ])('refuses %j with what would be right', (args, told) => {
    const parsed = optionsOf(...args);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.words.en).toContain(told);
    if (!parsed.ok) expect(parsed.words.zh).not.toBe('');
  });
});

it('a mutation finds what it breaks exactly once, so that none of them breaks nothing', () => {
  const places = mutations.flatMap((each) => [each, ...(each.also === undefined ? [] : [each.also])]);
  const lost = places.filter(({ file, find }) => readFileSync(file, 'utf8').split(find).length !== 2);
  expect(lost.map(({ file, find }) => `${file}: ${find}`)).toEqual([]);
});

describe('the file of seeds', () => {
  it('of the project reads', () => {
    const file = 'test/swarm/seeds.txt';
    expect(parseSeeds(readFileSync(file, 'utf8'), file)).toBeInstanceOf(Array);
  });

  it('reads a seed with its why, and refuses a line that it would leave out', () => {
    expect(parseSeeds('# head\n\n17 0.5 hamlet  # latch-holds: lost\n18 1 drawn  # x\n', 'f')).toEqual([
      { seed: 17, hours: 0.5, site: 'hamlet' },
      { seed: 18, hours: 1, site: null },
    ]);
    for (const bad of ['17 1 hamlet', '17 hamlet # why', '17 1 atlantis  # why', 'seventeen 1 hamlet  # why']) {
      expect(() => parseSeeds(bad, 'f')).toThrow('f:1');
    }
  });
});

describe('what is told', () => {
  const task = { seed: 17, hours: 1, site: null, isQuiet: false, hasTrace: false };
  const result = {
    ...{ seed: 17, site: 'hamlet' as const, virtualMs: 3_900_000, faults: 3, happenings: 4, facts: 100 },
    violations: [{ checker: 'latch-holds', mono: 3_723_004.5, what: 'point:smoke-1/smoke was forgotten' }],
  };

  it('of a failure: the moment, the judge, and the command that plays it again', () => {
    const finished = { task, result, crash: null, cpuMs: 3900, rssMb: 100 };
    expect(seedLine(finished)).toContain('seed 17  hamlet  1.08 h  3 faults');
    expect(seedLine(finished)).toContain('1000x');
    expect(failureLines(finished)).toEqual([
      '  01:02:03.004  latch-holds: point:smoke-1/smoke was forgotten',
      '  replay: npm run swarm -- --seed 17 --hours 1 --site hamlet --trace',
    ]);
    expect(failureLines({ task, result: null, crash: 'exit 1\nError: so', cpuMs: null, rssMb: null })).toContain(
      '  Error: so',
    );
  });

  it('of the way: how many, how fast, how long still', () => {
    expect(
      progressLine({ finished: 10, of: 40, failed: 1, doneMs: 36_000_000, wholeMs: 144_000_000, tookMs: 36_000 }),
    ).toBe('10/40 seeds, 1 failed, 1000x real time, 2 min left');
    expect(virtualTime(86_400_000 + 61_001)).toBe('1d 00:01:01.001');
  });
});
