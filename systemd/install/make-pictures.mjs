/**
 * Takes the pictures of the installers' README anew: `npm run build && node systemd/install/make-pictures.mjs` (some minutes; `… en`
 * for one language; needs socat, tmux and chromium). What is seen is what the program prints in front of two simulated lines; only the
 * folder of their
 * pseudo-terminals is shown as /dev. Pages of the panel are copied of gateway/panel/pictures.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { greyPng } from './grey-png.mjs';
import { pageOf } from './terminal-page.mjs';

const root = resolve(import.meta.dirname, '../..');
const out = join(import.meta.dirname, 'pictures');
const sim = join(root, 'dist/hardware-sim/pty-process.js');
const gengfu = join(root, 'dist/gateway/cli/gengfu.js');
const panel = ['first-normal', 'phone-commissioning', 'commissioning-report'];
const pictureMaxBytes = 150_000;
const columns = 118;
const rows = 60;
const unitsThere = 24;
const waitMaxMs = 120_000;
const socket = 'gengfu-pictures';
/** Kind of place, names, id, district, zones, zone of each line, three doubtful models, sirens, no centre, panel, folder. */
const answers = ['1', '洪崖古镇', 'Hongya', '', '', '祠堂=ancestral hall，老街=old street', '1', '2', '', '', '', 'relay-1:1@祠堂=祠堂警铃', '', '2', null, ''];

const folder = mkdtempSync(join(tmpdir(), 'gengfu-pictures-'));
const site = join(folder, 'gateway.yaml');
const tmux = (...args) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });

function startLine(id, tty, slow) {
  const child = spawn(process.execPath, [sim, '--pty', join(folder, tty), '--line', id, '--unit-baud', slow], { stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise((ready) => child.stdout.once('data', () => ready(child)));
}

/** What stands on the screen when the command has ended. `typed`: answers, each when it is asked for. */
async function screenOf(args, lang, typed = []) {
  const ended = join(folder, 'ended');
  rmSync(ended, { force: true });
  const told = ['gengfu', ...args].join(' ').replaceAll(`${folder}/`, '/dev/').replaceAll('/dev/places.csv', 'places.csv').replaceAll('/dev/found.json', 'found.json');
  const words = [process.execPath, gengfu, ...args, '--config', site, '--lang', lang].map((word) => `'${word}'`).join(' ');
  const shell = `printf '\\033[32m$\\033[0m %s\\n' '${told}${lang === 'en' ? ' --lang en' : ''}'; ${words}; touch '${ended}'; sleep 600`;
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), shell);
  tmux('set-option', '-g', 'history-limit', '500');
  try {
    const answersLeft = [...typed];
    let seen = '';
    for (let waited = 0; !existsSync(ended); waited += 300) {
      if (waited > waitMaxMs) throw new Error(`gengfu ${args[0]} did not end:\n${seen}`);
      await sleep(300);
      const now = tmux('capture-pane', '-p', '-J').trimEnd();
      if (now === seen && /\] >$/.test(now) && answersLeft.length > 0) {
        const answer = answersLeft.shift() ?? join(folder, 'data');
        if (answer !== '') tmux('send-keys', '-l', answer);
        tmux('send-keys', 'Enter');
      }
      seen = now;
    }
    await sleep(300);
    return tmux('capture-pane', '-p', '-e', '-S', '-400').trimEnd().replaceAll(`${folder}/tty`, '/dev/tty').replaceAll(`${folder}/data`, '/var/lib/gengfu').replaceAll(folder, '/etc/gengfu');
  } finally {
    tmux('kill-server');
  }
}

const lines = await Promise.all([startLine('east', 'ttyUSB0', '5=4800'), startLine('west', 'ttyUSB1', '7=4800')]);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 600 }, deviceScaleFactor: 1 });
  const take = async (name, lang, html) => {
    await page.setContent(html);
    writeFileSync(join(out, `${name}${lang === 'en' ? '.en' : ''}.png`), greyPng(await page.screenshot({ fullPage: true })));
  };
  for (const lang of process.argv[2] === undefined ? ['zh', 'en'] : [process.argv[2]]) {
    const found = join(folder, 'found.json');
    rmSync(site, { force: true });
    const ports = ['--port', join(folder, 'ttyUSB0'), '--port', join(folder, 'ttyUSB1')];
    const seen = await screenOf(['find', ...ports, '--bauds', '9600,4800', '--addresses', '1-32', '--out', found], lang);
    const units = JSON.parse(readFileSync(found, 'utf8')).lines.flatMap((line) => line.units);
    // A computer that is busy with other things answers late for the simulated units.
    if (units.length !== unitsThere) throw new Error(`${units.length} of ${unitsThere} units were found; take the pictures when nothing else runs`);
    await take('find', lang, pageOf(seen));
    writeFileSync(join(folder, 'places.csv'), '线路,地址,防区,位置,英文位置\nusb0,1,祠堂,祠堂正厅,main hall\nusb0,2,祠堂,祠堂东厢,east wing\n');
    const asked = await screenOf(['init', '--survey', found, '--places', join(folder, 'places.csv')], lang, answers);
    await take('init', lang, pageOf(asked));
    await take('check', lang, pageOf(await screenOf(['check'], lang)));
    await take('wiring', lang, pageOf(await screenOf(['explain', 'wiring'], lang)));
    await take('doctor', lang, pageOf(await screenOf(['doctor'], lang)));
    const sheet = join(folder, 'labels.html');
    execFileSync(process.execPath, [gengfu, 'labels', '--config', site, '--lang', lang, '--out', sheet, '--url', 'https://192.168.1.10:8080/']);
    await page.goto(`file://${sheet}`);
    writeFileSync(join(out, `labels${lang === 'en' ? '.en' : ''}.png`), greyPng(await page.screenshot()));
  }
} finally {
  await browser.close();
  for (const line of lines) line.stdin.end('quit\n');
  rmSync(folder, { recursive: true, force: true });
}
for (const name of panel) copyFileSync(join(root, 'gateway/panel/pictures', `${name}.png`), join(out, `${name}.png`));
for (const name of readdirSync(out)) {
  const { size } = statSync(join(out, name));
  if (size > pictureMaxBytes) throw new Error(`${name} has ${size} bytes; ${pictureMaxBytes} at most`);
}
