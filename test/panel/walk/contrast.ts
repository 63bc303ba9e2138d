/** Contrast as it is to be seen: two pictures of an element, with its text and without, tell what is text and what is behind it. */
import type { Page } from 'playwright-core';

interface Shot {
  readonly base64: string;
}

/** A step between two pixels that is no text, of 255: antialiasing of a picture that was taken twice. */
const noise = 12;

/** Run in a page without a policy of its own: decodes both, and compares what differs. */
const compare = `async ([withText, without]) => {
  const pixels = async ({ base64 }) => {
    const blob = await (await fetch('data:image/png;base64,' + base64)).blob();
    const image = await createImageBitmap(blob);
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  };
  const [text, ground] = [await pixels(withText), await pixels(without)];
  const light = (at, of) => [0, 1, 2].reduce((sum, channel) => {
    const value = of[at + channel] / 255;
    return sum + [0.2126, 0.7152, 0.0722][channel] * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0);
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const changed = [];
  for (let at = 0; at < text.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs(text[at + channel] - ground[at + channel]) > ${noise})) changed.push(at);
  }
  if (changed.length === 0) return null;
  // The heart of a stroke is where it differs most; its edge is mixed with what is behind it.
  const heart = changed.reduce((best, at) =>
    ratio(light(at, text), light(at, ground)) > ratio(light(best, text), light(best, ground)) ? at : best);
  return Math.min(...new Set(changed.map((at) => ratio(light(heart, text), light(at, ground)).toFixed(3))).values());
}`;

const hidden = `* { transition: none !important; animation: none !important; }
  [data-looked-at], [data-looked-at] * { color: transparent !important; caret-color: transparent !important; }
  [data-looked-at] svg { visibility: hidden; }`;

/** The least contrast of text and what is behind it; null when no text of it is to be seen. */
export async function contrastOf(page: Page, selector: string): Promise<number | null> {
  const element = page.locator(selector).first();
  const mark = (isOn: boolean) =>
    element.evaluate(
      (node, on) =>
        (node as unknown as { toggleAttribute(name: string, on: boolean): void }).toggleAttribute('data-looked-at', on),
      isOn,
    );
  await element.scrollIntoViewIfNeeded();
  const clip = await element.boundingBox();
  if (clip === null || clip.width === 0 || clip.height === 0) return null;
  const shot = async (): Promise<Shot> => ({ base64: (await page.screenshot({ clip })).toString('base64') });
  const withText = await shot();
  await mark(true);
  const style = await page.evaluateHandle(`(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(hidden)});
    document.adoptedStyleSheets = [sheet];
  })()`);
  const without = await shot();
  await page.evaluate('document.adoptedStyleSheets = []');
  await style.dispose();
  await mark(false);
  const blank = await page.context().newPage();
  try {
    return (await blank.evaluate(`(${compare})(${JSON.stringify([withText, without])})`)) as number | null;
  } finally {
    await blank.close();
  }
}
