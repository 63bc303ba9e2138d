/** Whether two ways of writing a telephone number mean the same line. Pure. */

/** A mobile number in China; with fewer digits in common two numbers are not taken for one. */
const commonMin = 11;

export function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [bare(one), bare(other)];
  if (a === b) return a !== '';
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= commonMin && long.endsWith(short);
}

function bare(number: string): string {
  return number.replaceAll(/\D/g, '').replace(/^00/, '');
}
