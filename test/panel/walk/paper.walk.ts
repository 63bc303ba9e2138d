/** Shift and incident on paper: A4, black on white, everything that was written, and nothing that is pressed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PanelState } from '../../../gateway/panel/api/state.js';
import { kiosk } from '../demo-village.js';
import { FakePanel, hasChromium, openChromium } from '../page-rig.js';
import { aState, beganWall, inAlarm, threeAlarms } from '../page-village.js';
import { anEntry, aTown } from '../screens-town.js';

/** As long and as many as the book keeps. */
const note = `第 一 行\n${'一个很长的备注，没有人愿意读到一半就断掉。'.repeat(22)}完`;
const notes = Array.from({ length: 20 }, (_, at) => ({
  ...{ wall: beganWall + at * 60_000, by: 'panel:li', what: 'note' },
  text: `备注${at}号 ${note}`,
}));
const incident = {
  ...{ id: 'e-b1-9', kind: 'alarm', place: '宗祠东厢', zone: 'hall', verdict: 'cooking', isClosed: false, notes },
  ...{ name: { zh: '7 号烟感', en: 'detector 7' }, beganWall },
} as PanelState['incidents'][string];
/** Where the papers are put, to be looked at by people; usually nowhere. */
const shots = process.env['GENGFU_SHOTS'];

/** Of what is drawn on the paper: what is pressed, what is cut off, and letters that are not black enough on white. */
const script = `(() => {
  const wrong = [];
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true }) && node.closest('.for-readers') === null;
  for (const node of document.querySelectorAll('button, input, textarea, select, nav, .head, .foot, .key, .requests, .sound-bar')) {
    if (isShown(node)) wrong.push('on paper: ' + node.tagName + ' ' + node.className);
  }
  const light = (text) => text.match(/[\\d.]+/g).slice(0, 3).reduce((sum, value, at) => sum + value / 255 * [0.2126, 0.7152, 0.0722][at], 0);
  for (const node of document.querySelectorAll('.main *')) {
    if (!isShown(node) || ![...node.childNodes].some((each) => each.nodeType === 3 && each.textContent.trim() !== '')) continue;
    const { color } = getComputedStyle(node);
    if (light(color) > 0.25) wrong.push('pale: ' + node.tagName + ' ' + node.className + ' ' + color);
    if (node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0) wrong.push('cut off: ' + node.className);
  }
  for (const node of document.querySelectorAll('html, body, #app, .shell, .middle, .main')) {
    if (getComputedStyle(node).overflowY !== 'visible') wrong.push('cut at its height: ' + node.className);
    const ground = getComputedStyle(node).backgroundColor;
    if (ground !== 'rgba(0, 0, 0, 0)' && light(ground) < 1) wrong.push('not white: ' + node.className + ' ' + ground);
  }
  if (getComputedStyle(document.activeElement).outlineStyle !== 'none') wrong.push('where the focus is');
  return wrong;
})()`;

describe.skipIf(!hasChromium)('on paper', () => {
  let panel: FakePanel;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [panel, browser] = [new FakePanel(), await openChromium()];
    panel.site = aTown();
    panel.me = { ...panel.me, user: 'li', level: 2, endsWall: beganWall + 900_000 };
    const shift = { person: '李建国', sinceWall: beganWall - 3 * 3_600_000, note };
    panel.state = { ...inAlarm(aState(), threeAlarms()), shift, incidents: { [incident.id]: incident } };
    await panel.open();
    page = await (await browser.newContext({ viewport: kiosk })).newPage();
    await page.addInitScript(`localStorage.getItem('gengfu.settings') ?? localStorage.setItem('gengfu.settings',
      '{"knowsNoVoice":true,"isLarge":true,"isHighContrast":true}')`);
    await page.route('**/api/v1/history', (route) => {
      const entries = Array.from({ length: 40 }, (_, at) =>
        anEntry({
          id: `e-${at}`,
          class: 'fire',
          alarm: 'e-b1-9',
          wall: beganWall + at * 1000,
          kind: 'output.commanded',
        }),
      );
      return route.fulfill({ json: { entries, next: null, tookMs: 1 } });
    });
  });
  afterAll(async () => {
    await browser.close();
    await panel.close();
  });

  it.each([
    ['shift', '#/duty', 1, ['云溪村微型消防站', '打印于 2026', '李建国', '东巷口小卖部', note]],
    ['incident', `#/incident/${incident.id}`, 4, ['打印于 2026', '宗祠东厢', ...notes.map(({ text }) => text)]],
  ])('is the %s, whole, in any look of the screen', async (name, address, pagesMin, texts) => {
    await page.goto(`${panel.url}/${address}`);
    await page.waitForSelector('.shell[data-contact="live"]');
    await page.waitForSelector('.main .card');
    await page.emulateMedia({ media: 'print' });
    const written = (await page.locator('.main').innerText()).replace(/\s/g, '');
    for (const text of texts) expect(written).toContain(text.replace(/\s/g, ''));
    expect(await page.evaluate(script)).toEqual([]);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const text = pdf.toString('latin1');
    const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThanOrEqual(pagesMin);
    // A4, in points.
    for (const [, width, height] of boxes)
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
    if (shots !== undefined) {
      mkdirSync(shots, { recursive: true });
      writeFileSync(join(shots, `${name}.pdf`), pdf);
    }
    await page.emulateMedia({ media: 'screen' });
  });
});
