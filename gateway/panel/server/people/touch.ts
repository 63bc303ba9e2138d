/** Whether somebody is at the page, or the page only looks by itself. Pure. */

/** Asked by pages on their own, by timers and after a drop. */
const byItself = new Set(['me', 'brief', 'site', 'state', 'live', 'health', 'trend', 'map', 'households', 'images']);

export function isTouch(caller: { method: string; path: string; isTouched: boolean }): boolean {
  if (caller.isTouched || (caller.method !== 'GET' && caller.method !== 'HEAD')) return true;
  const [, route] = /^\/api\/v1\/([\w-]+)/.exec(caller.path) ?? [];
  return route !== undefined && !byItself.has(route);
}
