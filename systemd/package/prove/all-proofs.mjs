/** The promises of the package, in the order in which one stands on the other. Each returns a detail to show, or throws. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, lstatSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { own, root as repository } from '../build/places.mjs';
import { runTool } from '../build/run-tool.mjs';
import { playOnArm64 } from './arm64.mjs';
import { buildTwice, signAndTamper } from './built.mjs';
import { FreshRoot } from './fresh-root.mjs';
import { Talk } from './talk.mjs';
import { variantOf } from './variants.mjs';
import { WatchedGateway } from './watched-gateway.mjs';

const line = 'run/lines/east';
const site = '/etc/gengfu/gateway.yaml';
const simulatorMaxMs = 20_000;
/** Both are some hundred milliseconds where nothing else runs. */
const sirenMaxMs = 30_000;

export function allProofs({ work, slowness, hasArm64, built }) {
  const out = join(work, 'out');
  const arches = hasArm64 ? ['amd64', 'arm64'] : ['amd64'];
  let root = null;
  let simulator = null;
  let gateway = null;
  let version = '';
  let kept = '';
  const deb = (arch) => join(out, readdirSync(out).find((name) => name.endsWith(`_${arch}.deb`)));
  const install = (file) => {
    copyFileSync(file, root.path('root/gengfu.deb'));
    return root.must(['apt-get', 'install', '--yes', '--quiet', '/root/gengfu.deb'], { offline: true });
  };
  const versions = () => readdirSync(root.path('usr/lib/gengfu/versions')).sort();

  const proofs = [
    built === null
      ? ['two builds in two folders give the same bytes', () => buildTwice(work, out, arches)]
      : [`the packages of ${built}`, () => cpSync(built, out, { recursive: true })],
    ['signed sums are checked, and what was tampered with is found', () => signAndTamper(work, out)],
    ['a fresh Debian', () => void (root = new FreshRoot(join(work, 'root')))],
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
    [
      'the simulated village is found and set up without a hand',
      async () => {
        simulator = await startSimulator(root);
        return setUp(root);
      },
    ],
    ['gengfu check takes the site file', () => void root.must(['gengfu', 'check', '--lang', 'en'])],
    [
      'gengfu doctor looks at the box',
      () => {
        const { status, text } = root.run(['gengfu', 'doctor', '--lang', 'en']);
        // A root without hardware has findings; it must not fail to look.
        if (![0, 1, 4].includes(status)) throw new Error(`it ended with ${status}:\n${text}`);
        return `exit status ${status}`;
      },
    ],
    [
      'gengfu-start runs the gateway until it is ready, and a fire raises the siren',
      async () => {
        gateway = new WatchedGateway(root);
        await gateway.ready();
        const ms = await fire(simulator);
        for (const verb of ['acknowledge', 'silence']) root.must(['gengfu', verb, '--lang', 'en'], { user: 'gengfu' });
        simulator.say('set smoke-1/smoke normal');
        await simulator.line((text) => /"siren-hall","on":false/.test(text), sirenMaxMs, 'end of the siren');
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
        return `siren after ${await fire(simulator)} ms`;
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
  if (hasArm64) {
    proofs.push([
      `the arm64 package, emulated (steps and limits × ${slowness}): a kitchen burns, over pseudo-terminals and Mosquitto`,
      async () => {
        const { version: runs, verdict, carried } = await playOnArm64(deb('arm64'), work, slowness);
        const took = verdict.verdicts.map(({ id, tookMs }) => `${id} ${Math.round(tookMs)} ms`).join(', ');
        return `${runs}; ${took}; ${carried} reports of fire at the broker`;
      },
    ]);
  }
  const close = async () => {
    await gateway?.stop().catch(() => undefined);
    simulator?.child.kill('SIGTERM');
    await simulator?.ended;
    root?.close();
  };
  return { proofs, close };
}

/** On this machine; its end of the line is a pseudo-terminal that the root sees too, and that its user may open. */
async function startSimulator(root) {
  root.must(['mkdir', '-p', '/run/lines']);
  const program = join(repository, 'dist/hardware-sim/pty-process.js');
  const child = spawn(process.execPath, [program, '--site', join(own, 'prove/site.yaml'), '--pty', root.path(line), '--json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const simulator = new Talk(child);
  await simulator.line((text) => text.includes('"ready"'), simulatorMaxMs, 'simulated line');
  chmodSync(realpathSync(root.path(line)), 0o666);
  return simulator;
}

/** `find` and `init`, where this version has them; else the site file that they should come to. */
function setUp(root) {
  cpSync(join(own, 'prove/site.yaml'), root.path('root/site.yaml'));
  const verbs = root.must(['gengfu', '--help']);
  const hasBoth = ['find', 'init'].every((verb) => new RegExp(`^ +${verb}\\b`, 'm').test(verbs));
  const answers = join(own, 'prove/answers.yaml');
  if (!hasBoth || !existsSync(answers)) {
    writeFileSync(root.path(site), readFileSync(root.path('root/site.yaml')));
    root.must(['chown', 'root:gengfu', site]);
    root.must(['chmod', '0640', site]);
    return 'this version has no find and init yet: a site file by hand';
  }
  cpSync(answers, root.path('root/answers.yaml'));
  root.must(['gengfu', 'find', '--port', `/${line}`, '--out', '/root/survey.json']);
  root.must(['gengfu', 'init', '--survey', '/root/survey.json', '--answers', '/root/answers.yaml', '--yes', '--out', site]);
  return 'by find and init';
}

/** Milliseconds from the smoke to the siren. */
async function fire(simulator) {
  const from = simulator.lines.length;
  const began = performance.now();
  simulator.say('set smoke-1/smoke alarm');
  await simulator.line((text) => /"siren-hall","on":true/.test(text), sirenMaxMs, 'siren', from);
  return Math.round(performance.now() - began);
}
