import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfigText } from '../../config/load-config.js';
import { siteSchema } from '../../config/site-schema.js';
import { parseYaml } from '../../config/yaml-document.js';
import { headerPin } from '../../gateway/papers/header-pins.js';
import { codeOf, labelSheet } from '../../gateway/papers/label-sheet.js';
import { labelled } from '../../gateway/papers/labelled.js';
import { pointText } from '../../gateway/papers/point-list.js';
import { codeMaxChars, qrCode } from '../../gateway/papers/qr-code.js';
import { wiringList, wiringText } from '../../gateway/papers/wiring-list.js';
import { known, profiles as library } from '../config/rig.js';

const { profiles } = library;
const town = readFileSync('config/examples/ancient-town.yaml', 'utf8');
const site = siteSchema.parse(parseYaml('town', town).document?.value);
const things = labelled(site, profiles);
const address = { id: 'hongya', district: 'yuzhong', name: { zh: '洪崖古镇', en: 'Hongya' } };
const sheet = { site: address, things, lang: 'zh', sizeMm: { width: 62, height: 29 }, url: null } as const;

describe('labels', () => {
  it('there is one for every device, output and loudspeaker, and the page needs nothing else', () => {
    const page = labelSheet(sheet);
    for (const { id } of [...site.devices, ...site.outputs, ...site.speakers]) expect(page).toContain(`<b>${id}</b>`);
    expect(page.match(/<svg /g)).toHaveLength(things.length);
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
  });

  it('a name with markup is a name', () => {
    const [first] = things;
    if (first === undefined) throw new Error('a town has things');
    const named = { ...first, name: { zh: '<b onload="x">', en: '&' } };
    expect(labelSheet({ ...sheet, things: [named] })).toContain('<span>&lt;b onload=&quot;x&quot;&gt;</span>');
  });

  it('the code leads to the thing at the panel, or names it in the whole district', () => {
    const [first] = things;
    if (first === undefined) throw new Error('a town has things');
    expect(codeOf(address, first, null)).toBe('gengfu:yuzhong/hongya/smoke-1');
    expect(codeOf(address, first, 'https://box.local:8443/')).toBe(
      'https://box.local:8443/#/map?kind=device&of=smoke-1',
    );
  });

  it('a code is drawn with four modules of light around it, and never longer than a phone can read', () => {
    // Version 1 has 21 modules; the finder of the upper left corner begins behind the light.
    expect(qrCode('GENGFU')).toMatch(/viewBox="0 0 29 29".* d="M4 4h1v1h-1z/);
    expect(() => qrCode('x'.repeat(codeMaxChars + 1))).toThrow(RangeError);
  });
});

describe('the wiring list', () => {
  const terminals = wiringList(site, profiles);

  it('has everything that is wired, once', () => {
    const wired = terminals.map(({ id }) => id);
    const all = things.filter(({ kind }) => kind !== 'speaker').map(({ id }) => id);
    expect([...wired].sort()).toEqual([...all].sort());
  });

  it('says terminal, thing, place, and how it stands while all is well', () => {
    const text = wiringText(terminals, 'zh');
    expect(text).toContain('  地址 9  →  smoke-kitchen  老街 · 老街 12 号厨房 · 烟感  〔');
    expect(text).toMatch(/模块 io-3.*\n {2}输入 1 {2}→ {2}pool-low {2}.*〔常闭〕/);
    expect(wiringText(terminals, 'en')).toContain('  GPIO17 (pin 11)  →  siren-village');
  });

  it('knows the header: each of its pins for GPIO once, and no other', () => {
    const pins = Array.from({ length: 54 }, (_, gpio) => headerPin(gpio)).filter((pin) => pin !== null);
    expect([pins.length, new Set(pins).size, headerPin(17), headerPin(28)]).toEqual([28, 28, 11, null]);
  });
});

it('the list of points says what each can raise, when, and where it is read', () => {
  const loaded = loadConfigText('/site/gateway.yaml', town, {
    ...known,
    knownCodecs: [...known.knownCodecs],
    profiles: library,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const rows = pointText(loaded.config, 'en').split('\n');
  expect(rows).toHaveLength(loaded.config.points.length);
  expect(rows).toContain('smoke-1/smoke  smoke detector  FIRE  smoke-1 holding 0x0010 as often as it can');
  expect(rows.find((row) => row.startsWith('pool-level/value'))).toContain('SUPERVISORY ≤ 0.5 m, ≥ 4 m');
});
