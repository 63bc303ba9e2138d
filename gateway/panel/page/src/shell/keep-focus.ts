/**
 * Whoever works by keyboard or reader and sees the key vanish that was pressed, because it has done its work, goes on at the screen
 * and not at the top of the page.
 */
export function keepFocus(root: HTMLElement): void {
  let last: Element | null = null;
  root.addEventListener('focusin', (event) => {
    last = event.target instanceof Element ? event.target : null;
  });
  new MutationObserver(() => {
    if (last === null || last.isConnected) return;
    last = null;
    // A dialog that was opened instead has it already.
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }).observe(root, { childList: true, subtree: true });
}
