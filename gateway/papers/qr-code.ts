/** A text as a QR code (ISO/IEC 18004), drawn as one SVG path. The only file that knows `uqr`. */
import { encode } from 'uqr';

/** Modules of light around it: the standard asks for four. */
const quietModules = 4;
/** What a phone still reads from a label of 20 mm at arm's length, characters (version 10 has modules of 0.3 mm there). */
export const codeMaxChars = 200;

/** Up to 15 % of it may be scratched (level M). Throws RangeError for a longer text than a label can carry. */
export function qrCode(text: string): string {
  if (text.length > codeMaxChars) throw new RangeError(`${text.length} characters for a code of ${codeMaxChars}`);
  const { size, data } = encode(text, { ecc: 'M', border: quietModules });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true"><path d="${dark.join('')}"/></svg>`;
}
