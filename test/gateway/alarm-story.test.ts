import { expect, test } from 'vitest';
import { AlarmStory } from './alarm-story.js';

/** The whole proof is `npm run soak -- alarm`: ten times as many, with any seed. */
const steps = 10_000;

test('in 10,000 random steps with restarts no fire is lost, no silence hides another, no output is on or off without a reason, no step of a plan is put off, one frame is never two detectors, and whoever reads the entries alone is told the truth in few of them', () => {
  const story = new AlarmStory(20_261_122);
  for (let n = 0; n < steps; n++) story.live();
  // The story did reach what is promised here.
  for (const kind of [
    'alarm.confirmed',
    'alarm.reset',
    'alarm.silenced',
    'alarm.resounded',
    'alarm.counted',
    'service.changed',
    'restart',
    'walk_test.seen',
    'walk_test.ended',
    'rest',
  ]) {
    expect([kind, (story.counts[kind] ?? 0) > 0]).toEqual([kind, true]);
  }
});

test.each([['a halt of two minutes put off a fire of a walk test', 20_261_160]])(
  'a life in which a rule was broken once keeps it: %s',
  (_, seed) => {
    const story = new AlarmStory(seed);
    for (let n = 0; n < 2_000; n++) story.live();
    expect(story.counts['walk_test.ended']).toBeGreaterThan(0);
  },
);
