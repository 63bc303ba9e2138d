/** How wide a text stands on a terminal: Chinese signs take two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

export function columnsOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (wide.test(sign) ? 2 : 1), 0);
}

/** The text up to a width. */
export function cutTo(text: string, columns: number): string {
  let [width, end] = [0, 0];
  for (const sign of text) {
    width += columnsOf(sign);
    if (width > columns) break;
    end += sign.length;
  }
  return text.slice(0, end);
}
