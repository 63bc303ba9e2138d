/** The box's own screen, with the flags of its unit file: it waits for the panel, goes over by itself, and may sound at once. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../free-port.js';
import { hasChromium } from '../page-rig.js';
import { type PanelRig, panelRig } from '../server-rig.js';
import { axe } from './axe.js';

const startMaxMs = 30_000;

/** Of Chromium, as the unit starts it: but for its screen, which a test has not, and its folder. */
function unitFlags(): readonly string[] {
  const unit = readFileSync('systemd/gengfu-kiosk.service', 'utf8').replaceAll('\\\n', ' ');
  const [, line = ''] = /^ExecStart=.*chromium (.*)$/m.exec(unit) ?? [];
  return line.split(/\s+/).filter((flag) => flag.startsWith('--') && !/^--(?:kiosk|ozone|user-data-dir)/.test(flag));
}

let browser: Browser | null = null;
let rig: PanelRig | null = null;
afterEach(async () => {
  await browser?.close();
  await rig?.stop();
});

describe.skipIf(!hasChromium)('the screen of the box', () => {
  it('waits for a panel that is not there yet, goes over to it, and may sound before anybody touched it', async () => {
    const flags = unitFlags();
    expect(flags.length).toBeGreaterThan(10);
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', ...flags],
    });
    const page = await browser.newPage({ viewport: { width: 1024, height: 600 } });
    const port = await freePort();
    await page.goto(`file://${resolve('systemd/kiosk-wait.html')}#http://127.0.0.1:${port}/`);
    expect(await page.innerText('h1')).toBe('正在连接值班面板…');
    expect((await axe(page)).violations).toEqual([]);
    if (process.env['KEEP_PICTURE'] !== undefined) await page.screenshot({ path: process.env['KEEP_PICTURE'] });
    rig = panelRig();
    await rig.app.listen({ host: '127.0.0.1', port });
    await page.waitForURL(`http://127.0.0.1:${port}/`, { timeout: startMaxMs });
    expect(await page.innerText('body')).toBe('page');
    expect(await page.evaluate(`new AudioContext().state`)).toBe('running');
  });
});
