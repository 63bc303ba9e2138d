/** The panel in Chromium before the real gateway, in short; what people do with it all day is walked by `npm run test:walk`. */
import { afterEach, describe, expect, it } from 'vitest';
import { DemoVillage, textOf } from './demo-village.js';
import { hasChromium } from './page-rig.js';

let village: DemoVillage;

afterEach(() => village.close());

describe.skipIf(!hasChromium)('the panel of the demo village', () => {
  it('opens, shows a fire with its place, and takes an acknowledgement', async () => {
    village = new DemoVillage();
    await village.start();
    const page = await village.open();
    village.press('f');
    await page.waitForSelector('.big-state.of-fire');
    expect(await textOf(page, '.big-state')).toMatch(/火警.*老街 12 号厨房.*烟感.*未确认/);
    await page.click('.key-acknowledge');
    await page.waitForSelector('.first-alarm .mark:not(.is-open) >> text=已确认');
    expect((await village.entry('alarm.acknowledged')).detail).toMatchObject({});
    expect(village.troubles).toEqual([]);
  });
});
