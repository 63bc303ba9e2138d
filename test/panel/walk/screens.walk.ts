/** History and duty in Chromium: what is asked of the gateway, what is ordered, and that all of it can be read and reached. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryQuery } from '../../../gateway/panel/api/history.js';
import type { PanelState } from '../../../gateway/panel/api/state.js';
import { FakePanel, hasChromium, openChromium } from '../page-rig.js';
import { aState, beganWall, inAlarm, threeAlarms } from '../page-village.js';
import { anEntry, aTown } from '../screens-town.js';
import { axe } from './axe.js';
import { misfits } from './fits.js';

const phone = { width: 360, height: 740 };
const kiosk = { width: 1024, height: 600 };
/** Where pictures are put, to be looked at by people; usually nowhere. */
const shots = process.env['GENGFU_SHOTS'];
let browser: Browser;
let panel: FakePanel;
let page: Page;
let troubles: string[];
let asked: HistoryQuery[];

async function openScreen(
  address: string,
  viewport = phone,
  looks: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const url = await panel.open();
  page = await (await browser.newContext({ viewport })).newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  const settings = JSON.stringify({ knowsNoVoice: true, ...looks });
  await page.addInitScript(`localStorage.setItem('gengfu.settings', '${settings}')`);
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

  it('speaks to a zone by one key, and to one of its loudspeakers', async () => {
    const both = (name: string) => ({ zh: name, en: name });
    const speaker = (id: string, zone: string) => ({ id, name: both(id), zone });
    const [hall, east] = panel.site.zones;
    if (hall === undefined || east === undefined) throw new Error('there are two zones');
    const speakers = [speaker('大门喇叭', hall.id), speaker('戏台喇叭', hall.id), speaker('东巷喇叭', east.id)];
    panel.site = { ...panel.site, speakers };
    await openScreen('#/voice');
    const spoken = page.locator('section[aria-labelledby="broadcast-title"]');
    const chip = (name: string) => spoken.getByRole('button', { name, exact: true });
    await spoken.locator('textarea').fill('请到村口集合');
    await chip(`${hall.name.zh}（2 个）`).click();
    await chip('大门喇叭').click();
    await chip('东巷喇叭').click();
    expect(await spoken.locator('.chip[aria-pressed=true]').allInnerTexts()).toEqual([
      ...['自己写', '戏台喇叭', '东巷喇叭', '2 遍'],
    ]);
    await chip('开始广播').click();
    await page.locator('.confirm .main-button').click();
    await expect.poll(() => panel.orders).toMatchObject([{ ask: 'broadcast', speakers: ['戏台喇叭', '东巷喇叭'] }]);
    expect([await misfits(page), (await axe(page)).violations]).toEqual([[], []]);
    if (shots !== undefined) await page.screenshot({ path: join(shots, 'voice-zones.png') });
  });

  const ways: PanelState['ways'][string] = {
    id: 'e-1',
    told: [
      { uplink: 'district', how: 'kept', wall: beganWall + 4_000, carriedWall: beganWall + 1_900, afterMs: 1_900 },
      { uplink: 'police', how: 'filtered', wall: null, carriedWall: null, afterMs: null },
      {
        uplink: 'platform',
        how: 'carried',
        wall: beganWall + 62_000,
        carriedWall: beganWall + 62_000,
        afterMs: 62_000,
      },
      { uplink: 'sms', how: 'not-needed', wall: beganWall + 120_000, carriedWall: null, afterMs: null },
    ],
  };

  it.each([
    ['a phone, large, in English', phone, { language: 'en', isLarge: true }],
    ['the box, large, in English', kiosk, { language: 'en', isLarge: true }],
    ['the box', kiosk, {}],
  ] as const)(
    'tells which way a fire was told, when it was confirmed or why not, and how each path fares: %s',
    async (name, size, looks) => {
      const names = [
        { id: 'police', kind: 'gb26875', name: { zh: '市消防远程监控中心', en: 'City fire remote monitoring centre' } },
        { id: 'platform', kind: 'http', name: { zh: '街道平台', en: 'Street office platform' } },
      ] as const;
      panel.site = { ...panel.site, uplinks: [...panel.site.uplinks, ...names] };
      const closed = {
        kind: 'alarm',
        name: { zh: '厨房烟感', en: 'kitchen smoke detector' },
        place: null,
        zone: null,
      } as const;
      const incident = { ...closed, id: 'e-1', beganWall, verdict: 'cooking', isClosed: true, notes: [] } as const;
      const state = aState();
      const dead = { ...state.uplinks['district'], id: 'police', isDead: true } as PanelState['uplinks'][string];
      const uplinks = { ...state.uplinks, police: { ...dead, toldByWall: beganWall + 300_000 } };
      panel.state = { ...state, uplinks, incidents: { 'e-1': { ...incident, notes: [] } }, ways: { 'e-1': ways } };
      await openScreen('#/incident/e-1', size, looks);
      await page.route('**/api/v1/health', (route) => route.fulfill({ json: {} }));
      const isEnglish = 'language' in looks;
      const table = page.getByRole('table', { name: isEnglish ? 'Which way it was told' : '上报去向' });
      const rows = await table.locator('tbody tr').allInnerTexts();
      const said = isEnglish
        ? [/carried.*kept/s, /by its settings/, /62\.0 s/, /confirmed elsewhere/]
        : [/已收存/, /按设置不报/, /62\.0 秒/, /别处已收到/];
      for (const [at, each] of said.entries()) expect(rows[at]).toMatch(each);
      expect([await misfits(page), (await axe(page)).violations]).toEqual([[], []]);
      await table.scrollIntoViewIfNeeded();
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${name} incident.png`) });
      await page.goto(`${page.url().split('#')[0]}#/health`);
      const paths = page.getByRole('table').filter({ hasText: isEnglish ? 'Last heard' : '最近收到' });
      await paths.scrollIntoViewIfNeeded();
      expect(await paths.locator('tr[data-faulty="true"]').innerText()).toMatch(isEnglish ? /no answer/ : /无响应/);
      expect([await misfits(page), (await axe(page)).violations]).toEqual([[], []]);
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${name} health.png`) });
    },
  );
});
