/** What is seldom on the screen, or never at the same time: against a gateway that does not exist. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trend } from '../../../gateway/panel/api/history.js';
import type { AlarmRow, PanelState } from '../../../gateway/panel/api/state.js';
import { kiosk, phone } from '../demo-village.js';
import { FakePanel, hasChromium, openChromium } from '../page-rig.js';
import { anAlarm, aState, beganWall, inAlarm, threeAlarms } from '../page-village.js';
import { aTown } from '../screens-town.js';
import { Sweep } from './every-screen.js';

const looksWalked = [
  ['zh-CN', 'usual'],
  ['en', 'large-contrast'],
] as const;

const check = { id: 'q', is: 'duty-check', by: '县消防指挥中心', sinceWall: beganWall, note: null } as const;
const closed: PanelState['incidents'][string] = {
  ...{ id: 'e-b1-5', kind: 'alarm', place: '宗祠东厢', zone: 'hall', verdict: null, isClosed: false, notes: [] },
  ...{ name: { zh: '5 号烟感', en: 'smoke detector 5' }, beganWall },
};
const asked = { q: { ...check, untilWall: beganWall + 600_000 } };
const others: readonly Partial<AlarmRow>[] = [
  { class: 'warning', subject: 'gas' },
  { class: 'supervisory', subject: 'pump' },
  { class: 'fault', subject: 'line' },
  { class: 'technical', subject: 'battery', isActive: false },
];

/** Each state once as the only one: its colour is under test. */
const states: readonly (readonly [string, () => PanelState])[] = [
  ['three alarms', () => inAlarm(aState(), threeAlarms())],
  ...others.map((odd) => [`${odd.class}`, () => inAlarm(aState(), { [odd.subject ?? '']: anAlarm(odd) })] as const),
  ...(['drill', 'test', 'starting'] as const).map(
    (is) => [is, () => ({ ...aState(), head: { ...aState().head, state: is } })] as const,
  ),
  // All bars at once: a fire, a question of the district, and the cause of the last fire not told.
  ['all bars', () => ({ ...inAlarm(aState(), threeAlarms()), requests: asked, incidents: { [closed.id]: closed } })],
];

/** A day of a pool, with a hole in it. */
function aTrend(url: string): Trend {
  const from = Number(new URL(url).searchParams.get('fromWall'));
  const to = Number(new URL(url).searchParams.get('toWall'));
  const buckets = Array.from({ length: 96 }, (_, at): Trend['buckets'][number] => {
    const level = at > 40 && at < 48 ? null : 3 + Math.sin(at / 9);
    return [from + ((to - from) * at) / 96, level, level === null ? null : level + 0.2, level];
  });
  return { point: 'pool/level', buckets, tookMs: 1 };
}

describe.skipIf(!hasChromium)('seldom states', () => {
  let panel: FakePanel;
  const browser = openChromium();
  beforeAll(() => {
    panel = new FakePanel();
    panel.site = aTown();
    panel.me = { ...panel.me, user: 'li', level: 2, endsWall: beganWall + 900_000 };
  });
  afterAll(async () => {
    await panel.close();
    await (await browser).close();
  });

  for (const [name, viewport] of Object.entries({ kiosk, phone })) {
    it(`keep WCAG 2.1 AA and fit, ${name}`, async () => {
      if (name === 'kiosk') await panel.open();
      const page = await (await (await browser).newContext({ viewport })).newPage();
      page.setDefaultTimeout(20_000);
      await page.clock.install({ time: beganWall });
      await page.route('**/api/v1/trend?*', (route) => route.fulfill({ json: aTrend(route.request().url()) }));
      await page.goto(panel.url);
      const sweep = new Sweep(page, name);
      for (const [language, look] of looksWalked) {
        panel.isMute = false;
        panel.show(aState());
        await sweep.setLook(language, look);
        for (const [state, make] of states) {
          panel.show(make());
          await page.waitForSelector(`.shell[data-state="${make().head.state}"]`);
          await sweep.settled();
          await sweep.look(`${language} ${look} ${state}`);
        }
        panel.show(aState());
        await sweep.go('/water/pool%2Flevel');
        await page.locator('.trend-table summary').click();
        await sweep.look(`${language} ${look} trend`);
        await sweep.go('/');
        panel.isMute = true;
        await page.clock.fastForward(4900);
        await page.waitForSelector('.lost');
        await sweep.look(`${language} ${look} lost`);
      }
      expect(sweep.wrong).toEqual([]);
      console.log(sweep.toldUndecided());
      await page.context().close();
    });
  }
});
