/** The demo village as `npm start` runs it: a process with the real gateway, and browsers before its panel. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { vi } from 'vitest';
import { freePort } from '../free-port.js';
import { openChromium } from './page-rig.js';

export const kiosk = { width: 1024, height: 600 };
export const phone = { width: 360, height: 740 };
/** Two of them start at once beside browsers; alone it takes three seconds. */
const startedMaxMs = 90_000;
/** A person's patience, on a busy computer. */
const waitMaxMs = 30_000;
export const password = 'correct horse 7';

/** `f` a house burns, `p` fires are out, `c` the district asks who is on duty; as `?` of the demo tells. */
export type DemoKey = 'f' | 'p' | 'c' | 'm' | 'l' | 'e';

export interface Observed {
  readonly kind: string;
  readonly port?: number;
  readonly entry?: {
    readonly id: string;
    readonly kind: string;
    readonly detail: Readonly<Record<string, unknown>>;
  };
}

export interface Looks {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** As the settings of the page are kept. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export class DemoVillage {
  readonly seen: Observed[] = [];
  /** What went wrong in a page: nothing should. */
  readonly troubles: string[] = [];
  readonly #flags: readonly string[];
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;
  #port = 0;
  #wasKilled = false;

  /** `flags`: more of the demo's, as `npm start` takes them. */
  constructor(...flags: readonly string[]) {
    this.#flags = flags;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Resolves when its panel answers; at the same address when it ran before. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const flags = ['--json', '--panel', String(this.#port), ...this.#flags];
    const child = spawn('node', ['dist/hardware-sim/demo/main.js', ...flags]);
    this.#process = child;
    const browser = this.#browser ?? openChromium();
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('{')) this.seen.push(JSON.parse(line) as Observed);
    });
    await vi.waitFor(() => fetch(this.url), { timeout: startedMaxMs, interval: 100 });
    this.#browser = await browser;
  }

  kill(): void {
    this.#wasKilled = true;
    this.#process?.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.kill();
    await this.#browser?.close();
  }

  press(key: DemoKey): void {
    this.#process?.stdin?.write(key);
  }

  /** The n-th entry of this kind, from 1. */
  async entry(kind: string, nth = 1): Promise<NonNullable<Observed['entry']>> {
    const all = () => this.seen.flatMap(({ entry }) => (entry?.kind === kind ? [entry] : []));
    return await vi.waitFor(
      () => {
        const found = all()[nth - 1];
        if (found === undefined) throw new Error(`${all().length} entries ${kind} of ${nth}`);
        return found;
      },
      { timeout: waitMaxMs, interval: 20 },
    );
  }

  /** Another browser of its own: nobody is signed in there. */
  async open({ viewport = kiosk, settings = {} }: Looks = {}): Promise<Page> {
    this.#browser ??= await openChromium();
    const context = await this.#browser.newContext({ viewport });
    return this.page(context, settings);
  }

  /** A further page of a browser. */
  async page(context: BrowserContext, settings: Looks['settings'] = {}): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(waitMaxMs);
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('console', (message) => {
      // What the network says while the gateway is gone is no trouble of the page, nor that a gateway that was killed knows nobody any more.
      const isOfKill = message.text().includes('ERR_') || (this.#wasKilled && message.text().includes('status of 403'));
      if (message.type() === 'error' && !isOfKill) this.troubles.push(`${message.text()} ${message.location().url}`);
    });
    await page.addInitScript(`localStorage.getItem('gengfu.settings') ??
      localStorage.setItem('gengfu.settings', '${JSON.stringify({ knowsNoVoice: true, ...settings })}')`);
    await page.goto(this.url);
    await page.waitForSelector('.shell[data-contact="live"]');
    await page.waitForSelector('.big-state:not(.of-starting):not(.of-connecting)');
    return page;
  }
}

/** The first password of the box, set by pointer; whoever does so is signed in as an installer. */
export async function setUp(page: Page): Promise<void> {
  await page.click('a[href="#/set-up"]');
  await page.fill('input[autocomplete=username]', 'li');
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.session >> text=li');
}

export async function signIn(page: Page): Promise<void> {
  await page.goto(`${page.url().replace(/#.*/, '')}#/sign-in`);
  await page.fill('input[autocomplete=username]', 'li');
  await page.fill('input[type=password]', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.session >> text=li');
}

/** Of fires; a fault may sound beside them, on a computer that is too busy to scan its lines in time. */
const sounding = (page: Page) =>
  page
    .locator('.of-fire .mark')
    .filter({ hasText: /正在鸣响|sounding/ })
    .first();
export const fireSounds = (page: Page): Promise<void> => sounding(page).waitFor();
export const fireIsSilent = (page: Page): Promise<void> => sounding(page).waitFor({ state: 'detached' });

export async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');
}
