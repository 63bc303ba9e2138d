/** All screens of the demo village in one size of window: quiet in every look, with dialogs open, and while it burns. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DemoVillage, setUp } from '../demo-village.js';
import { type Look, languages, looks, Sweep } from './every-screen.js';

/** Addresses; what is on top of them is in `corners`. */
const paths = [
  '/',
  '/map',
  '/water',
  '/water/pool-level%2Fvalue',
  '/voice',
  '/duty',
  '/duty/call',
  '/duty/drill',
  '/duty/walk-test',
  '/duty/service',
  '/incident',
  '/history',
  '/health',
  '/commissioning',
  '/commissioning/walk',
  '/commissioning/wire',
  '/commissioning/sign',
  '/commissioning/reports',
  '/users',
  '/settings',
  '/sign-in',
  '/set-up',
  '/nowhere',
];

type Corner = readonly [name: string, path: string, open: (sweep: Sweep) => Promise<void>];

const press = (selector: string) => async (sweep: Sweep) => {
  await sweep.page.locator(selector).first().click();
  await sweep.settled();
};

/** A plan of the village, and two things set on it. */
async function editMap(sweep: Sweep): Promise<void> {
  const { page } = sweep;
  await page.locator('.map > p > .button').click();
  const buffer = await page.screenshot();
  await page.setInputFiles('input[type=file]', { name: 'plan.png', mimeType: 'image/png', buffer });
  await page.waitForSelector('.plan-edit');
  for (const index of [2, 5]) await page.locator('.map-edit select').first().selectOption({ index });
  await page.waitForSelector('.plan-edit .pin >> nth=1');
  await sweep.settled();
}

/** What a touch opens. */
const corners: readonly Corner[] = [
  ['thing', '/map', press('.thing')],
  ['entry', '/history', press('.entry-key')],
  ['filter', '/history', press('.filter button[aria-expanded]')],
  ['drill-asked', '/duty/drill', press('section[aria-labelledby="drill-title"] .order-key .button')],
  ['remove-asked', '/users', press('.open-item .button')],
  ['map-edit', '/map', editMap],
];

/** Where axe looks at all screens: each look, and each language, without each of both. */
const judged = new Set(['zh-CN usual', 'zh-CN contrast', 'en usual', 'en large']);

const burning = ['/', '/map', '/voice', '/duty', '/incident', '/history', '/health', '/settings'];

export function walkAllScreens(name: string, viewport: { readonly width: number; readonly height: number }): void {
  let village: DemoVillage;
  let sweep: Sweep;

  beforeAll(async () => {
    village = new DemoVillage();
    await village.start();
    const page = await village.open({ viewport });
    await setUp(page);
    sweep = new Sweep(page, name);
  });
  afterAll(() => village.close());

  const expectNothingWrong = (): void => {
    expect(village.troubles).toEqual([]);
    expect(sweep.wrong).toEqual([]);
  };

  it('keeps WCAG 2.1 AA and fits, in both languages and every look', async () => {
    for (const language of languages)
      for (const look of Object.keys(looks) as Look[]) {
        // What fits when it is large fits in these colours, too.
        if (look === 'large-contrast') continue;
        await sweep.setLook(language, look);
        const isJudged = judged.has(`${language} ${look}`);
        for (const path of paths) {
          await sweep.go(path);
          await sweep[isJudged ? 'look' : 'squeeze'](`${language} ${look} ${path}`);
        }
      }
    expectNothingWrong();
  });

  it('does so with what a touch opens', async () => {
    for (const [language, look] of [
      ['zh-CN', 'usual'],
      ['en', 'large-contrast'],
    ] as const) {
      await sweep.setLook(language, look);
      for (const [corner, path, open] of corners) {
        await sweep.go('/');
        await sweep.go(path);
        await open(sweep);
        await sweep.look(`${language} ${look} ${corner}`);
      }
    }
    expectNothingWrong();
  });

  it('does so while it burns, and after', async () => {
    village.press('f');
    await sweep.page.waitForSelector('.shell[data-state="fire"]');
    village.press('f');
    await village.entry('alarm.raised', 2);
    for (const [language, look] of [
      ['zh-CN', 'usual'],
      ['en', 'large-contrast'],
    ] as const) {
      await sweep.setLook(language, look);
      for (const path of burning) {
        await sweep.go(path);
        await sweep.look(`${language} ${look} burning ${path}`);
      }
      await sweep.go('/incident');
      await press('.open-item a')(sweep);
      await sweep.look(`${language} ${look} one incident`);
    }
    expectNothingWrong();
    console.log(sweep.toldUndecided());
  });
}
