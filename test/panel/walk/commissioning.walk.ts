/** A village is commissioned from a phone: begun, walked, measured, signed by two, and its paper opened. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoVillage, kiosk, phone, setUp, textOf } from '../demo-village.js';
import { hasChromium } from '../page-rig.js';
import { axe } from './axe.js';
import { misfits } from './fits.js';

/** Where pictures are put, to be looked at by people; usually nowhere. */
const shots = process.env['GENGFU_SHOTS'];

let village: DemoVillage;

const show = (page: Page, path: string) => page.evaluate(`location.hash = '#/commissioning${path}'`);
const key = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true });

async function looksWell(page: Page, name: string): Promise<void> {
  const size = page.viewportSize() ?? phone;
  if (shots !== undefined) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `commissioning-${name}.png`) });
  }
  expect([name, await misfits(page)]).toEqual([name, []]);
  await page.setViewportSize({ width: size.width, height: 4000 });
  expect([name, (await axe(page)).violations]).toEqual([name, []]);
  await page.setViewportSize(size);
}

describe.skipIf(!hasChromium)('the commissioning of the demo village', () => {
  beforeEach(async () => {
    village = new DemoVillage();
    await village.start();
  });
  afterEach(async () => {
    await village.close();
    expect(village.troubles).toEqual([]);
  });

  it('leads from the first detector to a report that two have signed', async () => {
    const page = await village.open({ viewport: phone });
    await setUp(page);
    await show(page, '');
    await page.getByLabel('测试人员姓名').fill('李工');
    await key(page, '开始验收').click();
    await page.waitForSelector('.com-next');
    expect(await textOf(page, '.com-next')).toContain('正厅 烟感');
    await looksWell(page, 'walk');

    // The kitchen of the old street is the house that the demo sets on fire.
    await key(page, '老街').click();
    await key(page, /^开始走测/).click();
    await page.getByText('结束走测').first().waitFor();
    await page.waitForSelector('.com-next >> text=老街 12 号厨房');
    await key(page, '我现在触发').click();
    await page.waitForSelector('.running.of-test');
    village.press('f');
    await page.waitForSelector('.com-seen >> text=老街 12 号厨房');
    expect(await textOf(page, '.com-seen')).toMatch(/\d+ 毫秒/);
    expect(await page.locator('.com-item[data-state="passed"]').count()).toBeGreaterThan(0);
    await looksWell(page, 'seen');
    village.press('p');
    await page.waitForSelector('.com-wait', { state: 'detached', timeout: 30_000 });
    await key(page, /^结束走测/).click();

    await show(page, '/outputs');
    await key(page, '听到了（看到了）').first().click();
    await page.waitForSelector('.com-proof >> text=听到了（看到了）');
    await looksWell(page, 'outputs');
    await show(page, '/wire');
    await key(page, '发测试报文').click();
    await page.waitForSelector('text=/平台收到 \\d+ 毫秒/');
    await page.waitForSelector('.com-strip rect');
    await page.setViewportSize(kiosk);
    await looksWell(page, 'wire');

    await show(page, '/sign');
    await page.locator('.card > .form-line .field input').nth(0).fill('当天没有条件');
    await key(page, '这些项都不测，原因相同').click();
    await page
      .getByText(/项没测也没写原因/)
      .first()
      .waitFor({ state: 'detached' });
    await page.getByLabel('保修月数（可不填）').fill('24');
    await key(page, '定稿').click();
    await page.waitForSelector('.com-sum');
    for (const [role, name] of [
      ['installer', '李工'],
      ['owner', '王秀英'],
    ] as const) {
      await page.locator('.main select').selectOption(role);
      await page.getByLabel('姓名', { exact: true }).fill(name);
      await page.locator('.com-pad svg').scrollIntoViewIfNeeded();
      const box = await page.locator('.com-pad svg').boundingBox();
      if (box === null) throw new Error('there is a field to sign in');
      await page.mouse.move(box.x + 20, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 120, box.y + 30, { steps: 4 });
      await page.mouse.move(box.x + 200, box.y + 90, { steps: 4 });
      await page.mouse.up();
      if (role === 'owner') await looksWell(page, 'sign');
      await key(page, '签字确认').click();
      await page.locator('.confirm').getByRole('button', { name: '签字确认' }).click();
      await page.waitForSelector(`.com-line >> text=${name}`);
    }
    const signed = await village.entry('commissioning.signed', 2);
    expect(signed.detail).toMatchObject({ revision: 1, role: 'owner', signatures: 2, failed: 0 });

    await show(page, '/reports');
    await page.getByRole('link', { name: '打开报告' }).waitFor();
    await looksWell(page, 'reports');
    const [report] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: '打开报告' }).click(),
    ]);
    await report.waitForSelector('h1 >> text=验收');
    const text = await report.locator('body').innerText();
    for (const told of ['洪崖古镇', '李工', '王秀英', '老街 12 号厨房', '对照检查的条款', 'relay-2'])
      expect(text).toContain(told);
    expect(await report.locator('svg.mark path').count()).toBe(2);
    if (shots !== undefined) {
      await report.setViewportSize({ width: 900, height: 1270 });
      await report.screenshot({ path: join(shots, 'report.png'), fullPage: true });
    }
    expect(await report.locator('svg.strip rect').count()).toBeGreaterThan(10);
  });
});
