import { expect, it, test } from 'vitest';
import { controlRequest } from '../../../gateway/command/control-socket.js';
import type { WireAnswer, WireRequest } from '../../../gateway/wire/wire-request.js';
import { VillageRig } from '../village-rig.js';

async function asked(rig: VillageRig, request: WireRequest, level: 1 | 2 | 3 = 3): Promise<WireAnswer> {
  let answer: WireAnswer | null = null;
  void Promise.resolve(rig.runtime.wire.answer(request, level)).then((told) => {
    answer = told;
  });
  await rig.clock.until(() => answer !== null, 60_000, 5);
  if (answer === null) throw new Error('no answer');
  return answer;
}

const smoke = { ask: 'wire-read', line: 'east', unit: 1, table: 'holding', address: 0x10, count: 1 } as const;
const unlink = { ask: 'wire-write', line: 'east', unit: 20, table: 'holding', address: 0xfd, value: 0 } as const;
const by = { how: 'asked', user: 'mei' } as const;

test('a running gateway reads for people, tells what it has seen, and journals what they write and who did', async () => {
  const rig = await VillageRig.watching();
  expect(await asked(rig, smoke)).toEqual({ wire: 'values', values: [0] });
  const points = await asked(rig, { ask: 'wire-points', names: ['smoke-1', 'nobody'] });
  expect(points).toMatchObject({
    points: [{ point: 'smoke-1/smoke', value: 'normal', quality: 'good', ageMs: expect.any(Number) }],
    unknown: ['nobody'],
  });
  expect(await asked(rig, { ...unlink, ...by })).toMatchObject({
    wire: 'written',
    before: 0,
    after: 0,
    isProven: true,
  });
  expect(rig.entriesOf('unit.written')).toMatchObject([
    {
      ...{ subject: 'unit:io-1', origin: 'cli:mei' },
      detail: { line: 'east', address: 20, register: 0xfd, value: 0, before: 0, after: 0, ok: true, how: 'asked' },
    },
  ]);
  // The breaker: an action with its state before and its proof after.
  expect(await asked(rig, { ask: 'wire-act', device: 'breaker-inn', action: 'open', ...by })).toMatchObject({
    ...{ wire: 'written', isProven: true },
  });
  expect(rig.entriesOf('unit.written', 'unit:breaker-inn')).toMatchObject([{ detail: { action: 'open', ok: true } }]);
  await rig.stop();
});

test('whoever may not, and whatever sounds, moves power or moves a unit, is refused; the refusal is journaled', async () => {
  const rig = await VillageRig.watching();
  const refusals: readonly (readonly [string, WireRequest])[] = [
    ['output', { ...unlink, unit: 30, table: 'coil', address: 0, value: 1, ...by }],
    // All relays at once, by the module's own word.
    ['forbidden', { ...unlink, unit: 30, table: 'coil', address: 0xff, value: 1, ...by }],
    ['output', { ...unlink, unit: 30, table: 'coil', address: 0x200, value: 1, ...by, how: 'i-know' }],
    ['moving', { ...unlink, unit: 30, address: 0x4000, value: 31, ...by }],
    ['moving', { ...unlink, address: 0xfe, value: 5, ...by }],
    ['broadcast', { ...unlink, unit: 0, ...by }],
    ['bad-value', { ...unlink, unit: 30, table: 'coil', address: 9, value: 2, ...by }],
    ['function', { ...unlink, unit: 1, ...by }],
    ['action', { ...unlink, line: 'inn', unit: 3, address: 0x0d, value: 0xff00, ...by }],
    ['needs-asking', { ask: 'wire-act', device: 'breaker-inn', action: 'open', ...by, how: 'yes' }],
    ['needs-asking', { ...unlink, unit: 99, ...by, how: 'yes' }],
    ['unknown-action', { ask: 'wire-act', device: 'breaker-inn', action: 'close', ...by }],
    ['not-modbus', { ...unlink, line: 'panel', ...by }],
    ['unknown-line', { ...unlink, line: 'north', ...by }],
  ];
  for (const [reason, request] of refusals) {
    expect(await asked(rig, request), JSON.stringify(request)).toMatchObject({ wire: 'refused', reason });
  }
  expect(await asked(rig, { ...unlink, ...by }, 2)).toMatchObject({ wire: 'refused' });
  expect(rig.entriesOf('command.refused').length).toBe(refusals.length + 1);
  expect(rig.entriesOf('unit.written')).toEqual([]);
  await rig.stop();
});

test('however much people ask, and of whom, the fire scan keeps its deadline', async () => {
  const rig = await VillageRig.watching();
  const deadlineMs = rig.config.lines.find(({ id }) => id === 'east')?.fireDeadlineMs ?? 0;
  const east = new Set(rig.config.units.filter(({ line }) => line === 'east').map(({ id }) => id));
  const fires = rig.config.points.filter(
    ({ class: alarmClass, source }) => alarmClass === 'fire' && source.kind === 'register' && east.has(source.device),
  );
  let worstMs = 0;
  let isOver = false;
  let answered = 0;
  let refused = 0;
  // Six people at once, half of them asking a unit that is not there.
  const person = async (unit: number): Promise<void> => {
    while (!isOver) {
      const answer = await rig.runtime.wire.answer({ ...smoke, unit, count: unit === 1 ? 1 : 16 }, 3);
      if (answer.wire === 'refused') {
        refused++;
        await new Promise<void>((resolve) => rig.clock.after(100, resolve));
      } else answered++;
    }
  };
  for (const unit of [1, 1, 1, 77, 77, 77]) void person(unit);
  for (let step = 0; step < 150; step++) {
    await rig.clock.advance(100);
    for (const { id } of fires)
      worstMs = Math.max(worstMs, rig.clock.mono() - (rig.runtime.points.get(id)?.sampledMono ?? 0));
  }
  isOver = true;
  expect(worstMs).toBeLessThanOrEqual(deadlineMs);
  expect(answered).toBeGreaterThan(5);
  expect(refused).toBeGreaterThan(5);
  await rig.stop();
});

it.each<readonly [string, unknown]>([
  ['a register beyond the last', { ...smoke, address: 0x1_0000 }],
  ['more than a question holds', { ...smoke, count: 65 }],
  ['a fraction', { ...smoke, address: 1.5 }],
  ['a table that can not be written', { ...unlink, ...by, table: 'input' }],
  ['a value beyond a register', { ...unlink, ...by, value: -1 }],
  ['nobody', { ...unlink, how: 'asked' }],
  ['a name that would forge another', { ...unlink, how: 'asked', user: 'mei\n' }],
  ['a consent of his own', { ...unlink, user: 'mei', how: 'sure' }],
  ['a key too many', { ...unlink, ...by, level: 3 }],
  ['too many names', { ask: 'wire-points', names: new Array<string>(65).fill('smoke-1') }],
])('the control socket takes no question with %s', (_what, request) => {
  expect(controlRequest.safeParse({ ...unlink, ...by }).success).toBe(true);
  expect(controlRequest.safeParse(request).success).toBe(false);
});
