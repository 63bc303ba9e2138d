/** History and duty in Chromium: what is asked of the gateway, what is ordered, and that all of it can be read and reached. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryQuery } from '../../../gateway/panel/api/history.js';
import { FakePanel, hasChromium, openChromium } from '../page-rig.js';
import { aState, beganWall, inAlarm, threeAlarms } from '../page-village.js';
import { anEntry, aTown } from '../screens-town.js';
import { axe } from './axe.js';

const phone = { width: 360, height: 740 };
let browser: Browser;
let panel: FakePanel;
let page: Page;
let troubles: string[];
let asked: HistoryQuery[];

async function openScreen(address: string): Promise<void> {
  const url = await panel.open();
  page = await (await browser.newContext({ viewport: phone })).newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.addInitScript(`localStorage.setItem('gengfu.settings', '{"knowsNoVoice":true}')`);
  await page.route('**/api/v1/history', async (route) => {
    const query = route.request().postDataJSON() as HistoryQuery;
    asked.push(query);
    const at = query.before ?? 60;
    const entries = Array.from({ length: Math.min(50, at) }, (_, n) =>
      anEntry({
        id: `e-${at - n}`,
        class: 'fire',
        zone: 'hall',
        alarm: 'e-1',
        words: { zh: `记录 ${at - n}`, en: '' },
      }),
    );
    await route.fulfill({ json: { entries, next: at > 50 ? at - 50 : null, tookMs: 1 } });
  });
  await page.route('**/api/v1/history/search', async (route) => {
    asked.push(route.request().postDataJSON() as HistoryQuery);
    const entry = anEntry({ id: 'found', words: { zh: '<b>冒烟</b>', en: '' } });
    await route.fulfill({ body: `${JSON.stringify(entry)}\n`, contentType: 'application/x-ndjson' });
  });
  await page.goto(`${url}/${address}`);
  await page.waitForSelector('.shell[data-contact="live"]');
  // The first key pressed lets the page sound, and the bar that says so goes.
  await page.keyboard.press('Shift');
}

const key = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
const isWide = () => page.evaluate("(document.querySelector('.main')?.scrollWidth ?? 0) > innerWidth");

describe.skipIf(!hasChromium)('history and duty', () => {
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    panel = new FakePanel();
    panel.site = aTown();
    panel.me = { ...panel.me, user: 'li', level: 2, endsWall: beganWall + 900_000 };
    troubles = [];
    asked = [];
  });
  afterEach(async () => {
    await page.context().close();
    await panel.close();
    expect(troubles).toEqual([]);
  });

  it('reads the journal page by page, opens an entry in full, filters, and shows markup as text', async () => {
    await openScreen('#/history');
    await page.getByText('记录 60').click();
    expect(await page.locator('.entry-full').innerText()).toContain('e-60');
    await key('更早的记录').click();
    await page.getByText('记录 1', { exact: true }).waitFor();
    expect(asked.map(({ before }) => before)).toEqual([null, 10]);
    await key('更多条件').click();
    await key('故障').click();
    await page.getByLabel('防区').selectOption('hall');
    await page.getByLabel('找什么').fill('冒烟');
    await key('任何文字（慢）').click();
    await page.keyboard.press('Enter');
    await key('查找').click();
    await page.getByText('<b>冒烟</b>').waitFor();
    expect(asked.at(-1)).toMatchObject({ text: '冒烟', filter: { classes: ['fault'], zones: ['hall'] } });
    expect(await isWide()).toBe(false);
    expect((await axe(page)).violations).toEqual([]);
  });

  it('hands over a shift with what stands open, reports a call, and asks before it begins a drill', async () => {
    panel.state = inAlarm(aState(), threeAlarms());
    await openScreen('#/duty');
    expect(await page.locator('.open-item').count()).toBe(3);
    await key('签名接班').click({ force: true });
    expect(panel.orders).toEqual([]);
    await page.getByLabel('接班人姓名').fill(' 王秀英 ');
    await key('签名接班').click();
    await page.getByRole('link', { name: '电话报警' }).click();
    await key('看见烟').click();
    await page.getByLabel('在哪里').fill('12 号');
    await key('登记报警').click();
    await page.getByRole('link', { name: '演练试鸣' }).click();
    await key('开始演练').click();
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe('取消');
    await page.keyboard.press('Enter');
    await key('开始演练').click();
    await page.locator('.confirm').getByRole('button', { name: '开始演练' }).click();
    await expect
      .poll(() => panel.orders)
      .toEqual([
        { ask: 'shift', person: '王秀英', note: null, sinceWall: expect.anything() },
        { ask: 'call', place: '12 号', zone: null, what: '看见烟' },
        { ask: 'drill-begin', zones: null, forMs: null },
      ]);
    expect(await isWide()).toBe(false);
    expect((await axe(page)).violations).toEqual([]);
  });
});
