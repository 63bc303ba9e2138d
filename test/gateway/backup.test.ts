import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load-config.js';
import type { SiteConfig } from '../../config/site.js';
import { collect, type KeptFile } from '../../gateway/backup/kept-files.js';
import { lostPorts, serialLinesOf, withPorts } from '../../gateway/backup/line-paths.js';
import type { OwnerNames } from '../../gateway/backup/owner-names.js';
import { readOwnerNames } from '../../gateway/backup/owner-names.js';
import { pack, unpack } from '../../gateway/backup/packed.js';
import { putBack } from '../../gateway/backup/put-back.js';
import { planRestore } from '../../gateway/backup/restore-plan.js';
import { open, seal } from '../../gateway/backup/sealed.js';
import { filesOfSpare } from '../../gateway/backup/spare-box.js';
import { siteText } from '../../gateway/staging/site-text.js';
import { known } from '../config/rig.js';

const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));

const head = {
  ...{ district: 'yuzhong', site: 'hongya', name: { zh: '洪崖', en: 'Hongya' } },
  ...{ madeAt: '2026-11-30T08:00:00Z', version: '0.1.0' },
};
const phrase = 'four words that rhyme';
const cheap = { n: 2, r: 1, p: 1 };
const sealed = (content: Uint8Array) => seal(head, content, phrase, randomBytes, cheap);
const nobody: OwnerNames = { of: () => ({ owner: null, group: null }), numbersOf: () => ({ uid: null, gid: null }) };
const example = readFileSync('config/examples/smallest-site.yaml', 'utf8');

/** A box with everything that belongs into a backup, and what does not. */
async function box(name: string, siteYaml = example): Promise<SiteConfig> {
  const at = path.join(folder, name);
  const write = (file: string, text: string, mode = 0o600): void => {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text, { mode });
  };
  const uplink = 'url: "mqtts://127.0.0.1:8883", username: box, password_file: pw, ca_file: ca.pem';
  write(
    'etc/gateway.yaml',
    siteYaml.replace('url: "mqtt://127.0.0.1:1883"', uplink).replace('version: 1', 'version: 1\ndata_dir: ../data'),
    0o640,
  );
  write('etc/pw', 'secret of the uplink');
  write('etc/profiles/own.yaml', 'schema: 1\n', 0o644);
  write('data/panel/users.json', '{"version":1,"users":[]}');
  write('data/panel/map/plan.png', 'plan');
  write('data/commissioning/1.json', '{}');
  write('data/journal.db', 'not ours to copy');
  symlinkSync('/etc/passwd', path.join(at, 'data/panel/link'));
  const loaded = await loadConfig(path.join(at, 'etc/gateway.yaml'), known);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}

const paths = (files: readonly KeptFile[]) => files.map(({ root, path: below }) => `${root}:${path.basename(below)}`);

describe('a sealed backup', () => {
  it('opens with its pass phrase, however it is typed, and with no other', async () => {
    const bytes = await sealed(Buffer.from('what a box is'));
    const opened = await open(bytes, phrase.replace('four', 'ｆｏｕｒ'));
    expect(opened).toEqual({ is: 'open', head, content: Buffer.from('what a box is') });
    expect(await open(bytes, `${phrase}!`)).toEqual({ is: 'closed', head });
  });

  it('does not open when any part of it was changed or cut', async () => {
    const bytes = await sealed(Buffer.from('what a box is'));
    const at = (index: number): Buffer => {
      const spoilt = Buffer.from(bytes);
      spoilt[index] = (spoilt[index] ?? 0) ^ 1;
      return spoilt;
    };
    const inName = bytes.indexOf('Hongya');
    const all = await Promise.all(
      [at(inName), at(bytes.length - 1), at(bytes.length - 20), bytes.subarray(0, -1)].map((each) =>
        open(each, phrase),
      ),
    );
    expect(all.map(({ is }) => is)).toEqual(['closed', 'closed', 'closed', 'closed']);
  });

  it('is told from other files, and does not make the box compute for minutes', async () => {
    const text = (await sealed(Buffer.alloc(0))).toString('latin1');
    const dear = Buffer.from(text.replace('"n":2', `"n":${2 ** 24}`), 'latin1');
    const all = await Promise.all(
      [Buffer.alloc(0), Buffer.from('PK'), randomBytes(99), dear].map((each) => open(each, phrase)),
    );
    expect(all.map(({ is }) => is)).toEqual(['foreign', 'foreign', 'foreign', 'foreign']);
  });
});

describe('what goes into a backup', () => {
  it('is the site file, profiles, keys that it names, users and plan; no journal, no links', async () => {
    const { files, missing } = await collect(await box('whole'), nobody);
    expect(paths(files)).toEqual([
      ...['site:gateway.yaml', 'site:own.yaml', 'data:plan.png', 'data:users.json', 'data:1.json', 'named:pw'],
    ]);
    expect(missing.map(({ path: at, why }) => `${path.basename(at)} ${why}`)).toEqual(['ca.pem ENOENT']);
  });

  it('comes back as it was, below another root, with what stood there kept aside', async () => {
    const { files } = await collect(await box('there'), await readOwnerNames());
    const again = await unpack(await pack(files));
    expect(again).toEqual(files);
    const target = { siteFile: '/etc/gengfu/gateway.yaml', root: path.join(folder, 'card') };
    const first = await planRestore(files, target);
    expect(first.dataDir).toBe(path.join(target.root, '/etc/data'));
    await putBack(first.steps, nobody, false);
    const site = path.join(target.root, '/etc/gengfu/gateway.yaml');
    expect([readFileSync(site, 'utf8'), statSync(site).mode & 0o777]).toEqual([files[0]?.content.toString(), 0o640]);
    writeFileSync(site, 'version: 1\n');
    const second = await planRestore(files, target);
    expect(second.steps.filter(({ there }) => there !== 'the-same').map(({ to }) => to)).toEqual([site]);
    await putBack(second.steps, nobody, false);
    expect(readFileSync(`${site}.before-restore`, 'utf8')).toBe('version: 1\n');
  });

  it.each([
    ['data', '../../etc/passwd'],
    ['data', '/etc/passwd'],
    ['site', 'profiles/../../x'],
    ['named', '/usr/bin/node'],
    ['named', '/etc/shadow'],
    ['named', '/etc/gengfu/../shadow'],
    ['named', 'relative'],
    ['data', 'a\u0000b'],
  ] as const)('never leaves its root: %s %s', async (root, at) => {
    const file = { mode: 0o600, owner: null, group: null, content: Buffer.from('x') };
    const site = { ...file, root: 'site', path: 'gateway.yaml' } as const;
    expect(await unpack(await pack([site, { ...file, root, path: at }]))).toBeNull();
    expect(await unpack(await pack([site, { ...file, root: 'named', path: '/etc/gengfu/pw' }]))).not.toBeNull();
  });

  it('is refused when it is not packed files', async () => {
    expect(await unpack(Buffer.from('x'))).toBeNull();
    expect(await unpack(await pack([]))).toBeNull();
  });
});

describe('a spare box', () => {
  it('has other ports on its lines, and every other sign of the file as it was', () => {
    const text =
      'version: 1\nlines:\n  # 东 east\n  - {id: east, path: "/dev/a b", baud: 9600} # x\n  - id: west\n    path: /dev/w\n  - {id: net, host: h}\n';
    expect(serialLinesOf(text)).toEqual([
      { id: 'east', path: '/dev/a b' },
      { id: 'west', path: '/dev/w' },
    ]);
    const ports = new Map([
      ['east', '/dev/gengfu-1'],
      ['west', '/dev/serial/by-path/pci-0:1.0'],
    ]);
    expect(withPorts(text, ports)).toBe(
      text.replace('"/dev/a b"', '/dev/gengfu-1').replace('/dev/w', '/dev/serial/by-path/pci-0:1.0'),
    );
    expect(withPorts(text, new Map([['north', '/dev/n']]))).toBeNull();
  });

  it('tells which of its ports are not there; of a system that is mounted here nobody can say', () => {
    const text = 'version: 1\nlines:\n  - {id: east, path: /dev/a}\n  - {id: west, path: /dev/b}\n';
    const asked: string[] = [];
    const exists = (port: string): boolean => {
      asked.push(port);
      return port === '/dev/b';
    };
    expect(lostPorts(text, '', exists)).toEqual([{ id: 'east', path: '/dev/a' }]);
    expect([lostPorts(text, '/mnt/card', exists), asked]).toEqual([null, ['/dev/a', '/dev/b']]);
  });

  it('begins with the site file that ran last on the old one, unless that was on trial', async () => {
    const kept = (file: string, text: string): KeptFile => ({
      ...{ root: file.startsWith('site/') ? 'data' : 'site', path: file, mode: 0o600, owner: null, group: null },
      content: Buffer.from(text),
    });
    const applied = 'version: 1\n# applied\n';
    const noteOf = (text: string, installer: string): string =>
      JSON.stringify({
        sha256: siteText(text).sha256,
        origin: 'cli:li',
        wall: 1,
        installer: siteText(installer).sha256,
      });
    const files = [
      kept('gateway.yaml', example),
      kept('site/current.yaml', applied),
      kept('site/current.json', noteOf(applied, example)),
    ];
    const spare = await filesOfSpare(files);
    expect([spare.isApplied, spare.files.map(({ content }) => content.toString())]).toEqual([true, [applied]]);
    // The installer changed his file afterwards: that one counts.
    const changed = [kept('gateway.yaml', `${example}# changed\n`), ...files.slice(1)];
    expect((await filesOfSpare(changed)).isApplied).toBe(false);
    const trial = kept(
      'site/trial.json',
      JSON.stringify({
        sha256: siteText(applied).sha256,
        origin: 'x',
        beganWall: 1,
        starts: 0,
        lines: [],
        uplink: null,
      }),
    );
    expect((await filesOfSpare([...files, trial])).isApplied).toBe(false);
  });
});
