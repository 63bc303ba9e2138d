/** Walks all screens in all looks, and looks at each: what axe says, what it could not tell, what does not fit. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import { axe, lookedAt, type Undecided } from './axe.js';
import { misfits } from './fits.js';

export const languages = ['zh-CN', 'en'] as const;
export const looks = {
  usual: {},
  large: { isLarge: true },
  contrast: { isHighContrast: true },
  'large-contrast': { isLarge: true, isHighContrast: true },
} as const;
export type Look = keyof typeof looks;

/** So much higher than the screen is the window while axe looks: what is scrolled out of sight can not be judged. */
const tallPx = 6000;
/** Where pictures of all that was walked are put, to be looked at by people; usually nowhere. */
const shots = process.env['GENGFU_SHOTS'];

export class Sweep {
  readonly wrong: string[] = [];
  /** What axe could not tell, by rule, reason and node; with the least contrast that was measured there. */
  readonly undecided = new Map<string, number>();
  readonly #pending = new Set<Request>();

  constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch') this.#pending.add(request);
    });
    page.on('response', (response) => this.#pending.delete(response.request()));
    page.on('requestfailed', (request) => this.#pending.delete(request));
  }

  async setLook(language: string, look: Look): Promise<void> {
    const settings = JSON.stringify({ knowsNoVoice: true, language, ...looks[look] });
    await this.page.evaluate(`localStorage.setItem('gengfu.settings', '${settings}')`);
    this.#pending.clear();
    await this.page.reload();
    await this.page.waitForSelector('.shell[data-contact="live"]');
    // The first key pressed lets the page sound, and the bar that says so goes.
    await this.page.keyboard.press('Shift');
    await this.page.waitForSelector('.sound-bar', { state: 'detached' });
  }

  async go(path: string): Promise<void> {
    await this.page.evaluate(`location.hash = '#${path}'`);
    await this.settled();
  }

  /** What was asked of the gateway is answered and drawn. */
  async settled(): Promise<void> {
    const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';
    await this.page.evaluate(drawn);
    await expect.poll(() => this.#pending.size, { interval: 5, timeout: 20_000 }).toBe(0);
    await this.page.evaluate(drawn);
  }

  /** What does not fit; `what`: said of everything that is wrong here. */
  async squeeze(what: string): Promise<void> {
    const at = `${this.name} ${what}`;
    for (const each of await misfits(this.page)) this.wrong.push(`${at}: ${each}`);
    if (shots !== undefined) {
      mkdirSync(shots, { recursive: true });
      await this.page.screenshot({ path: join(shots, `${at.replace(/[^\w-]+/g, '_')}.png`) });
    }
  }

  /** That, and what axe says. */
  async look(what: string): Promise<void> {
    await this.squeeze(what);
    const at = `${this.name} ${what}`;
    const size = this.page.viewportSize() ?? { width: 0, height: 0 };
    await this.page.setViewportSize({ width: size.width, height: tallPx });
    const found = await axe(this.page);
    for (const each of found.violations) this.wrong.push(`${at}: ${each}`);
    for (const each of found.undecided) await this.#decide(at, each);
    await this.page.setViewportSize(size);
  }

  async #decide(at: string, node: Undecided): Promise<void> {
    const key = `${node.rule} ${node.because} ${node.target}`;
    const wrong = await lookedAt(this.page, node, (ratio) => {
      this.undecided.set(key, Math.min(ratio, this.undecided.get(key) ?? Number.POSITIVE_INFINITY));
    });
    if (!this.undecided.has(key)) this.undecided.set(key, Number.POSITIVE_INFINITY);
    if (wrong !== null) this.wrong.push(`${at}: ${wrong}`);
  }

  /** For people: what nobody but this walk has judged. */
  toldUndecided(): string {
    return [...this.undecided].map(([node, ratio]) => `${this.name}: ${node}: ${ratio.toFixed(2)}`).join('\n');
  }
}
