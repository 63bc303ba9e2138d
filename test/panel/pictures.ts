/** Takes the pictures of gateway/panel/README.md anew, from the demo village: `GENGFU_PICTURES=1 npm run test:walk`. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DemoVillage, password, phone, setUp, signIn } from './demo-village.js';
import { uploadPlan } from './picture-plan.js';

const folder = 'gateway/panel/pictures';
/** The village has had time to measure something. */
const measuredMs = 20_000;

let village: DemoVillage;

beforeAll(async () => {
  // Of each kind one centre: who was told, and by which path.
  village = new DemoVillage('--all-uplinks');
  await village.start();
});
afterAll(() => village.close());

/** `at`: what it is about, scrolled to where it is seen; left out: the screen from its top. */
async function take(page: Page, name: string, at = ''): Promise<void> {
  await page.waitForTimeout(700);
  // What was answered to the last order, and where the last touch was, belong to no picture.
  const scrolled =
    at === ''
      ? "document.querySelector('.main').scrollTo(0, 0)"
      : `document.querySelector('${at}').scrollIntoView({ block: 'end' })`;
  await page.evaluate(`document.activeElement?.blur(); ${scrolled}`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const show = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(`location.hash = '#${path}'`);
  await page.waitForSelector('.main > :not(.paper-head)');
};

async function closeAnswer(page: Page): Promise<void> {
  const close = page.locator('.answer .icon-button');
  if ((await close.count()) > 0) await close.click();
}

it('takes all pictures', async () => {
  const page = await village.open();
  await setUp(page);
  const small = await village.open({ viewport: phone, settings: { language: 'en' } });
  await signIn(small);

  await show(page, '/users');
  const user = page.locator('section[aria-labelledby="set-user-title"]');
  await user.locator('input[autocomplete=off]').fill('wang');
  for (const field of await user.locator('input[type=password]').all()) await field.fill(password);
  await user.locator('.main-button').click();
  await page.getByText('wang', { exact: true }).waitFor();
  await take(page, 'users');
  await show(page, '/duty');
  await page.locator('input[autocomplete=name]').fill('王秀英');
  await page.locator('section[aria-labelledby="handover-title"] .main-button').click();
  await page.waitForSelector('.shift-person >> text=王秀英');
  await page.waitForTimeout(measuredMs);
  await closeAnswer(page);
  for (const [name, path] of [
    ['first-normal', '/'],
    ['water', '/water'],
    ['voice', '/voice'],
    ['settings', '/settings'],
  ] as const) {
    await show(page, path);
    await take(page, name);
  }

  await show(small, '/commissioning');
  await small.locator('.commissioning input').first().fill('Li');
  await small.locator('.commissioning .main-button').click();
  await small.waitForSelector('.com-next');
  await closeAnswer(small);
  await take(small, 'phone-commissioning');
  await show(small, '/commissioning/sign');
  await small.locator('.form-line .form-line input, .card > .form-line input').first().fill('a picture');
  await small.locator('.card > .form-line .order-key .button').first().click();
  await small.waitForSelector('.com-list li', { state: 'detached' });
  await small.locator('.main-button').click();
  await small.waitForSelector('.com-sum');
  const report = await small.context().newPage();
  await report.setViewportSize({ width: 900, height: 1000 });
  await report.goto(`${village.url}api/v1/commissioning/revisions/1/report?lang=en`);
  await report.screenshot({ path: join(folder, 'commissioning-report.png') });
  await report.close();
  await show(small, '/commissioning');
  await small.locator('.commissioning .order-key .button').last().click();
  await small.locator('.confirm .main-button').click();
  await small.waitForSelector('.commissioning input');
  await closeAnswer(small);

  await show(page, '/');
  village.press('f');
  await page.waitForSelector('.big-state.of-fire');
  await page.click('.key-acknowledge');
  village.press('f');
  await village.entry('alarm.raised', 2);
  await page.waitForSelector('.key-acknowledge:not([aria-disabled=true])');
  await closeAnswer(page);
  await take(page, 'first-fire');
  await show(small, '/');
  await take(small, 'phone-fire-en');
  // A short message takes two seconds.
  await page.waitForSelector('.told [data-how=carried] >> nth=3');
  await take(page, 'first-told', '.told');
  for (const [name, path] of [
    ['map', '/map'],
    ['duty', '/duty'],
    ['health', '/health'],
    ['history', '/history'],
  ] as const) {
    await show(page, path);
    await take(page, name);
  }
  await show(small, '/history');
  await take(small, 'phone-history-en');
  await uploadPlan(page);
  await show(page, '/map');
  await page.click('.pin.of-fire');
  await page.waitForSelector('.thing-card');
  await take(page, 'map-plan');
  await show(page, '/incident');
  await page.locator('.open-item a').first().click();
  await page.waitForSelector('.timeline li >> nth=2');
  await take(page, 'incident');
  await take(page, 'incident-ways', '.ways');
  await show(page, '/');
  village.press('c');
  await page.waitForSelector('.request-key');
  await take(page, 'duty-check');
  await page.click('.request-key');
  await page.waitForSelector('.requests', { state: 'detached' });
  // Who has answered is told for a while, and belongs to no other picture.
  await page.waitForSelector('.check-over');
  await page.waitForSelector('.check-over', { state: 'detached' });

  await show(page, '/');
  await page.click('.key-acknowledge:not([aria-disabled=true])');
  await page.click('.key-silence:not([aria-disabled=true])');
  village.press('p');
  await village.entry('alarm.returned', 2);
  await expect
    .poll(
      async () => {
        await page.click('.key-reset:not([aria-disabled=true])', { timeout: 2000 }).catch(() => undefined);
        return page.locator('.big-state.of-fire').count();
      },
      { timeout: 30_000, interval: 1000 },
    )
    .toBe(0);
  await closeAnswer(page);
  await take(page, 'first-cause');
  village.kill();
  await page.waitForSelector('.lost');
  await take(page, 'first-lost');
});
