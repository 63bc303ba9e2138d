/**
 * When a page has painted what it was told: seen by an observer of its whole tree, then the next frame, then a turn after that frame. The
 * wall clock of the machine is the one clock of all processes; it counts whole milliseconds here.
 */
import type { Page } from 'playwright-core';

export interface Painted {
  readonly text: string;
  /** In the tree of the page; painted. */
  readonly drawnWall: number;
  readonly paintedWall: number;
}

/** Runs in the page: `selector` says where the text stands that is waited for. */
const watcher = (selector: string): string => `(() => {
  const painted = [];
  window.benchPainted = painted;
  let last = '';
  new MutationObserver(() => {
    const text = document.querySelector(${JSON.stringify(selector)})?.textContent ?? '';
    if (text === last) return;
    last = text;
    if (text === '') return;
    const drawnWall = Date.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        painted.push({ text, drawnWall, paintedWall: Date.now() });
        channel.port1.close();
      };
      channel.port2.postMessage(null);
    });
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})()`;

/** Before the page is opened. */
export async function watchPaint(page: Page, selector: string): Promise<void> {
  await page.addInitScript(watcher(selector));
}

/** What was painted since the last time. */
export async function takePainted(page: Page): Promise<readonly Painted[]> {
  return page.evaluate('window.benchPainted.splice(0)');
}
