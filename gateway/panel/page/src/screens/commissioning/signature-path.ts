/** Points of a finger → a path in a field of 400 by 120: pure. */
const wide = 400;
const high = 120;
/** Closer than this is the same point. */
const stepMin = 3;
/** Characters that a signature may have; beyond, nothing more is drawn. */
const pathMax = 5900;

/** `x`, `y`: 0 to 1 of the field. */
export function drawn(path: string, at: { readonly x: number; readonly y: number; readonly isNew: boolean }): string {
  const [x, y] = [inside(at.x, wide), inside(at.y, high)];
  if (path.length >= pathMax) return path;
  if (at.isNew || path === '') return `${path}M${x} ${y}L${x} ${y}`;
  const [, lastX = '0', lastY = '0'] = /(\d+) (\d+)$/.exec(path) ?? [];
  const isNear = Math.abs(Number(lastX) - x) < stepMin && Math.abs(Number(lastY) - y) < stepMin;
  return isNear ? path : `${path}L${x} ${y}`;
}

function inside(share: number, size: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * size);
}
