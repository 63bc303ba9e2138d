/** How many messages a text costs. The modem cuts it, and may need one more where a character would be cut in two. Pure. */

const wholeUnits = 70;
const partUnits = 67;

export function partsOf(text: string): number {
  return text.length <= wholeUnits ? 1 : Math.ceil(text.length / partUnits);
}
