/** `gengfu init` as a person meets it: questions, going back, giving up, answers in a file, and what it leaves on the disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../../gateway/asking/asker.js';
import { init } from '../../../gateway/cli/setup/init.js';
import type { InitOptions } from '../../../gateway/cli/setup/init-orders.js';
import { answersTemplate } from '../../../gateway/setup/answers-template.js';
import { readAnswers } from '../../../gateway/setup/read-answers.js';
import { check, library, line, personSaying, surveyOf, townSurvey, unit } from './rig.js';

let folder = '';
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gengfu-init-'));
  folders.push(folder);
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

const inFolder = (name: string): string => path.join(folder, name);

function put(name: string, content: string): string {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
}

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** With the town's survey in a file, unless another way is said. */
async function run(options: Partial<InitOptions>, person: Asker | null = null, survey = townSurvey()): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const found = put('survey.json', JSON.stringify(survey));
  const status = await init(
    { config: inFolder('gateway.yaml'), lang: 'en', survey: found, ...options },
    {
      asker: person === null ? null : () => person,
      findUnits: () => Promise.resolve(null),
      loadProfiles: () => Promise.resolve(library),
      out: (text) => out.push(text),
      err: (text) => err.push(text),
    },
  );
  return { status, out: out.join(''), err: err.join('') };
}

/** Without a file of what was found. */
async function runSearching(person: Asker): Promise<Pick<Run, 'status' | 'err'>> {
  const err: string[] = [];
  const status = await init(
    { config: inFolder('gateway.yaml'), lang: 'en' },
    {
      asker: () => person,
      findUnits: () => Promise.resolve(townSurvey()),
      loadProfiles: () => Promise.resolve(library),
      out: () => undefined,
      err: (text) => err.push(text),
    },
  );
  return { status, err: err.join('') };
}

const site = (): string => readFileSync(inFolder('gateway.yaml'), 'utf8');
const left = (): readonly string[] => readdirSync(folder).filter((name) => name !== 'survey.json');

describe('asked one after the other', () => {
  /** Up to the last question but one: everything as proposed. */
  const defaults = Array.from({ length: 30 }, () => '');

  it('empty lines are enough: every question has a default, and the file is good', async () => {
    const person = personSaying(...defaults);
    const { status, out } = await run({ lang: 'zh' }, person);
    expect([status, left()]).toEqual([0, ['gateway.yaml']]);
    expect(out).toContain('2 条线路，24 台设备，1 个防区，1 路警铃');
    expect(person.heard.join('\n')).toContain('19 台设备认不准：east:1 east:2');
    expect(person.heard.filter((text) => text.endsWith('> ')).length).toBeLessThan(20);
    expect(await check(site())).toMatchObject({ ok: true });
    // Owner and group only: households may stand in it.
    expect(statSync(inFolder('gateway.yaml')).mode & 0o777).toBe(0o640);
  });

  it('what was said stands in the file; wrong answers are told and asked again; ? tells why', async () => {
    put('places.csv', '线路,地址,位置\neast,1,正厅\n');
    const bad = put('bad.csv', '线路,地扯,位置\neast,1,正厅\n');
    const person = personSaying(
      ...['?', '3', '', 'Sunset Home', 'No Id!', 'sunset', 'yuzhong'],
      ...['一楼=first floor，二楼=second floor', '2', '9', '3'],
      ...['', '', '', 'relay-1:9', 'relay-1:1@x', 'relay-1:1@first-floor=一楼警铃,gpio17'],
      ...['mqtt://me:secret@host:1883', 'mqtts://mqtt.example:8883', 'sunset', ''],
      ...['2', 'data', '/srv/gengfu', bad, inFolder('places.csv'), ''],
    );
    const { status, err } = await run({}, person);
    expect([status, err]).toEqual([0, '']);
    const heard = person.heard.join('\n');
    expect(heard).toContain('it decides who hears a fire first');
    expect(heard).toContain('lower-case letters, digits and hyphens only');
    expect(heard).toContain('"relay-1:9" is neither a relay nor a pin; relays that were found: io-1:1…8, relay-1:1…8');
    expect(heard).toContain('there is no zone "x"; there are: first-floor, second-floor');
    expect(heard).toContain('without name and password');
    expect(heard).toContain('write an absolute path');
    expect(heard).toContain('did you mean 地址?');
    const checked = await check(site());
    if (!checked.ok) throw new Error('it was accepted');
    const { config } = checked;
    expect(config.site).toMatchObject({ id: 'sunset', district: 'yuzhong', name: { zh: '养老院', en: 'Sunset Home' } });
    expect(config.zones.map(({ id }) => id)).toEqual(['first-floor', 'second-floor', 'unassigned']);
    expect(config.units.map(({ zone }) => zone).filter((zone) => zone === 'second-floor')).toHaveLength(14);
    expect(config.units[0]?.place).toEqual({ zh: '正厅', en: '正厅' });
    expect(config.outputs.map(({ id, name }) => [id, name.zh])).toEqual([
      ['siren-first-floor', '一楼警铃'],
      ['siren-village', '警铃'],
    ]);
    expect(config.dataDir).toBe('/srv/gengfu');
    expect(config.panel).toMatchObject({ listen: '0.0.0.0', tls: { kind: 'own' } });
    expect(site()).toContain('password_file: /etc/gengfu/district.password');
    expect(site()).not.toContain('secret');
  });

  it('< goes back as often as one wants, with what was said as the default', async () => {
    const person = personSaying(
      '1',
      '洪崖',
      'Hongya',
      '<',
      '<',
      '洪崖古镇',
      '',
      'h-1',
      '<',
      '<',
      '<',
      '<',
      '4',
      ...defaults,
    );
    const { status } = await run({}, person);
    expect(status).toBe(0);
    expect(site()).toContain('site: {id: h-1, district: district, name: {zh: 洪崖古镇, en: Hongya}}');
    // What is asked later hangs on what was changed.
    expect(site()).toContain('micro fire station');
    expect(person.heard).toContain('[Hongya] > ');
  });

  it('units that a person can not name, and labels that nobody has read, become comments', async () => {
    const survey = surveyOf(
      line('/dev/ttyUSB0', [
        ...[unit(1, 'generic-smoke-0010'), unit(7, 'ddsu666 sdm120'), unit(8, 'ddsu666 sdm120')],
        ...[unit(30, 'waveshare-relay8'), unit(40, 'transmitter-7reg'), unit(41, 'transmitter-7reg')],
      ]),
    );
    const label = ['5', 'M', 'level', '', '', ''];
    const person = personSaying('', '', '', '', '', '', '', '3', '', '1', ...label, ...defaults);
    const { status, out } = await run({ json: true }, person, survey);
    expect(status).toBe(0);
    const report = JSON.parse(out) as { left: { what: string; of: string }[]; counts: object };
    expect(report.counts).toMatchObject({ devices: 3, leftOut: 3, placesToFillIn: 2 });
    expect(report.left.filter(({ what }) => what === 'unit').map(({ of }) => of)).toEqual([
      'usb0:7',
      'usb0:8',
      'usb0:41',
    ]);
    expect(site()).toContain('options: {label_range: 5, label_unit: m, medium: level}');
  });

  it.each([
    ['at once', []],
    ['in the middle', ['1', '洪崖', '?', '<']],
    ['at the last question', defaults.slice(0, 14)],
  ])('given up %s: nothing is written, and it says so', async (_when, lines) => {
    const { status, err } = await run({}, personSaying(...lines));
    expect([status, err, left()]).toEqual([1, 'given up; no site file was written.\n', []]);
  });

  it('given up after a search: what was found is kept, and the next one goes on with it', async () => {
    const { status, err } = await runSearching(personSaying('1'));
    const kept = inFolder('gateway.yaml.survey.json');
    expect([status, left()]).toEqual([1, [path.basename(kept)]]);
    expect(err).toContain(`gengfu init --survey ${kept} --out ${inFolder('gateway.yaml')}`);
    expect((await run({ yes: true, survey: kept })).status).toBe(0);
    expect(left()).toEqual(['gateway.yaml', path.basename(kept)]);
  });

  it('all that is left to do is told, however much it is', async () => {
    const odd = Array.from({ length: 30 }, (_, index) => unit(index + 100, '', {}));
    const { out } = await run(
      { yes: true },
      null,
      surveyOf(line('/dev/ttyUSB0', [unit(1, 'waveshare-relay8'), ...odd])),
    );
    for (const { address } of odd) expect(out).toContain(`usb0:${address}`);
    expect(out.match(/no profile knows it/g)).toHaveLength(1);
  });
});

describe('without anybody', () => {
  it('nobody to ask, nothing to look at: it says what to do instead', async () => {
    const nobody = await run({});
    expect([nobody.status, left()]).toEqual([2, []]);
    expect(nobody.err).toContain('gengfu init --answers answers.yaml --yes');
    const loadProfiles = () => Promise.resolve(library);
    const parts = { asker: null, findUnits: () => Promise.resolve(null), loadProfiles, out: () => undefined };
    const err: string[] = [];
    const options = { config: inFolder('gateway.yaml'), lang: 'zh', yes: true } as const;
    expect(await init(options, { ...parts, err: (text) => err.push(text) })).toBe(1);
    expect(err.join('')).toContain('没有找到串口');
    const found = { ...parts, findUnits: () => Promise.resolve(townSurvey()), err: () => undefined };
    expect(await init(options, found)).toBe(0);
  });

  it('answers in a file, tables beside it; a second time the same file comes out', async () => {
    put('places.csv', '地址,线路,位置,防区\n1,east,正厅,hall\n');
    const answers = put('answers.yaml', `${answersTemplate.replace('panel:', 'places: places.csv\npanel:')}`);
    expect((await run({ yes: true, answers })).status).toBe(0);
    const first = site();
    expect(first).toContain('由 gengfu init 按“古镇”写成');
    expect(first).toContain('place: 正厅');
    const again = await run({ yes: true, answers, dryRun: true });
    expect([again.status, again.out]).toEqual([0, first]);
  });

  it('what the template of answers shows is understood', () => {
    expect(readAnswers('answers.yaml', answersTemplate)).toMatchObject({ ok: true });
    const all = answersTemplate.replaceAll(/^# (?=(?:lines|units|sounders|uplink|places|households):| {2}- \{)/gm, '');
    expect(readAnswers('answers.yaml', all)).toMatchObject({
      ok: true,
      answers: { units: [{}, {}], sounders: [{}, {}] },
    });
  });

  it.each([
    [
      'answers: 1\nkind: castle\n',
      'answers.yaml:2:7 kind: this value is not allowed; expected ancient-town, mountain-village',
    ],
    ['answers: 1\nzone: []\n', 'answers.yaml:2:1 zone: this key is not known'],
    [
      'answers: 1\nsite: {id: Hong Ya}\n',
      'answers.yaml:2:12 site.id: this value is not allowed; expected lower-case letters',
    ],
    [
      'answers: 1\nunits: [{at: east, address: 99}]\n',
      'answers.yaml:2:9 units[0]: no such unit was found; got east 99',
    ],
    [
      'answers: 1\nzones: [{id: a}, {id: b}]\nlines: [{at: /dev/gengfu-east, zone: c}]\n',
      'answers.yaml:3:38 lines[0].zone: there is no such zone; expected a, b; got c',
    ],
    ['answers: 1\nplaces: gone.csv\n', 'gone.csv:1:1'],
  ])('%j is refused at its place, and nothing is written', async (text, told) => {
    const answers = put('answers.yaml', text);
    const { status, err } = await run({ yes: true, answers });
    expect([status, err]).toEqual([2, expect.stringContaining(told)]);
    expect(left()).toEqual(['answers.yaml']);
  });

  it('a survey that is none is refused at its line', async () => {
    const broken = put('other.json', '{"survey": 1, "lines": [],\n "tookMs": "long", "isWhole": true}');
    const { status, err } = await run({ yes: true, survey: broken });
    expect([status, err]).toEqual([
      2,
      expect.stringContaining('other.json:2:12 tookMs: the value is of the wrong type'),
    ]);
  });
});

describe('the file that is there already', () => {
  it('is not touched; with --force it is kept beside the new one', async () => {
    put('gateway.yaml', 'old');
    const person = personSaying();
    const { status, err } = await run({}, person);
    expect([status, site(), person.heard]).toEqual([1, 'old', []]);
    expect(err).toContain('is not overwritten. Another one: --out; to replace it: --force');
    expect((await run({ yes: true, force: true })).status).toBe(0);
    expect(readFileSync(inFolder('gateway.yaml.bak'), 'utf8')).toBe('old');
    expect(site()).toContain('version: 1');
  });

  it('what the check would refuse is laid aside with its problems, and not in the place of the site file', async () => {
    const answers = put('answers.yaml', 'answers: 1\nuplink: {url: "http://x"}\n');
    const { status, err } = await run({ yes: true, answers });
    expect([status, left()]).toEqual([1, ['answers.yaml', 'gateway.yaml.refused']]);
    expect(err).toMatch(/uplinks\[0\]\.url.*\n.*gateway\.yaml\.refused/s);
  });

  it('--dry-run writes nothing', async () => {
    const { status, out, err } = await run({ yes: true, dryRun: true });
    expect([status, left()]).toEqual([0, []]);
    expect(await check(out)).toMatchObject({ ok: true });
    expect(err).toContain('nothing was written (--dry-run): 2 lines, 24 devices');
  });
});
