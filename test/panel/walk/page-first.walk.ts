/** The first screen in Chromium, against a gateway that does not exist: what a person sees, hears of and presses. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakePanel, hasChromium, openChromium } from '../page-rig.js';
import { accepted, anAlarm, aState, beganWall, inAlarm, threeAlarms } from '../page-village.js';
import { axe } from './axe.js';

const kiosk = { width: 1024, height: 600 };
const phone = { width: 360, height: 740 };
const fingerPx = 48;
/** For the browser to draw it, on a computer that does other things besides. */
const lostDrawnMs = 3000;
let browser: Browser;
let panel: FakePanel;
let page: Page;
let troubles: string[];

async function openPage(viewport = kiosk, settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const url = await panel.open();
  const context = await browser.newContext({ viewport });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.addInitScript(`localStorage.setItem('gengfu.settings', '${JSON.stringify(settings)}')`);
  await page.clock.install({ time: beganWall });
  await page.goto(url);
  await page.waitForSelector('.shell[data-contact="live"]');
}

const textOf = async (selector: string): Promise<string> =>
  (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');

describe.skipIf(!hasChromium)('the first screen', () => {
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    panel = new FakePanel();
  });
  afterEach(async () => {
    await page.context().close();
    await panel.close();
    expect(troubles).toEqual([]);
  });

  it('says what, where, since when and what to do, orders with what is on the screen, and answers a duty check', async () => {
    await openPage();
    expect(await textOf('.big-state')).toContain('正常');
    await page.click('text=打开声音');
    await page.waitForSelector('text=浏览器不让本页发声', { state: 'detached' });
    panel.show(inAlarm(panel.state, threeAlarms()));
    await page.waitForSelector('.big-state.of-fire');
    expect(await textOf('.big-state')).toMatch(
      /火警 .*宗祠东厢.*7 号烟感.*[1-3] 分 \d+ 秒.*22:02:00.*两个探测器都报警.*未确认/,
    );
    expect(await textOf('.todo')).toContain('1');
    expect(await page.locator('.alarm-words strong').allInnerTexts()).toEqual(['东巷口小卖部', '泵房']);
    expect(await textOf('.care')).toContain('需帮扶 1 户');
    expect(await textOf('#app')).not.toContain('王桂兰');
    expect(await textOf('.told')).toMatch(/县消防指挥中心 对方已收存 22:02:04 村干部短信 排队待发/);
    expect(await page.locator('[role=alert]').allInnerTexts()).toContainEqual(expect.stringContaining('东巷口小卖部'));

    await page.click('.key-acknowledge');
    await page.waitForSelector('.answer[data-accepted="true"]');
    expect(panel.orders).toEqual([{ ask: 'acknowledge', boot: 'b1', order: 6 }]);
    expect(panel.csrfs).toEqual(['csrf-of-screen']);
    // Not signed in: the key says why, and does nothing.
    expect(await textOf('.key-reset')).toContain('需值班员登录');
    await page.dispatchEvent('.key-reset', 'click');
    expect(panel.orders).toHaveLength(1);

    const request = { id: 'q', is: 'duty-check', by: '县消防指挥中心', sinceWall: beganWall, note: null } as const;
    panel.patch({ topic: 'requests', key: 'q', value: { ...request, untilWall: beganWall + 180_000 } });
    await page.click('.request-key');
    await page.waitForSelector('.key-acknowledge:not([aria-disabled=true])');
    expect(panel.orders.at(-1)).toEqual({ ask: 'duty-answer' });
    expect((await axe(page)).violations).toEqual([]);
  });

  it('shows a stranger the big state only and names to those on duty, tells what a reset left, and asks once what it was', async () => {
    panel.state = inAlarm(aState(), threeAlarms());
    panel.me = { ...panel.me, level: 0, isOwnScreen: false };
    await openPage();
    await page.waitForSelector('.big-state.of-fire');
    expect(await textOf('#app')).not.toMatch(/宗祠|烟感|云溪/);
    expect(await textOf('.key-acknowledge')).toContain('请先登录');

    await page.click('.session a');
    await page.fill('input[autocomplete=username]', 'li');
    await page.fill('input[type=password]', 'wrong');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=用户名或密码不对');
    troubles = troubles.filter((text) => !text.includes('403'));
    await page.fill('input[type=password]', 'correct horse');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=王桂兰');
    expect(await textOf('.session')).toMatch(/li Ⅱ级 值班 1[2-5] 分 \d+ 秒后自动退出/);

    const still = [{ subject: 'call2', class: 'fire', zh: '东巷口小卖部 手动报警按钮', en: 'call point' }];
    panel.answer = () => accepted({ words: { zh: '已复位 1 处', en: 'one was reset' }, still });
    await page.click('.key-reset');
    await page.waitForSelector('.answer');
    expect(await textOf('.answer')).toMatch(/复位 已复位 1 处.*仍在报警.*手动报警按钮/);
    const closed = {
      kind: 'alarm',
      place: '宗祠东厢',
      zone: 'hall',
      verdict: null,
      isClosed: false,
      notes: [],
    } as const;
    const incident = { ...closed, id: 'e-b1-9', name: { zh: '7 号烟感', en: 'detector 7' }, beganWall, notes: [] };
    panel.patch(
      { topic: 'alarms', key: 'smoke7', value: null },
      { topic: 'incidents', key: 'e-b1-9', value: incident },
    );
    await page.click('.verdict >> text=做饭油烟');
    await page.waitForSelector('.answer');
    expect(panel.orders.at(-1)).toEqual({ ask: 'verdict', incident: 'e-b1-9', verdict: 'cooking' });
    expect(panel.csrfs.at(-1)).toBe('csrf-of-user');
    panel.patch({ topic: 'incidents', key: 'e-b1-9', value: { ...incident, verdict: 'cooking' } });
    await page.waitForSelector('.verdict', { state: 'detached' });
  });

  it('silences what was seen, and not a second fire that came while the finger was on its way', async () => {
    await openPage();
    const { smoke7 = anAlarm({}) } = threeAlarms();
    panel.show(inAlarm(aState(), { smoke7 }));
    await page.waitForSelector('.key-silence:not([aria-disabled=true])');
    const box = await page.locator('.key-silence').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
    await page.mouse.down();
    const second = anAlarm({ subject: 'smoke9', alarm: 'e-b1-12', order: 7, sounder: 'quiet' });
    panel.patch(
      { topic: 'alarms', key: 'smoke9', value: second },
      { topic: 'head', value: { ...panel.state.head, order: 7 } },
    );
    await page.waitForSelector('.others');
    await page.mouse.up();
    await expect.poll(() => panel.orders).toEqual([{ ask: 'silence', boot: 'b1', order: 4 }]);
    await page.waitForSelector('.key-acknowledge >> text=2 处未确认');
    await page.click('.key-acknowledge');
    await expect.poll(() => panel.orders.at(-1)).toEqual({ ask: 'acknowledge', boot: 'b1', order: 7 });

    // Out of service: no sound, and why.
    const services = { name: second.name, by: 'panel:li', untilWall: beganWall, is: 'out-of-service' } as const;
    panel.patch({ topic: 'services', key: 'smoke9', value: { ...services, subject: 'smoke9' } });
    await page.waitForSelector('text=已屏蔽，不鸣响');
    // A site whose zone this browser does not know: everything goes on, and says so.
    panel.site = { ...panel.site, timeZone: 'Etc/Unknown' };
    panel.show(panel.state);
    await page.waitForSelector('text=不识别站点时区');
  });

  it('says so when something can not be drawn, keeps the keys, and draws it as soon as it can', async () => {
    await openPage();
    const { smoke7 = anAlarm({}) } = threeAlarms();
    const broken = { ...smoke7, told: undefined as unknown as [] };
    panel.show(inAlarm(aState(), { smoke7: broken }));
    await page.waitForSelector('text=这一页显示不出来');
    expect(await page.locator('.key').count()).toBe(3);
    expect(await page.locator('.big-state').count()).toBe(0);
    panel.show(inAlarm(aState(), { smoke7 }));
    await page.clock.fastForward(3500);
    await page.waitForSelector('.big-state.of-fire');
    expect(troubles.splice(0).join()).toContain('TypeError');
  });

  it('says within five seconds that contact is lost, shows nothing as the present, and comes back by itself', async () => {
    panel.state = inAlarm(aState(), threeAlarms());
    await openPage();
    panel.isMute = true;
    await page.clock.fastForward(4900);
    await page.waitForSelector('.lost', { timeout: lostDrawnMs });
    expect(await textOf('.lost')).toMatch(/与网关失去联系 最后消息 11\/30 22:0[3-5]:\d\d/);
    expect(await textOf('.big-state')).toContain('失去联系');
    expect(await textOf('.key-silence')).toContain('失去联系');
    await page.dispatchEvent('.key-silence', 'click');
    expect(panel.orders).toEqual([]);
    expect((await axe(page)).violations).toEqual([]);
    const age = await textOf('.big-state .age');
    await page.clock.fastForward(3000);
    expect(await textOf('.big-state .age')).toBe(age);
    // The line is given up and opened anew.
    panel.isMute = false;
    await page.clock.fastForward(8000);
    await page.waitForSelector('.shell[data-contact="live"]');
    panel.isWatchHeard = false;
    panel.beat();
    await page.waitForSelector('text=值守程序没有消息');
  });

  it('fits a phone in English, large and in high contrast, takes text for text, and can be walked by keyboard', async () => {
    panel.state = inAlarm(aState(), {
      smoke7: anAlarm({ name: { zh: 'x', en: '<img src=x onerror="document.title=1">' }, isLost: true }),
    });
    await openPage(phone, { language: 'en', isLarge: true, isHighContrast: true, knowsNoVoice: true });
    await page.waitForSelector('.big-state.of-fire');
    expect(await textOf('.big-state')).toMatch(/FIRE .*East wing of the hall.*<img src=x.*detector lost/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width);
    for (const key of await page.locator('.key').all()) {
      const box = await key.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(fingerPx);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(phone.width);
    }
    const walked: string[] = [];
    for (let press = 0; press < 20; press += 1) {
      await page.keyboard.press('Tab');
      walked.push((await page.evaluate('document.activeElement.className')) as string);
    }
    expect(walked[0]).toBe('skip');
    for (const ask of ['acknowledge', 'silence', 'reset']) expect(walked.join(' ')).toContain(`key-${ask}`);
    expect((await axe(page)).violations).toEqual([]);
  });
});
