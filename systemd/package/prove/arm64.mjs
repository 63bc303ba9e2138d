/** The arm64 package on this machine: its own node and modules under qemu, a village on pseudo-terminals, a real Mosquitto. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal, root } from '../build/places.mjs';
import { hasTool, runTool } from '../build/run-tool.mjs';
import { Talk } from './talk.mjs';

const qemu = 'qemu-aarch64-static';
/** Where Debian's cross compiler has the libraries of arm64. */
const libraries = '/usr/aarch64-linux-gnu';
const brokerMaxMs = 10_000;

/** Returns how long each step took. */
export async function playOnArm64({ deb, work, slowness }) {
  for (const [tool, from] of [
    [qemu, 'qemu-user-static'],
    ['mosquitto', 'mosquitto'],
    ['socat', 'socat'],
  ]) {
    if (!hasTool(tool) && !hasTool(`/usr/sbin/${tool}`)) throw new Refusal(`${tool} is not installed: apt install ${from}`);
  }
  const folder = join(work, 'arm64');
  mkdirSync(folder);
  runTool('dpkg-deb', ['--extract', deb, folder]);
  const tree = join(folder, 'usr/lib/gengfu/package');
  const command = join(work, 'gengfu-arm64');
  writeFileSync(
    command,
    `#!/bin/sh\nexec ${qemu} -L ${libraries} ${tree}/node $(cat ${tree}/systemd/node-flags) ${tree}/dist/gateway/cli/gengfu.js "$@"\n`,
  );
  chmodSync(command, 0o755);
  const version = runTool(command, ['--version']).trim();
  const port = await freePort();
  const config = join(work, 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const broker = new Talk(
    spawn('mosquitto', ['-c', config, '-v'], { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  try {
    await broker.line((line) => line.includes(' running'), brokerMaxMs, 'broker');
    const play = new Talk(
      spawn(
        process.execPath,
        [
          join(root, 'dist/hardware-sim/pty-process.js'),
          ...['--scenario', 'kitchen-fire', '--pty', '--brief', '--json', '--slow', String(slowness)],
          ...['--broker', `mqtt://127.0.0.1:${port}`, '--gateway', command],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      ),
    );
    const status = await play.ended;
    const verdict = play.lines.findLast((line) => line.includes('"held"')) ?? null;
    const carried = broker.lines.filter((line) => /Received PUBLISH.*report\/fire/.test(line)).length;
    if (status !== 0 || verdict === null || carried === 0) {
      const said = verdict ?? play.lines.slice(-12).join('\n');
      throw new Error(`the scenario ended with ${status}, ${carried} reports of fire at the broker:\n${said}`);
    }
    const took = JSON.parse(verdict).verdicts.map(({ id, tookMs }) => `${id} ${Math.round(tookMs)} ms`);
    return `${version}; ${took.join(', ')}; ${carried} reports of fire at the broker`;
  } finally {
    broker.child.kill('SIGTERM');
    await broker.ended;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
