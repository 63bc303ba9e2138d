/** A village plan for the pictures: drawn by the browser, kept by the gateway like one that an installer has uploaded. */
import type { Page } from 'playwright-core';

const size = { width: 1200, height: 560 };

/** Hills, a river, two lanes, and houses along them. */
const village = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 560" width="1200" height="560" style="display:block">
  <rect width="1200" height="560" fill="#eef1e4"/>
  <path d="M0 70C150 10 260 90 420 40S760 80 900 30s220 40 300 10V0H0Z" fill="#cfdcc0"/>
  <path d="M0 470C240 400 420 540 640 480s380-70 560-10v50c-200-60-360-10-560 40S240 470 0 540Z" fill="#b9d6e8"/>
  <path d="M40 270H1160M600 110V430" stroke="#d8cdb4" stroke-width="34" fill="none"/>
  <g fill="#d9c3a0" stroke="#8b7551" stroke-width="3">
    ${[60, 180, 300, 420, 680, 800, 920, 1040]
      .flatMap((x) => [150, 305].map((y) => `<rect x="${x}" y="${y}" width="92" height="78"/>`))
      .join('')}
    <rect x="528" y="60" width="144" height="100" fill="#c9a878"/>
    <circle cx="1110" cy="120" r="42" fill="#9cc3dc"/>
  </g>
</svg>`;

/** Of the picture, 0 to 1. */
const pins = [
  ...['smoke-1', 'smoke-4', 'smoke-5', 'smoke-8'].map((of, n) => ({
    of,
    x: 0.46 + (n % 2) * 0.08,
    y: n < 2 ? 0.16 : 0.3,
  })),
  { of: 'smoke-kitchen', x: 0.19, y: 0.4 },
  { of: 'smoke-10', x: 0.29, y: 0.4 },
  { of: 'smoke-11', x: 0.39, y: 0.4 },
  { of: 'smoke-13', x: 0.61, y: 0.4 },
  { of: 'smoke-14', x: 0.71, y: 0.4 },
  { of: 'smoke-16', x: 0.81, y: 0.62 },
  { of: 'smoke-17', x: 0.29, y: 0.62 },
  { of: 'gas-1', x: 0.61, y: 0.62 },
  { of: 'pool-level', x: 0.925, y: 0.22 },
];

/** By whoever is signed in on this page, as an installer. */
export async function uploadPlan(page: Page): Promise<void> {
  const drawing = await page.context().newPage();
  await drawing.setViewportSize(size);
  await drawing.setContent(`<body style="margin:0">${village}</body>`);
  const base64 = (await drawing.screenshot()).toString('base64');
  await drawing.close();
  await page.evaluate(`(async () => {
    const json = { 'content-type': 'application/json' };
    const { csrf } = await (await fetch('/api/v1/me')).json();
    const ask = (path, type, body) =>
      fetch(path, { method: 'PUT', headers: { 'content-type': type, 'x-gengfu-csrf': csrf }, body });
    const { care } = await (await fetch('/api/v1/site')).json();
    const bytes = Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));
    await ask('/api/v1/images/village.png', 'image/png', bytes);
    const door = care.find(({ place }) => place?.zh.includes('12'));
    const home = { of: door.zone + '/' + door.place.zh, kind: 'household', x: 0.19, y: 0.62 };
    const devices = ${JSON.stringify(pins)}.map((pin) => ({ ...pin, kind: 'device' }));
    const name = { zh: '洪崖古镇', en: 'Hongya ancient town' };
    const plan = { id: 'village', name, image: 'village.png', aspect: ${size.width / size.height}, pins: [...devices, home] };
    const answer = await ask('/api/v1/map', json['content-type'], JSON.stringify({ plans: [plan], photos: [], revision: 0 }));
    if (!answer.ok) throw new Error(await answer.text());
  })()`);
}
