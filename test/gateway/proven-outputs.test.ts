/** Outputs that are proven by more than their relay, and relays with timers of their own: the whole gateway in its village. */
import { describe, expect, test } from 'vitest';
import type { OutputConfig, SiteConfig } from '../../config/site.js';
import { line, onlyUnits, point, speechlessTown, streetSiren, townConfig, VillageRig } from './village-rig.js';

const smoke = point('smoke-13/smoke');
const feedback = point('pump-running/contact');

/** A detector, a feedback contact and the relays of the street, whose siren is this one. */
async function townWith(odd: Partial<OutputConfig>): Promise<SiteConfig> {
  const town = onlyUnits(await speechlessTown(), line('west'), 'smoke-13', 'io-3', 'relay-2');
  return {
    ...town,
    outputs: town.outputs.map((each) => (each.id === streetSiren ? { ...each, ...odd } : each)),
  };
}

async function timedTown(): Promise<SiteConfig> {
  const target = (await townConfig()).outputs.find(({ id }) => id === streetSiren)?.target;
  if (target?.kind !== 'unit') throw new Error('no relay');
  const timed = { table: 'coil', address: 0x0200 + target.on.address, value: 150, forMs: 15_000 } as const;
  return townWith({ target: { ...target, timed }, onControlLost: 'go-quiet' });
}

describe('a siren behind a relay with a timer', () => {
  test('sounds as long as the gateway lives, and falls silent by itself when it is killed', async () => {
    const rig = await VillageRig.watching({ config: await timedTown() });
    rig.village.setPoint(smoke, 'alarm');
    await rig.clock.until(() => rig.isOn(streetSiren), 10_000, 10);
    const falls: number[] = [];
    rig.village.onOutputChange((id, on, atMono) => {
      if (id === streetSiren && !on) falls.push(atMono);
    });
    await rig.clock.advance(40_000);
    expect([rig.isOn(streetSiren), falls]).toEqual([true, []]);
    const killedMono = rig.clock.mono();
    await rig.kill();
    await rig.clock.until(() => falls.length > 0, 16_000, 10);
    expect((falls[0] ?? 0) - killedMono).toBeGreaterThan(5_000);
    expect((falls[0] ?? 0) - killedMono).toBeLessThanOrEqual(15_000);
  });

  test('goes off at once when it is silenced', async () => {
    const rig = await VillageRig.watching({ config: await timedTown() });
    rig.village.setPoint(smoke, 'alarm');
    await rig.clock.until(() => rig.isOn(streetSiren), 10_000, 10);
    rig.runtime.command({ kind: 'silence', upTo: rig.newestSeen, origin: 'panel', level: 1 });
    await rig.clock.until(() => !rig.isOn(streetSiren), 1_000, 10);
  });
});

test('a siren whose wire is broken is a fault with cause and next step, although its relay has closed', async () => {
  const proof = { point: feedback, on: { state: 'running' }, withinMs: 6_000 };
  const rig = await VillageRig.watching({ config: await townWith({ proof }) });
  rig.village.setPoint(smoke, 'alarm');
  const subject = `fault:output:${streetSiren}`;
  await rig.clock.until(() => rig.entriesOf('alarm.raised', subject).length > 0, 30_000, 10);
  const raised = rig.entriesOf('alarm.raised', subject)[0];
  expect(rig.isOn(streetSiren)).toBe(true);
  expect(raised?.detail).toMatchObject({ reason: 'contact-not-moved', got: 'off' });
  expect(raised?.words.zh).toContain('反馈触点未动作。可能原因：');
  expect(raised?.words.en).toContain('blown fuse');
  expect(rig.entriesOf('output.proven', `output:${streetSiren}`)).toEqual([]);
  rig.village.setPoint(feedback, 'running');
  await rig.clock.until(() => rig.entriesOf('alarm.returned', subject).length > 0, 30_000, 10);
  expect(rig.entriesOf('output.proven', `output:${streetSiren}`)[0]?.detail).toMatchObject({
    by: ['read-back', feedback],
  });
});
