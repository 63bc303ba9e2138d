/** Whether a screen fits: nothing beside the edge, nothing cut off, the three keys to be seen and to be hit. */
import type { Page } from 'playwright-core';

/** 12 mm as a browser counts them. */
const fingerPx = 45;
/** What lies below bars and above keys must still be a screen. */
const mainMinPx = 96;

/** May be cut, with an ellipsis: the whole of it stands elsewhere on the screen. */
const mayBeCut = '.head-name';

const script = `(() => {
  const wrong = [];
  const named = (node) => node.tagName.toLowerCase() + [...node.classList].map((each) => '.' + each).join('') +
    ' "' + node.textContent.trim().slice(0, 30) + '"';
  // What is kept for readers only is drawn nowhere.
  const isForReaders = (node) => node.closest('.for-readers') !== null ||
    (node.closest('thead') ?? node).getBoundingClientRect().width <= 1;
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true }) && !isForReaders(node);
  const shell = document.documentElement;
  if (shell.scrollWidth > innerWidth) wrong.push('the page is ' + shell.scrollWidth + ' wide');
  if (shell.scrollHeight > innerHeight) wrong.push('the page is ' + shell.scrollHeight + ' high');
  const main = document.querySelector('.main');
  if (main.scrollWidth > main.clientWidth) wrong.push('the screen is ' + main.scrollWidth + ' wide of ' + main.clientWidth);
  if (main.clientHeight < ${mainMinPx}) wrong.push('the screen is ' + main.clientHeight + ' high');
  for (const node of document.querySelectorAll('.head *, .foot *, .main *, .middle > *')) {
    if (!isShown(node)) continue;
    const { left, right } = node.getBoundingClientRect();
    if (left < -0.5 || right > innerWidth + 0.5) { wrong.push('beside the edge: ' + named(node)); break; }
  }
  for (const node of document.querySelectorAll('button, a, label, summary, th, td, dt, dd, p, h1, h2, h3, strong, small, b')) {
    if (!isShown(node) || node.matches('${mayBeCut}') || node.querySelector('${mayBeCut}') !== null) continue;
    const { overflowX } = getComputedStyle(node);
    const isInline = getComputedStyle(node).display === 'inline';
    if (!isInline && node.scrollWidth > node.clientWidth + 1) wrong.push('cut off (' + overflowX + '): ' + named(node));
  }
  const keys = [...document.querySelectorAll('.key')];
  if (keys.length !== 3) wrong.push(keys.length + ' keys');
  for (const key of keys) {
    const { bottom, top, right, left } = key.getBoundingClientRect();
    if (bottom > innerHeight || top < 0 || right > innerWidth || left < 0) wrong.push('a key out of sight: ' + named(key));
    const isCovered = !key.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
    if (isCovered) wrong.push('a key under something: ' + named(key));
    for (const word of key.querySelectorAll('strong, small')) {
      const box = word.getBoundingClientRect();
      if (box.left < left - 0.5 || box.right > right + 0.5 || box.bottom > bottom + 0.5) wrong.push('over its key: ' + named(word));
    }
  }
  for (const node of document.querySelectorAll('button, .button, .chip, select, input:not([type=file]), textarea, .navigation a, .tabs a')) {
    if (!isShown(node) || node.classList.contains('skip') || node.closest('.plan') !== null) continue;
    const { width, height } = node.getBoundingClientRect();
    if (Math.min(width, height) < ${fingerPx}) wrong.push('too small for a finger, ' + Math.round(width) + ' × ' + Math.round(height) + ': ' + named(node));
  }
  return wrong;
})()`;

/** What does not fit, in words. */
export async function misfits(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(script)) as readonly string[];
}
