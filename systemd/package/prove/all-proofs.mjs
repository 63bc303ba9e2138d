/** The promises of the package, in the order in which one stands on the other. Each returns a detail to show, or throws. */
import { copyFileSync, cpSync, existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Beside } from './beside.mjs';
import { signAndTamper } from './built.mjs';
import { FreshRoot } from './fresh-root.mjs';
import { checkShellFiles } from './shell-files.mjs';
import { checkSite, completeWord, findUnits, lookAtBox, site, writeSite } from './set-up.mjs';
import { startTown } from './town.mjs';
import { variantOf } from './variants.mjs';
import { WatchedGateway } from './watched-gateway.mjs';

/** Both are some hundred milliseconds where nothing else runs. */
const sirenMaxMs = 30_000;

export function allProofs({ work, slowness, hasArm64, built, isKept }) {
  const out = join(work, 'out');
  const arches = hasArm64 ? ['amd64', 'arm64'] : ['amd64'];
  const besides = [];
  const beside = (task, facts) => {
    const one = new Beside(task, facts);
    besides.push(one);
    return one.done;
  };
  const baseRoot = beside('base-root');
  const firstBuild = built === null ? beside('build', { out, arches }) : null;
  let secondBuild = null;
  let onArm64 = null;
  let root = null;
  let town = null;
  let gateway = null;
  let version = '';
  let kept = '';
  const deb = (arch) => join(out, readdirSync(out).find((name) => name.endsWith(`_${arch}.deb`)));
  const install = (file) => {
    copyFileSync(file, root.path('root/gengfu.deb'));
    return root.must(['apt-get', 'install', '--yes', '--quiet', '/root/gengfu.deb'], { offline: true });
  };
  const versions = () => readdirSync(root.path('usr/lib/gengfu/versions')).sort();
  /** What stands in no way of the root, one after the other: the second build, then the emulated gateway, who has limits to keep. */
  const startBesides = async () => {
    if (built === null) await (secondBuild = beside('again', { work, out })).catch(() => undefined);
    if (hasArm64) await (onArm64 = beside('arm64', { deb: deb('arm64'), work, slowness })).catch(() => undefined);
  };
  let rest = null;

  const proofs = [
    ['shellcheck takes every script', checkShellFiles],
    built === null
      ? ['the packages of both architectures are built', () => firstBuild]
      : [`the packages of ${built}`, () => cpSync(built, out, { recursive: true })],
    ['signed sums are checked, and what was tampered with is found', () => signAndTamper(work, out)],
    [
      'a fresh Debian',
      async () => {
        rest = startBesides();
        await baseRoot;
        root = new FreshRoot(join(work, 'root'));
      },
    ],
    [
      'apt installs it without a network, into a root without systemd',
      () => {
        const said = install(deb('amd64'));
        if (!said.includes('gengfu init')) throw new Error(`it does not say what comes next:\n${said}`);
        version = root.must(['gengfu', '--version']).trim();
        const id = root.must(['id', '-nG', 'gengfu']);
        for (const group of ['dialout', 'gpio', 'audio', 'i2c']) if (!id.includes(group)) throw new Error(`gengfu is not in ${group}`);
        const rights = root.must(['stat', '-c', '%a %U %G', '/etc/gengfu', '/var/lib/gengfu']).trim().replace('\n', ', ');
        if (rights !== '750 root gengfu, 700 gengfu gengfu') throw new Error(`rights are ${rights}`);
        lstatSync(root.path('etc/systemd/system/multi-user.target.wants/gengfu.service'));
        return version;
      },
    ],
    [
      'installed again, it changes nothing',
      () => {
        const before = versions().join();
        root.must(['/bin/sh', '/var/lib/dpkg/info/gengfu.postinst', 'configure', version]);
        if (versions().join() !== before) throw new Error(`versions are ${versions()}`);
      },
    ],
    ['a shell completes its verbs', () => completeWord(root)],
    [
      'gengfu doctor says that the site file is missing, and how to get one',
      () => lookAtBox(root, ({ area, severity, fix }) => area === 'site' && severity === 'problem' && fix?.en.includes('gengfu init')),
    ],
    [
      'gengfu find finds all 24 units of the town on two lines, one at 9600 and one at 4800',
      async () => {
        town = await startTown(root);
        return await findUnits(root);
      },
    ],
    ['gengfu init writes the site file without a hand', () => writeSite(root)],
    ['gengfu check takes it; only places are left to be filled in', () => checkSite(root)],
    [
      'gengfu-start runs the gateway until it is ready, and a fire raises the siren',
      async () => {
        gateway = new WatchedGateway(root);
        await gateway.ready();
        const ms = await fire(town.east);
        // Watching on in memory, as it does when it can not open one, would be no failure of its own.
        if (!existsSync(root.path('var/lib/gengfu/journal.db'))) throw new Error('it keeps no journal on the disk');
        for (const verb of ['acknowledge', 'silence']) root.must(['gengfu', verb, '--lang', 'en'], { user: 'gengfu' });
        town.east.say('set smoke-1/smoke normal');
        await town.east.line((text) => /"siren-hall","on":false/.test(text), sirenMaxMs, 'end of the siren');
        return `siren after ${ms} ms`;
      },
    ],
    [
      'an upgrade that does not become ready goes back by itself, and says so',
      async () => {
        kept = readFileSync(root.path(site), 'utf8');
        const bad = join(work, 'bad.deb');
        variantOf(deb('amd64'), `${version}+bad`, bad, true);
        const from = gateway.starts.length;
        install(bad);
        if (gateway.starts.length !== from) throw new Error('the gateway was disturbed while it was installed');
        await gateway.restart();
        const talk = await gateway.ready(from);
        const starts = gateway.starts.length - from;
        const told = await talk.line((text) => text.includes('gateway.rolled_back'), sirenMaxMs, 'entry gateway.rolled_back');
        if (!told.includes(`"from":"${version}+bad","to":"${version}","reason":"not-ready"`)) throw new Error(told);
        const runs = root.must(['gengfu', '--version']).trim();
        if (runs !== version) throw new Error(`the command line is of ${runs}`);
        return `${version}+bad failed ${starts - 1} times, then ${version} ran; versions kept: ${versions()}`;
      },
    ],
    [
      'what was rolled back is not tried again, and the siren still works',
      async () => {
        const from = gateway.starts.length;
        await gateway.restart();
        await gateway.ready(from);
        if (gateway.starts.length !== from + 1) throw new Error(`it took ${gateway.starts.length - from} starts`);
        return `siren after ${await fire(town.east)} ms`;
      },
    ],
    [
      'an upgrade that becomes ready runs; versions beyond two are gone; the site file is as it was',
      async () => {
        const good = join(work, 'good.deb');
        variantOf(deb('amd64'), `${version}+good`, good, false);
        install(good);
        const from = gateway.starts.length;
        await gateway.restart();
        await gateway.ready(from);
        const runs = root.must(['gengfu', '--version']).trim();
        if (runs !== `${version}+good`) throw new Error(`${runs} runs`);
        if (versions().join() !== [version, `${version}+good`].sort().join()) throw new Error(`versions are ${versions()}`);
        if (readFileSync(root.path(site), 'utf8') !== kept) throw new Error('the site file was changed');
        return versions().join(' and ');
      },
    ],
    [
      'removal keeps site file and journal; purge takes them',
      async () => {
        await gateway.stop();
        root.must(['apt-get', 'remove', '--yes', '--quiet', 'gengfu'], { offline: true });
        const journal = root.path('var/lib/gengfu/journal.db');
        if (existsSync(root.path('usr/lib/gengfu'))) throw new Error('/usr/lib/gengfu is still there');
        if (readFileSync(root.path(site), 'utf8') !== kept || !existsSync(journal)) throw new Error('data went with the program');
        root.must(['apt-get', 'purge', '--yes', '--quiet', 'gengfu'], { offline: true });
        for (const place of ['etc/gengfu', 'var/lib/gengfu', 'usr/lib/gengfu', 'usr/bin/gengfu']) {
          if (existsSync(root.path(place))) throw new Error(`/${place} is still there`);
        }
      },
    ],
  ];
  if (built === null) {
    const what = 'a second build of amd64 in another place has the same bytes inside (beside the others)';
    proofs.push([what, () => secondBuild]);
  }
  if (hasArm64) {
    const what = `the arm64 package, emulated (steps and limits × ${slowness}): a kitchen burns, over pseudo-terminals and Mosquitto (beside the others)`;
    proofs.push([what, () => rest.then(() => onArm64)]);
  }
  const close = async () => {
    for (const each of besides) each.stop();
    await gateway?.stop().catch(() => undefined);
    await town?.close();
    root?.close(isKept);
  };
  return { proofs, close };
}

/** Milliseconds from the smoke to the siren. */
async function fire(simulator) {
  const from = simulator.lines.length;
  const began = performance.now();
  simulator.say('set smoke-1/smoke alarm');
  await simulator.line((text) => /"siren-hall","on":true/.test(text), sirenMaxMs, 'siren', from);
  return Math.round(performance.now() - began);
}
