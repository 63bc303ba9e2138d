import { describe, expect, test } from 'vitest';
import { slowTraits } from '../../hardware-sim/mqtt/link-faults.js';
import { CentreRig } from './centre-rig.js';

describe('through each fault of the broker nothing is lost and nothing invented:', () => {
  test.each<[what: string, during: (rig: CentreRig) => void | Promise<void>, after: (rig: CentreRig) => void]>([
    ['none', () => undefined, () => undefined],
  ])('%s', async (_what, during, after) => {
    const rig = await new CentreRig().start();
    await rig.record(6);
    await during(rig);
    await rig.record(6);
    after(rig);
    await rig.record(6);
    await rig.converge();
    expect(rig.wrongs).toEqual([]);
    expect(rig.centre.status).toBe('online');
    void slowTraits;
  });
});
