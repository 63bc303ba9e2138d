import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
const places = [
    '/usr/sbin/mosquitto',
    '/usr/local/sbin/mosquitto',
    '/usr/bin/mosquitto',
    '/opt/homebrew/sbin/mosquitto',
];
/** A Mosquitto of its own on the loopback, which keeps nothing. It allows 20 unconfirmed messages, as it does by default. */
export async function startRealBroker() {
    const program = places.find((place) => existsSync(place));
    if (program === undefined)
        throw new Error('this bench needs mosquitto');
    const folder = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
    const port = await freePort();
    const file = path.join(folder, 'mosquitto.conf');
    const asRoot = process.getuid?.() === 0 ? ['user root'] : [];
    writeFileSync(file, [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false', ...asRoot, ''].join('\n'));
    const child = spawn(program, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise((resolve, reject) => {
        child.stderr.on('data', (said) => {
            if (said.toString().includes(' running'))
                resolve();
        });
        child.once('exit', () => reject(new Error('mosquitto does not start')));
    });
    return {
        port,
        stop: async () => {
            child.kill('SIGKILL');
            await once(child, 'exit');
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}
