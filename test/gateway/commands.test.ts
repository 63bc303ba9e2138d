import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { Command, Level } from '../../gateway/command/command.js';
import { hallSiren, hallSmoke, kitchen, point, streetSiren, townSiren, VillageRig } from './village-rig.js';

const keys = {
  acknowledge: point('key-acknowledge/contact'),
  silence: point('key-silence/contact'),
  reset: point('key-reset/contact'),
};

async function burning(place = kitchen): Promise<VillageRig> {
  const rig = await VillageRig.watching();
  await burn(rig, place);
  return rig;
}

async function burn(rig: VillageRig, place: typeof kitchen): Promise<void> {
  rig.village.setPoint(place, 'alarm');
  await rig.clock.until(() => rig.entriesOf('alarm.raised', `point:${place}`).length > 0, 2_000);
}

function facetsOf(rig: VillageRig, place = kitchen) {
  return rig.runtime.alarms.subjects.get(`point:${place}`);
}

function ordered(rig: VillageRig, kind: Command['kind'], level: Level) {
  return rig.runtime.command({ kind, level, upTo: rig.newestSeen, origin: 'panel' });
}

async function press(rig: VillageRig, key: typeof kitchen): Promise<void> {
  rig.village.setPoint(key, 'pressed');
  await rig.clock.advance(200);
}

describe('the desk', () => {
  test.each<readonly [Command['kind'], Level, boolean]>([
    ['acknowledge', 1, true],
    ['silence', 1, true],
    ['reset', 1, false],
    ['reset', 2, true],
    ['reset', 3, true],
  ])('lets %s at level %i through: %s', async (kind, level, isAccepted) => {
    const rig = await burning();
    rig.village.setPoint(kitchen, 'normal');
    await rig.clock.advance(1_000);
    const answer = ordered(rig, kind, level);
    expect(answer).toEqual(
      isAccepted
        ? { accepted: true, touched: [`point:${kitchen}`], stillActive: [] }
        : { accepted: false, reason: 'level-too-low' },
    );
    expect(rig.entriesOf('command.refused')).toHaveLength(isAccepted ? 0 : 1);
    expect(facetsOf(rig) === undefined).toBe(isAccepted && kind === 'reset');
  });

  test('refuses a view of another boot, says so in the journal, and touches nothing', async () => {
    const rig = await burning();
    const upTo = { boot: brandId<typeof rig.newestSeen.boot>('yesterday'), order: 99 };
    const answer = rig.runtime.command({ kind: 'silence', level: 3, upTo, origin: 'cli:li' });
    expect(answer).toEqual({ accepted: false, reason: 'stale-view' });
    expect(rig.entriesOf('command.refused')[0]).toMatchObject({
      origin: 'cli:li',
      detail: { command: 'silence', reason: 'stale-view' },
    });
    expect(facetsOf(rig)?.sounder).toBe('sounding');
  });

  test('names what a reset had to leave because it is still in alarm', async () => {
    const rig = await burning();
    await rig.clock.advance(500);
    expect(ordered(rig, 'reset', 2)).toEqual({ accepted: true, touched: [], stillActive: [`point:${kitchen}`] });
    expect(rig.isOn(streetSiren)).toBe(true);
  });

  test('silences the sirens that only silenced alarms want, and a new fire sounds them again [GB 4717 silence] [GB/T 45839-2025 mute]', async () => {
    const rig = await burning();
    await burn(rig, hallSmoke);
    const seen = rig.newestSeen;
    await burn(rig, point('smoke-2/smoke'));
    rig.runtime.command({ kind: 'silence', level: 1, upTo: seen, origin: 'panel' });
    await rig.clock.advance(1_000);
    expect([streetSiren, hallSiren, townSiren].map((siren) => rig.isOn(siren))).toEqual([false, true, true]);
    await burn(rig, point('smoke-10/smoke'));
    await rig.clock.advance(500);
    expect(rig.isOn(streetSiren)).toBe(true);
  });
});

describe('a wired key', () => {
  test('acknowledges, silences and resets, in the name of the key', async () => {
    const rig = await burning();
    await rig.clock.advance(1_500);
    await press(rig, keys.acknowledge);
    expect(facetsOf(rig)?.acknowledged?.by).toBe(`key:${keys.acknowledge}`);
    await press(rig, keys.silence);
    await rig.clock.advance(500);
    expect(rig.isOn(streetSiren)).toBe(false);
    rig.village.setPoint(kitchen, 'normal');
    await rig.clock.advance(1_000);
    await press(rig, keys.reset);
    expect(facetsOf(rig)).toBeUndefined();
    expect(rig.entriesOf('alarm.reset')[0]?.origin).toBe(`key:${keys.reset}`);
  });

  test('means the alarms of one second ago: nobody can have seen a later one', async () => {
    const rig = await burning();
    await rig.clock.advance(3_000);
    await burn(rig, hallSmoke);
    await rig.clock.advance(800);
    await press(rig, keys.silence);
    expect([facetsOf(rig)?.sounder, facetsOf(rig, hallSmoke)?.sounder]).toEqual(['silenced', 'sounding']);
    expect([streetSiren, hallSiren, townSiren].map((siren) => rig.isOn(siren))).toEqual([false, true, true]);
  });

  test('that is held does not repeat; let go and pressed again it does', async () => {
    const rig = await burning();
    await rig.clock.advance(1_500);
    await press(rig, keys.silence);
    await burn(rig, hallSmoke);
    await rig.clock.advance(10_000);
    expect(facetsOf(rig, hallSmoke)?.sounder).toBe('sounding');
    rig.village.setPoint(keys.silence, 'released');
    await rig.clock.advance(500);
    expect(facetsOf(rig, hallSmoke)?.sounder).toBe('sounding');
    await press(rig, keys.silence);
    expect(facetsOf(rig, hallSmoke)?.sounder).toBe('silenced');
  });

  test('that is found pressed at start means nothing', async () => {
    const rig = await VillageRig.make();
    rig.village.setPoint(keys.silence, 'pressed');
    rig.village.board.drive(17, true);
    await rig.start();
    await rig.clock.advance(5_000);
    expect(rig.isOn(townSiren)).toBe(true);
    await burn(rig, kitchen);
    await rig.clock.advance(5_000);
    expect(facetsOf(rig)?.sounder).toBe('sounding');
  });

  test('that can not be read for a while means nothing when it comes back pressed', async () => {
    const rig = await burning();
    await rig.clock.advance(2_000);
    rig.village.board.setFault(5, 'failing');
    await rig.clock.advance(500);
    rig.village.setPoint(keys.silence, 'pressed');
    rig.village.board.setFault(5, null);
    await rig.clock.advance(2_000);
    expect(facetsOf(rig)?.sounder).toBe('sounding');
  });

  test('takes no order from pulses shorter than its delay, although the edges are lost that show their end', async () => {
    const rig = await burning();
    await rig.clock.advance(2_000);
    rig.village.board.losesEdges = true;
    // Every 213 ms: by and by one of them falls on each moment between two looks.
    for (let pulse = 0; pulse < 25; pulse++) {
      rig.village.board.glitch(5, 20);
      await rig.clock.advance(213);
    }
    expect(facetsOf(rig)?.sounder).toBe('sounding');
  });

  test('works when its edge is lost', async () => {
    const rig = await burning();
    await rig.clock.advance(2_000);
    rig.village.board.losesEdges = true;
    await press(rig, keys.silence);
    expect(facetsOf(rig)?.sounder).toBe('silenced');
  });
});
