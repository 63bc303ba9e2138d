/** The whole of it: the demo village with its real gateway, its panel in Chromium, people at a screen and at a phone. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../free-port.js';
import { hasChromium, openChromium } from '../page-rig.js';

const kiosk = { width: 1024, height: 600 };
const phone = { width: 360, height: 740 };
/** Design of the panel: the page says within 5 s that it has lost the gateway; the rest is for a busy computer to draw it. */
const lostWithinMs = 15_000;
/** A village is started twice, and a browser draws all of it. */
const wholeMaxMs = 150_000;

let village: ChildProcess | null = null;
let browser: Browser | null = null;

afterEach(async () => {
  village?.kill('SIGKILL');
  await browser?.close();
});

/** Resolves when its panel answers. */
async function startVillage(port: number): Promise<void> {
  const process = spawn('node', ['dist/hardware-sim/demo/main.js', '--json', '--panel', String(port)]);
  village = process;
  process.stdout.resume();
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then(({ ok }) => ok), { timeout: 40_000 }).toBe(true);
}

/** What a person in the village does: a key of the demo. */
const press = (key: 'f' | 'p'): void => void village?.stdin?.write(key);

async function open(port: number, viewport: typeof kiosk, language: 'zh' | 'en'): Promise<Page> {
  browser ??= await openChromium();
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(`localStorage.getItem('gengfu.settings') ??
    localStorage.setItem('gengfu.settings', '${JSON.stringify({ language })}')`);
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForSelector('.shell[data-contact="live"]');
  return page;
}

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');

describe.skipIf(!hasChromium)('the duty panel of the demo village', () => {
  it(
    'leads through two fires to all clear, is lost with the gateway and comes back with it',
    async () => {
      const port = await freePort();
      await startVillage(port);
      const page = await open(port, kiosk, 'zh');
      await page.waitForSelector('.big-state:not(.of-starting)');
      await page.click('text=设置第一个密码');
      await page.fill('input[autocomplete=username]', 'li');
      for (const field of await page.locator('input[type=password]').all()) await field.fill('correct horse 7');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.session >> text=li');
      const other = await open(port, phone, 'en');

      press('f');
      await page.waitForSelector('.big-state.of-fire');
      expect(await textOf(page, '.big-state')).toMatch(/火警.*老街 12 号厨房.*烟感.*未确认/);
      // Signed in: who lives there.
      expect(await textOf(page, '.care')).toContain('老街 12 号');
      await other.waitForSelector('.big-state.of-fire');
      expect(await textOf(other, '.big-state')).toMatch(/FIRE.*kitchen, 12 Old Street/);
      expect(await textOf(other, '#app')).not.toContain('王秀英');

      await page.click('.key-acknowledge');
      await page.waitForSelector('.answer[data-accepted="true"]');
      await page.click('.key-silence:not([aria-disabled=true])');
      await page.waitForSelector('.key-silence[aria-disabled=true]');
      await other.waitForSelector('.key-silence[aria-disabled=true]');
      press('f');
      await page.waitForSelector('.key-silence:not([aria-disabled=true])');
      await page.click('.key-silence');
      await page.click('.key-reset:not([aria-disabled=true])');
      await page.waitForSelector('text=仍在报警');
      expect(await textOf(page, '.big-state')).toContain('火警');

      press('p');
      await expect
        .poll(
          async () => {
            await page.click('.key-reset:not([aria-disabled=true])', { timeout: 2000 }).catch(() => undefined);
            return page.locator('.big-state.of-fire').count();
          },
          { timeout: 30_000, interval: 1500 },
        )
        .toBe(0);
      await page.click('.verdict >> text=做饭油烟');

      const key = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
      await page.goto(`http://127.0.0.1:${port}/#/duty`);
      await page.getByLabel('接班人姓名').fill('王秀英');
      await key('签名接班').click();
      await page.getByText('王秀英', { exact: true }).waitFor();
      await page.getByRole('link', { name: '演练试鸣' }).click();
      await key('开始演练').click();
      await page.locator('.confirm').getByRole('button', { name: '开始演练' }).click();
      await other.waitForSelector('.big-state.of-drill');
      await key('结束演练').click();
      await other.waitForSelector('.big-state.of-normal');
      await page.goto(`http://127.0.0.1:${port}/#/voice`);
      await key('防火提醒').click();
      await key('开始广播').click();
      await page.locator('.confirm').getByRole('button', { name: '开始广播' }).click();
      await key('停止广播').click();

      await page.goto(`http://127.0.0.1:${port}/#/history`);
      for (const told of ['老街 12 号厨房', '演练', '接班']) await page.getByText(told).first().waitFor();

      await page.goto(`http://127.0.0.1:${port}/#/`);
      village?.kill('SIGKILL');
      await page.waitForSelector('.lost', { timeout: lostWithinMs });
      expect(await textOf(page, '.big-state')).toContain('失去联系');
      await startVillage(port);
      await page.waitForSelector('.shell[data-contact="live"]');
      await other.waitForSelector('.shell[data-contact="live"]');
    },
    wholeMaxMs,
  );
});
