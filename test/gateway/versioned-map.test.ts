import { expect, test } from 'vitest';
import { VersionedMap } from '../../gateway/alarm/versioned-map.js';
import { seeded } from '../drivers/rig.js';

test('every version stays as it was made, whatever is made of it and in whatever order they are read', () => {
  const random = seeded(7);
  const made: { readonly version: VersionedMap<number, number>; readonly is: ReadonlyMap<number, number> }[] = [
    { version: VersionedMap.of(new Map([[1, 1]])), is: new Map([[1, 1]]) },
  ];
  for (let n = 0; n < 2_000; n++) {
    // Mostly of the newest, as the engine does; sometimes of one that has long been followed by others.
    const from = made[random() < 0.9 ? made.length - 1 : Math.floor(random() * made.length)] ?? made[0];
    if (from === undefined) throw new Error('made');
    const key = Math.floor(random() * 20);
    const is = new Map(from.is);
    if (random() < 0.6) made.push({ version: from.version.with(key, n), is: is.set(key, n) });
    else {
      is.delete(key);
      made.push({ version: from.version.without(key), is });
    }
    const read = made[Math.floor(random() * made.length)];
    const sorted = (map: ReadonlyMap<number, number> | undefined) => [...(map ?? [])].sort(([a], [b]) => a - b).join();
    if (sorted(read?.version) !== sorted(read?.is)) expect(sorted(read?.version)).toBe(sorted(read?.is));
    expect(read?.version.size).toBe(read?.is.size);
  }
});

test('a walk over one version is not disturbed by the next', () => {
  const first = VersionedMap.of(new Map([1, 2, 3].map((each) => [each, each])));
  const walked: number[] = [];
  for (const key of first.keys()) {
    walked.push(key);
    first.without(3).with(4, 4);
  }
  expect(walked).toEqual([1, 2, 3]);
});
