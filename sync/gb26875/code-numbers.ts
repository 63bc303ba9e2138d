/** Which numbers of Tables 4, 5 and 6 the standard gives a meaning; those it reserves are never sent. From 128 on they are the users'. */

const ownFirst = 128;
const systems: ReadonlySet<number> = new Set([0, 1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
const components: ReadonlySet<number> = new Set([
  ...[0, 1, 10, 11, 12, 13, 16, 17, 18, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44],
  ...[50, 51, 52, 53, 61, 62, 69, 74, 78, 79, 81, 82, 83, 84, 85, 86, 87, 88, 91, 92, 95, 96, 97, 98, 99],
  ...[101, 102, 103, 104, 105, 106, 111, 113, 114, 115, 116, 117, 118, 121],
]);
const analogLast = 12;

/** Table 4. */
export function isSystem(code: number): boolean {
  return systems.has(code) || isOwn(code);
}

/** Table 5. */
export function isComponent(code: number): boolean {
  return components.has(code) || isOwn(code);
}

/** Table 6; 0 is "not used" and says nothing. */
export function isAnalog(code: number): boolean {
  return (Number.isInteger(code) && code >= 1 && code <= analogLast) || isOwn(code);
}

function isOwn(code: number): boolean {
  return Number.isInteger(code) && code >= ownFirst && code <= 255;
}
