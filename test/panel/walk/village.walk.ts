/** The whole of it: the demo village with its real gateway, its panel in Chromium, a screen and a phone before it. */
import mqtt from 'mqtt';
import type { Page, Route } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DemoVillage, fireIsSilent, fireSounds, phone, setUp, signIn, textOf } from '../demo-village.js';
import { hasChromium } from '../page-rig.js';

/** Design of the panel: the page says within 5 s that it has lost the gateway; the rest is for a busy computer to draw it. */
const lostWithinMs = 15_000;
/** What one does the other sees. */
const seenWithinMs = 1000;

let village: DemoVillage;

/** Orders of these pages are held until each of them has given one: two fingers at the same moment. */
async function atOnce(pages: readonly Page[], press: (page: Page) => Promise<void>): Promise<void> {
  const held: Route[] = [];
  const orders = '**/api/v1/orders';
  for (const page of pages) await page.route(orders, (route) => void held.push(route));
  for (const page of pages) await press(page);
  await expect.poll(() => held.length, { timeout: 10_000 }).toBe(pages.length);
  await Promise.all(held.map((route) => route.continue()));
  for (const page of pages) await page.waitForSelector('.answer');
  for (const page of pages) await page.unroute(orders);
}

/** It has been seen here: how much later is it there, ms. */
async function later(seenThere: () => Promise<unknown>): Promise<number> {
  const beganMono = performance.now();
  await seenThere();
  return performance.now() - beganMono;
}

/** Tones of the page that have begun. */
const tonesOf = (page: Page) => page.evaluate('globalThis.tones ?? 0') as Promise<number>;
const key = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
const show = (page: Page, path: string) => page.goto(`${village.url}#${path}`);

/** Results of the district's orders, as they come over its broker. */
async function districtHears(): Promise<readonly string[]> {
  const port = village.seen.find(({ kind }) => kind === 'demo.broker')?.port;
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, reconnectPeriod: 0 });
  onTestFinished(() => void client.end(true));
  const heard: string[] = [];
  client.on('message', (_topic, payload) => heard.push(payload.toString()));
  await client.subscribeAsync('gengfu/v1/+/+/result', { qos: 1 });
  return heard;
}

describe.skipIf(!hasChromium)('the duty panel of the demo village', () => {
  beforeEach(async () => {
    village = new DemoVillage();
    await village.start();
  });
  afterEach(async () => {
    await village.close();
    expect(village.troubles).toEqual([]);
  });

  it('leads a screen and a phone through two fires to all clear; what one does the other sees, and of two at once one wins', async () => {
    const page = await village.open();
    await setUp(page);
    const other = await village.open({ viewport: phone, settings: { language: 'en' } });

    village.press('f');
    await page.waitForSelector('.big-state.of-fire');
    expect(await textOf(page, '.big-state')).toMatch(/火警.*老街 12 号厨房.*烟感.*未确认/);
    await village.entry('output.commanded');
    // Signed in: who lives there.
    expect(await textOf(page, '.care')).toContain('老街 12 号');
    await other.waitForSelector('.big-state.of-fire');
    expect(await textOf(other, '.big-state')).toMatch(/FIRE.*kitchen, 12 Old Street/);
    expect(await textOf(other, '#app')).not.toContain('王秀英');

    await atOnce([page, other], (each) => each.click('.key-acknowledge'));
    const told = [await textOf(page, '.answer'), await textOf(other, '.answer')];
    const isFirst = (text: string): boolean => /已确认 \d+ 项|acknowledged: \d+/.test(text);
    const isLate = (text: string): boolean => /没有待确认的报警|nothing waits for an acknowledgement/.test(text);
    expect([told, told.filter(isFirst).length, told.filter(isLate).length]).toEqual([told, 1, 1]);
    // Both show who was first, by name where it was the signed-in screen.
    for (const each of [page, other])
      expect(await textOf(each, '.first-alarm .marks')).toMatch(/已确认：(li|值班屏)|acknowledged: (li|duty screen)/);

    await page.click('.key-silence:not([aria-disabled=true])');
    await fireIsSilent(page);
    expect(await later(() => fireIsSilent(other))).toBeLessThan(seenWithinMs);
    village.press('f');
    for (const each of [page, other]) await fireSounds(each);
    await other.click('.key-acknowledge:not([aria-disabled=true])');
    await other.waitForSelector('.answer[data-accepted="true"]');
    const isKnown = () => page.waitForSelector('.of-fire .mark.is-open', { state: 'detached' });
    expect(await later(isKnown)).toBeLessThan(seenWithinMs);
    await other.click('.key-silence:not([aria-disabled=true])');
    await page.click('.key-reset:not([aria-disabled=true])');
    await page.waitForSelector('text=仍在报警');
    expect(await textOf(page, '.big-state')).toContain('火警');

    village.press('p');
    await expect
      .poll(
        async () => {
          await page.click('.key-reset:not([aria-disabled=true])', { timeout: 2000 }).catch(() => undefined);
          return page.locator('.big-state.of-fire').count();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(0);
    await other.waitForSelector('.shell:not([data-state="fire"])');
    await page.click('.verdict-cooking:not([aria-disabled=true])');
    await village.entry('incident.verdict');
  });

  it('rings for a duty check of the district until the phone answers, and once only', async () => {
    const page = await village.open();
    await page.addInitScript(`const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) {
        globalThis.tones = (globalThis.tones ?? 0) + 1;
        return start.apply(this, when);
      }`);
    await page.reload();
    await setUp(page);
    const other = await village.open({ viewport: phone, settings: { language: 'en' } });
    await signIn(other);
    const heard = await districtHears();
    await show(page, '/history');
    const quiet = await tonesOf(page);
    village.press('c');
    for (const each of [page, other]) await each.waitForSelector('.request-key');
    expect(await textOf(page, '.requests')).toMatch(/上级查岗.*请在 \d+ 分 \d+ 秒内应答.*在岗，应答/);
    await expect.poll(() => tonesOf(page), { timeout: 10_000 }).toBeGreaterThan(quiet);
    const box = await other.locator('.request-key').boundingBox();
    // A thumb wide, and all of it to be seen.
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(84);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(phone.width);

    await other.click('.request-key');
    await other.waitForSelector('.answer[data-accepted="true"]');
    expect(await textOf(other, '.answer')).toMatch(/\w/);
    const isOver = () => page.waitForSelector('.requests', { state: 'detached' });
    expect(await later(isOver)).toBeLessThan(seenWithinMs);
    expect(await village.entry('duty.answered')).toMatchObject({ origin: 'panel:li' });
    await expect.poll(() => heard.join('\n'), { timeout: 10_000 }).toMatch(/"state":"done".*"by":"panel:li"/);
    await page.reload();
    for (const told of ['查岗', /li/]) await page.getByText(told).first().waitFor();

    // Asked again, two answer at the same moment: the district hears one of them, and the other is told.
    village.press('c');
    for (const each of [page, other]) await each.waitForSelector('.request-key');
    await atOnce([page, other], (each) => each.click('.request-key'));
    const accepted = await Promise.all(
      [page, other].map((each) => each.locator('.answer').getAttribute('data-accepted')),
    );
    expect(accepted.sort()).toEqual(['false', 'true']);
    await expect.poll(() => heard.filter((text) => text.includes('"done"')).length, { timeout: 10_000 }).toBe(2);
  });

  it('hands over the shift, drills, broadcasts, is lost with the gateway and comes back with it', async () => {
    const page = await village.open();
    await setUp(page);
    const other = await village.open({ viewport: phone, settings: { language: 'en' } });
    for (const each of [page, other]) await show(each, '/duty');
    await page.getByLabel('接班人姓名').fill('王秀英');
    await key(page, '签名接班').click();
    for (const each of [page, other]) await each.waitForSelector('.shift-person >> text=王秀英');
    await page.getByRole('link', { name: '演练试鸣' }).click();
    await key(page, '开始演练').click();
    await page.locator('.confirm').getByRole('button', { name: '开始演练' }).click();
    await show(other, '/duty/drill');
    await other.waitForSelector('.running.of-drill');
    await key(page, '结束演练').click();
    await other.waitForSelector('.running.of-drill', { state: 'detached' });
    await show(page, '/voice');
    await key(page, '防火提醒').click();
    await key(page, '开始广播').click();
    await page.locator('.confirm').getByRole('button', { name: '开始广播' }).click();
    await key(page, '停止广播').click();
    await show(page, '/history');
    for (const told of ['演练', '接班']) await page.getByText(told).first().waitFor();

    await show(page, '/');
    village.kill();
    await page.waitForSelector('.lost', { timeout: lostWithinMs });
    expect(await textOf(page, '.big-state')).toContain('失去联系');
    await village.start();
    for (const each of [page, other]) await each.waitForSelector('.shell[data-contact="live"]');
  });
});
