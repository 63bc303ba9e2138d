/** The whole chain at the demo village with Tab, Enter and Escape alone; and what a reader is told of it. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DemoVillage, fireIsSilent, fireSounds, password } from '../demo-village.js';
import { hasChromium } from '../page-rig.js';

/** More stops than any screen of the village has that is walked here. */
const stopsMax = 120;

interface Stop {
  readonly isThere: boolean;
  readonly what: string;
  /** Somebody sees where the focus is. */
  readonly isSeen: boolean;
}

/** Keeps what regions say that interrupt, each time they say something else. */
const hear = `(() => {
  globalThis.said = [];
  new MutationObserver((changes) => {
    const around = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('[aria-live], [role=alert]');
    const regions = new Set(changes.flatMap(({ target, addedNodes }) => [target, ...addedNodes].map(around)));
    for (const region of regions) {
      const isLoud = region?.getAttribute('aria-live') === 'assertive' || region?.getAttribute('role') === 'alert';
      if (isLoud && region.textContent.trim() !== '') globalThis.said.push(region.textContent.trim());
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})()`;

describe.skipIf(!hasChromium)('by keyboard', () => {
  let village: DemoVillage;
  let page: Page;

  beforeAll(async () => {
    village = new DemoVillage();
    await village.start();
    page = await village.open();
    await page.evaluate(hear);
  });
  afterAll(() => village.close());

  const stopAt = (selector: string) =>
    page.evaluate(`(() => {
      const node = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      const isIn = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return {
        isThere: node.matches(${JSON.stringify(selector)}),
        what: node.tagName + ' ' + node.className + ' ' + node.textContent.trim().slice(0, 30),
        isSeen: node === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && isIn),
      };
    })()`) as Promise<Stop>;

  /** Waits until it is there, and goes on with Tab until the focus is on it; it is to be seen at each stop on the way. */
  async function tabTo(selector: string): Promise<void> {
    await page.waitForSelector(selector, { state: 'attached' });
    const passed: string[] = [];
    for (let stops = 0; stops < stopsMax; stops += 1) {
      await page.keyboard.press('Tab');
      const { isThere, what, isSeen } = await stopAt(selector);
      expect([what, isSeen]).toEqual([what, true]);
      if (isThere) return;
      passed.push(what);
    }
    throw new Error(`no way to ${selector}:\n${passed.join('\n')}`);
  }

  async function enter(selector: string): Promise<void> {
    await tabTo(selector);
    await page.keyboard.press('Enter');
  }

  const focused = (selector: string) =>
    expect.poll(() => stopAt(selector).then(({ isThere, what }) => (isThere ? selector : what))).toBe(selector);

  it('sets the first password, and signs out and in', async () => {
    await enter('a[href="#/set-up"]');
    await focused('main');
    await tabTo('input[autocomplete=username]');
    await page.keyboard.type('li');
    for (const _ of ['once', 'again']) {
      await tabTo('input[type=password]');
      await page.keyboard.type(password);
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector('.session button');
    await focused('main');
    await enter('.session button');
    await enter('.session a[href="#/sign-in"]');
    await focused('main');
    await tabTo('input[autocomplete=username]');
    await page.keyboard.type('li');
    await tabTo('input[type=password]');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.session button');
  });

  it('acknowledges, silences and resets a fire, and tells what it was; each alarm interrupts a reader once', async () => {
    village.press('f');
    await page.waitForSelector('.big-state.of-fire');
    await enter('.key-acknowledge:not([aria-disabled=true])');
    await page.waitForSelector('.answer[data-accepted=true]');
    // The key stays where the finger is.
    await focused('.key-acknowledge');
    await enter('.key-silence:not([aria-disabled=true])');
    await fireIsSilent(page);
    village.press('f');
    await fireSounds(page);
    // It means what has stood there for a second.
    await page.waitForSelector('.key-silence:focus:not([aria-disabled=true])');
    await page.keyboard.press('Enter');
    await fireIsSilent(page);
    village.press('p');
    await village.entry('alarm.returned', 2);
    await tabTo('.key-reset');
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Enter');
          return page.locator('.big-state.of-fire').count();
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(0);
    await focused('.key-reset');
    const ask = page.locator('.verdict-head p');
    for (const nth of [1, 2]) {
      await page.waitForSelector('.verdict-cooking:not([aria-disabled=true])');
      const asked = await ask.innerText();
      await enter('.verdict-cooking');
      await ask.filter({ hasText: asked }).waitFor({ state: 'detached' });
      await village.entry('incident.verdict', nth);
    }
    // Its keys are gone, and whoever pressed the last one is at the screen.
    await focused('main');
    const said = (await page.evaluate('globalThis.said')) as readonly string[];
    const fires = said.filter((text) => text.startsWith('火警'));
    expect(fires.map((text) => /厨房|戏台/.exec(text)?.[0])).toEqual(['厨房', '戏台']);
  });

  it('answers a duty check of the district, which interrupts a reader once', async () => {
    village.press('c');
    await page.waitForSelector('.request-key');
    await enter('.request-key');
    await page.waitForSelector('.requests', { state: 'detached' });
    await focused('main');
    await village.entry('duty.answered');
    const said = (await page.evaluate('globalThis.said')) as readonly string[];
    expect(said.filter((text) => text.includes('上级查岗'))).toHaveLength(1);
  });

  it('broadcasts after it was asked once more, and Escape leads back to the key', async () => {
    await enter('a[href="#/voice"]');
    await focused('main');
    await enter('.chip[aria-pressed=false]');
    const say = 'section[aria-labelledby="broadcast-title"] .main-button';
    await enter(say);
    // On the key that does nothing.
    await focused('.confirm .button:not(.main-button)');
    await page.keyboard.press('Escape');
    await focused(say);
    await page.keyboard.press('Enter');
    await enter('.confirm .main-button');
    await village.entry('voice.begun');
    await focused(say);
    await page.keyboard.down('Shift');
    await tabTo('.sounds-now .button, section[aria-labelledby="sounds-title"] .button').finally(() =>
      page.keyboard.up('Shift'),
    );
    await page.keyboard.press('Enter');
    await village.entry('voice.ended');
  });

  it('takes over the shift, and goes round the whole screen without a trap', async () => {
    await enter('a[href="#/duty"]');
    await focused('main');
    await tabTo('input[autocomplete=name]');
    await page.keyboard.type('Wang Xiuying');
    await enter('section[aria-labelledby="handover-title"] .main-button');
    await village.entry('shift.taken');
    await page.getByText('Wang Xiuying', { exact: true }).waitFor();
    // Once round, and back again.
    await tabTo('.skip');
    await tabTo('section[aria-labelledby="handover-title"] .main-button');
    await tabTo('.skip');
    await page.keyboard.press('Enter');
    await focused('main');
    expect(village.troubles).toEqual([]);
  });
});
