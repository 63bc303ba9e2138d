import { describe, expect, it, test } from 'vitest';
import { planMove } from '../../../gateway/wire/plan-move.js';
import { profiles } from '../../config/rig.js';
import { MoveRig, profileOf } from './move-rig.js';

const withRecipes = [...profiles.profiles.values()].flatMap((profile) => ('limits' in profile ? [profile] : []));
const addressed = withRecipes.flatMap((each) => (each.recipes?.change_address === undefined ? [] : [each.id]));
const retuned = withRecipes.flatMap((each) => (each.recipes?.change_baud === undefined ? [] : [each.id]));
/** Simulated as one that takes it after its supply was off. */
const afterPower = ['xy-md02', 'n4d8b08'];
const at9600 = { address: 1, baud: 9600 };

describe('every recipe of the library', () => {
  it.each(addressed)('%s answers at its new address, and only there', async (id) => {
    const rig = new MoveRig(9600);
    const unit = rig.unit(id, 1);
    const moved = await rig.move(profileOf(id), { from: at9600, change: { kind: 'address', to: 9 } });
    const isLater = afterPower.includes(id);
    expect(moved).toEqual({
      outcome: isLater ? 'needs-power-cycle' : 'moved',
      where: isLater ? 'old' : 'new',
      error: null,
    });
    unit.on = false;
    unit.on = true;
    // What was not saved would be gone now.
    unit.hear(Uint8Array.of(0));
    expect(unit.address).toBe(9);
  });

  it.each(retuned)('%s answers at its new rate, and only there', async (id) => {
    const to = 4800;
    const codes = profileOf(id).recipes?.change_baud?.codes ?? {};
    const rate = '4800' in codes ? to : 19_200;
    const rig = new MoveRig(9600);
    const unit = rig.unit(id, 1);
    const moved = await rig.move(profileOf(id), { from: at9600, change: { kind: 'baud', to: rate } });
    const isLater = afterPower.includes(id);
    expect(moved).toEqual({
      outcome: isLater ? 'needs-power-cycle' : 'moved',
      where: isLater ? 'old' : 'new',
      error: null,
    });
    unit.on = false;
    unit.on = true;
    expect(unit.baud).toBe(rate);
  });
});

const gauge = 'transmitter-7reg';
const toNine = { from: at9600, change: { kind: 'address', to: 9 } } as const;

test('nothing is written when the new address answers already', async () => {
  const rig = new MoveRig(9600);
  const unit = rig.unit(gauge, 1);
  rig.unit('renke-th', 9);
  expect(await rig.move(profileOf(gauge), toNine)).toEqual({ outcome: 'taken', where: 'both', error: null });
  expect(unit.address).toBe(1);
});

test('nothing is written when nobody answers, or the person does not want to', async () => {
  const rig = new MoveRig(9600);
  expect(await rig.move(profileOf(gauge), toNine)).toMatchObject({ outcome: 'not-there', where: 'neither' });
  const unit = rig.unit(gauge, 1);
  rig.beforeWrite = () => false;
  expect(await rig.move(profileOf(gauge), toNine)).toMatchObject({ outcome: 'given-up', where: 'old' });
  expect(unit.address).toBe(1);
});

test('two units of one address are told by their broken answers, and neither is moved', async () => {
  const rig = new MoveRig(9600);
  const units = [rig.unit(gauge, 1), rig.unit(gauge, 1)];
  units.forEach((unit, i) => {
    unit.turnaroundMs = 10 + 3 * i;
  });
  expect(await rig.move(profileOf(gauge), toNine)).toMatchObject({ outcome: 'several' });
  expect(units.map(({ address }) => address)).toEqual([1, 1]);
});

test('a lost answer to the write changes nothing: the unit is found where it is', async () => {
  const rig = new MoveRig(9600);
  const unit = rig.unit(gauge, 1);
  rig.beforeWrite = () => {
    unit.mischief = () => {
      unit.mischief = null;
      return [];
    };
    return true;
  };
  expect(await rig.move(profileOf(gauge), toNine)).toEqual({ outcome: 'moved', where: 'new', error: null });
});

test('power that fails before the save brings the unit back to where it was, and that is what is told', async () => {
  const rig = new MoveRig(9600);
  const unit = rig.unit(gauge, 1);
  let writes = 0;
  rig.beforeWrite = () => {
    unit.mischief = ({ requestFrame, reply }) => {
      // The first order is the address, the second the save: there the supply blinks.
      if (requestFrame[1] === 6 && ++writes === 1) {
        rig.clock.after(200, () => {
          unit.on = false;
          unit.on = true;
        });
      }
      return [{ afterMs: 0, bytes: reply }];
    };
    return true;
  };
  expect(await rig.move(profileOf(gauge), toNine)).toMatchObject({ outcome: 'not-moved', where: 'old' });
  expect(unit.address).toBe(1);
});

test('a unit that dies half-way is told to answer nowhere', async () => {
  const rig = new MoveRig(9600);
  const unit = rig.unit(gauge, 1);
  rig.beforeWrite = () => {
    unit.mischief = () => {
      unit.on = false;
      return [];
    };
    return true;
  };
  expect(await rig.move(profileOf(gauge), toNine)).toMatchObject({ outcome: 'unclear', where: 'neither' });
});

test('a save that is not confirmed is told, because the next power cut brings the old address back', async () => {
  const rig = new MoveRig(9600);
  const unit = rig.unit(gauge, 1);
  unit.mischief = ({ request, reply }) => (request.unit === 9 && reply[1] === 6 ? [] : [{ afterMs: 0, bytes: reply }]);
  expect(await rig.move(profileOf(gauge), toNine)).toMatchObject({ outcome: 'unsaved', where: 'new' });
});

test('a unit that refuses the new address stays, and its refusal is told', async () => {
  const rig = new MoveRig(9600);
  rig.unit('xiyu-afd', 1);
  const profile = profileOf('xiyu-afd');
  const moved = await rig.move(
    { ...profile, address_range: [1, 255] },
    { from: at9600, change: { kind: 'address', to: 250 } },
  );
  expect(moved).toMatchObject({ outcome: 'not-moved', where: 'old', error: { code: 'BUS-002' } });
});

describe('what is refused before anything is asked', () => {
  it.each<readonly [string, string, { readonly kind: 'address' | 'baud'; readonly to: number }, RegExp]>([
    ['a model that is set by its switches', 'n4d8b08', { kind: 'address', to: 5 }, /DIP switches/],
    ['a rate that nobody can change', 'pzem-016', { kind: 'baud', to: 4800 }, /fixed at 9600/],
    ['a model without a recipe', 'sga-gas', { kind: 'address', to: 5 }, /does not say how .* recipes/],
    ['an address outside of its range', gauge, { kind: 'address', to: 248 }, /1 to 247, got 248/],
    ['a rate that it does not have', 'xiyu-afd', { kind: 'baud', to: 19_200 }, /4800, 9600, got 19200/],
    ['the address that it has', gauge, { kind: 'address', to: 1 }, /already/],
  ])('%s', (_what, id, change, words) => {
    const planned = planMove(profileOf(id), { from: at9600, change });
    expect(planned).toMatchObject({ ok: false, why: { en: expect.stringMatching(words) } });
  });
});
