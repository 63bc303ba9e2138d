/** The house stands as it was drawn: who may know whom, who owns what, and that this test would see it if not. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, hiddenLoads, importersOf, importsOf, type SourceTree } from './floors/imports.js';
import { floors, leftOutTests, owners, staircase, usesOf, wrongImports } from './floors/rules.js';

const maxLines = 400;
/** Told by concatenation, because this file is searched too. */
const outsideFolder = ['..', 'shared'].join('/');

const timeNames = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'process.hrtime',
  'Atomics.wait',
];
/** Whoever else touches the system's time, and why it must. */
const timeExceptions: Readonly<Record<string, string>> = {
  'config/local-day.ts: Date': 'where a local day begins is asked of the rules of the zone; no clock is read',
  'gateway/panel/server/text-stream.ts: setTimeout':
    'a socket of a browser is given its limit of silence; nothing of ours runs by it',
  'hardware-sim/sim-clock.ts: setImmediate': 'lets promises settle between two virtual moments; no time passes',
  'hardware-sim/wall-text.ts: Date': 'turns written times into numbers and back; no clock is read',
  'hardware-sim/sim-clock.ts: Date': 'Date.UTC writes the start of virtual time as a number; no clock is read',
};

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'));
}

function treeOf(paths: readonly string[]): SourceTree {
  return new Map(paths.filter((path) => path.endsWith('.ts')).map((path) => [path, readFileSync(path, 'utf8')]));
}

/** Runs in a browser, with the browser's clock, and is compiled by itself. */
const pageFolder = 'gateway/panel/page/';
const product = treeOf(floors.flatMap(filesUnder).filter((path) => !path.startsWith(pageFolder)));
const page = new Map(
  filesUnder(`${pageFolder}src`)
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(path, 'utf8')]),
);
const imports = importsOf(product);
const repository = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '');

describe('the house', () => {
  it('is read: every floor has files, and all their relative imports lead to one', () => {
    for (const floor of floors)
      expect([...product.keys()].filter((path) => path.startsWith(`${floor}/`))).not.toEqual([]);
    const nowhere = imports.filter(({ to }) => to.endsWith('.ts') && !product.has(to));
    expect(nowhere).toEqual([]);
    expect(imports.length).toBeGreaterThan(product.size);
  });

  it('is a staircase: no import runs up, and only main, cli and the demo know who is behind a seam', () => {
    expect(wrongImports(imports, staircase)).toEqual([]);
  });

  it('shows the panel in a page that knows the words of the API and nothing else of the house', () => {
    const ofPage = importsOf(page).filter(({ to }) => to.includes('gateway/') && !to.startsWith(pageFolder));
    const wrong = ofPage.filter(({ to, kind }) => !(kind === 'type' || to === 'gateway/panel/api/patched.ts'));
    expect(wrong).toEqual([]);
    expect(ofPage.filter(({ to }) => !to.startsWith('gateway/panel/api/'))).toEqual([]);
  });

  it('has no circle of imports, not even of types', () => {
    expect(circlesIn(imports)).toEqual([]);
  });

  it.each(Object.entries(owners))('lets %s be touched by %s only', (packageName, owner) => {
    expect(importersOf(imports, packageName)).toEqual([owner]);
  });

  it('keeps the parts of tests and demo out of the product', () => {
    expect(importersOf(imports, 'aedes')).toEqual(['hardware-sim/broker.ts']);
    expect(importersOf(imports, '@serialport/binding-mock')).toEqual(['hardware-sim/mock-serial.ts']);
    expect(importersOf(imports, 'vitest')).toEqual([]);
    expect(imports.filter(({ to }) => to.startsWith('test/'))).toEqual([]);
  });

  it('loads no module by a name that this test can not read', () => {
    // The library loads the dialects of its own folder; the guard asks where better-sqlite3 lies without loading it.
    expect(hiddenLoads(product)).toEqual(['drivers/stream/codec-library.ts', 'gateway/cli/native-guard.ts']);
  });

  it('takes the time from drivers/clock.ts and nowhere else', () => {
    const users = usesOf(product, timeNames).filter((use) => !use.startsWith('drivers/clock.ts: '));
    expect(users.sort()).toEqual(Object.keys(timeExceptions).sort());
    expect(imports.filter(({ to }) => /^(?:timers|perf_hooks)/.test(to))).toEqual([]);
    const source = [...product].filter(([, text]) => /['"]node:(?:timers|perf_hooks)/.test(text)).map(([path]) => path);
    expect(source).toEqual([]);
  });

  it('is handed its chance: Math.random is used nowhere', () => {
    expect(usesOf(product, ['Math.random'])).toEqual([]);
  });

  it.each([...floors, 'systemd', 'test'])('says in %s/README.md what lives there', (folder) => {
    expect(repository).toContain(`${folder}/README.md`);
  });

  it(`has files of at most ${maxLines} lines`, () => {
    const long = [...product].filter(([, text]) => text.trimEnd().split('\n').length > maxLines).map(([path]) => path);
    expect(long).toEqual([]);
  });

  it('has names in kebab case that say something', () => {
    const badName = /^(?:.*-)?(?:utils?|helpers?|manager|misc|common)(?:-.*)?$/;
    const bad = [...product.keys()].filter((path) => {
      const parts = path.replace(/(?:\.d)?\.ts$/, '').split('/');
      return parts.some((part) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part)) || badName.test(basename(path, '.ts'));
    });
    expect(bad).toEqual([]);
  });
});

describe('the repository', () => {
  it('names nothing outside itself', () => {
    const naming = repository.filter((path) => {
      const text = readFileOrNothing(path);
      return text.includes(outsideFolder);
    });
    expect(naming).toEqual([]);
  });

  it('leaves no test out', () => {
    const tests = repository.filter((path) => path.startsWith('test/') && path.endsWith('.ts'));
    expect(tests.length).toBeGreaterThan(20);
    expect(leftOutTests(treeOf(tests.filter((path) => readFileOrNothing(path) !== '')))).toEqual([]);
  });
});

/** A file that is in the index and was just deleted counts as empty. */
function readFileOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

describe('this test', () => {
  const tree = (files: Record<string, string>): SourceTree => new Map(Object.entries(files));
  /** A hole in a template, kept from being one here. */
  const hole = (code: string): string => ['$', '{', code, '}'].join('');
  const wrong = (files: Record<string, string>): readonly string[] => wrongImports(importsOf(tree(files)), staircase);

  it.each([
    ['config/site.ts', "import { Line } from '../drivers/modbus/line.js';", 'drivers/modbus/line.ts'],
    ['drivers/modbus/line.ts', "import type { Store } from '../../sync/journal/store.js';", 'sync/journal/store.ts'],
    ['sync/pump.ts', "export * from '../drivers/driver.js';", 'drivers/driver.ts'],
    ['sync/pump.ts', "const line = await import('../gateway/main.js');", 'gateway/main.ts'],
    ['gateway/runtime.ts', "import '../hardware-sim/village.js';", 'hardware-sim/village.ts'],
    ['gateway/runtime.ts', "import {\n  startGateway,\n} from './main.js';", 'gateway/main.ts'],
    [
      'gateway/runtime.ts',
      "import { SqliteStore } from '../sync/journal/sqlite-store.js';",
      'sync/journal/sqlite-store.ts',
    ],
    ['gateway/main.ts', "import { runCli } from './cli/cli.js';", 'gateway/cli/cli.ts'],
    ['hardware-sim/village.ts', "import { crc16 } from '../drivers/modbus/frame.js';", 'drivers/modbus/frame.ts'],
    ['hardware-sim/village.ts', "import type { Gateway } from '../gateway/main.js';", 'gateway/main.ts'],
    [
      'hardware-sim/disk.ts',
      "new Worker(new URL('../sync/journal/sqlite-worker.js', import.meta.url));",
      'sync/journal/sqlite-worker.ts',
    ],
    ['hardware-sim/demo/main.ts', "import { Engine } from '../../gateway/alarm/engine.js';", 'gateway/alarm/engine.ts'],
    ['panel/page.ts', "import '../config/site.js';", 'config/site.ts'],
  ])('sees an import turned round in %s: %s', (from, text, to) => {
    expect(wrong({ [from]: text })).toEqual([`${from} → ${to}`]);
  });

  it('lets imports down the stairs pass', () => {
    expect(
      wrong({
        'drivers/driver.ts': "import type { DeviceId } from '../config/ids.js';",
        'sync/pump.ts': "import { Backoff } from '../drivers/backoff.js';",
        'gateway/runtime.ts': "import { ModbusLine } from '../drivers/modbus/line.js';",
        'gateway/main.ts': "import { MqttUplink } from '../sync/mqtt/mqtt-uplink.js';",
        'gateway/cli/cli.ts': "import { startGateway } from '../main.js';\nimport { z } from 'zod';",
        'hardware-sim/disk.ts': "import type { Store } from '../sync/journal/store.js';",
        'hardware-sim/demo/stage.ts': "import { startGateway } from '../../gateway/main.js';",
      }),
    ).toEqual([]);
  });

  it('sees circles of two, of three over types and workers, and of one', () => {
    const circles = (files: Record<string, string>) => circlesIn(importsOf(tree(files)));
    const a = "import { b } from './b.js';";
    expect(circles({ 'sync/a.ts': a, 'sync/b.ts': "import { a } from './a.js';" })).toEqual([
      'sync/a.ts → sync/b.ts → sync/a.ts',
    ]);
    expect(
      circles({
        'sync/a.ts': a,
        'sync/b.ts': "import type { C } from './c.js';",
        'sync/c.ts': "new URL('./a.js', import.meta.url)",
      }),
    ).toEqual(['sync/a.ts → sync/b.ts → sync/c.ts → sync/a.ts']);
    expect(circles({ 'sync/a.ts': "export { a } from './a.js';" })).toEqual(['sync/a.ts → sync/a.ts']);
    const diamond = "import './c.js';";
    expect(circles({ 'x/a.ts': "import './b.js';\nimport './d.js';", 'x/b.ts': diamond, 'x/d.ts': diamond })).toEqual(
      [],
    );
  });

  it.each([
    "import mqtt from 'mqtt';",
    "import type { MqttClient } from 'mqtt';",
    "export { connect } from 'mqtt/client';",
    "const { connect } = await import('mqtt');",
    "type Client = import('mqtt').MqttClient;",
    "import mqtt = require('mqtt');",
    'import {\n  type MqttClient,\n} from "mqtt";',
  ])('sees a second importer: %s', (text) => {
    const files = { 'sync/one.ts': "import { connect } from 'mqtt';", 'gateway/two.ts': text };
    expect(importersOf(importsOf(tree(files)), 'mqtt')).toEqual(['gateway/two.ts', 'sync/one.ts']);
  });

  it('is not taken in by comments, strings, templates and regular expressions', () => {
    const text = [
      "// import a from 'mqtt'; setTimeout(",
      "/* import b from 'mqtt';\n Math.random() */",
      `const words = "import c from 'mqtt'; Date.now()";`,
      `const more = \`${hole("deep({ a: `import d from 'mqtt'` })")} setInterval ${hole("'}'")} performance\`;`,
      "const pattern = /['\"`] import e from 'mqtt'; Date[/]/;",
      "const half = 4 / 2; const rest = ' / ';",
    ].join('\n');
    const files = tree({ 'sync/a.ts': text });
    expect(importsOf(files)).toEqual([]);
    expect(usesOf(files, [...timeNames, 'Math.random'])).toEqual([]);
    expect(usesOf(tree({ 'sync/a.ts': `${text}\nDate.now();` }), timeNames)).toEqual(['sync/a.ts: Date']);
  });

  it.each([
    ['Date.now()', 'Date'],
    ['new Date()', 'Date'],
    ['globalThis.setTimeout(run, 1)', 'setTimeout'],
    ['const wait = setInterval;', 'setInterval'],
    [`\`${hole('performance.now()')}\``, 'performance'],
    ['process.hrtime.bigint()', 'process.hrtime'],
    ['Math\n  .random()', 'Math.random'],
  ])('sees time and chance taken behind its back: %s', (text, name) => {
    expect(usesOf(tree({ 'sync/a.ts': text }), [...timeNames, 'Math.random'])).toEqual([`sync/a.ts: ${name}`]);
  });

  it('does not mistake a longer name for one of them', () => {
    expect(
      usesOf(tree({ 'a.ts': 'const updateDate = setTimeouts; performanceOf(validDate, Dates);' }), timeNames),
    ).toEqual([]);
  });

  it('sees modules loaded by a name that is made up on the way', () => {
    const load = (text: string) => hiddenLoads(tree({ 'a.ts': text }));
    expect(load('await import(name)')).toEqual(['a.ts']);
    expect(load(`await import(\`./${hole('name')}.js\`)`)).toEqual(['a.ts']);
    expect(load("createRequire(import.meta.url)('mqtt')")).toEqual(['a.ts']);
    expect(load("await import('./cli.js')")).toEqual([]);
  });

  it('sees tests that are left out, and lets those pass that need a foreign program', () => {
    const leftOut = (text: string) => leftOutTests(tree({ 'a.test.ts': text }));
    for (const text of ['it.only(', 'describe.skip(', 'test.concurrent.skip(', 'it.skip.each(', 'test.todo(', 'xit(']) {
      expect(leftOut(text)).toEqual(['a.test.ts']);
    }
    expect(leftOut("describe.skipIf(!hasSocat)('x', () => it('only skips', list.only))")).toEqual([]);
  });
});
