import { spawn } from 'node:child_process';
import { lstatSync, unlinkSync } from 'node:fs';
import { pause } from '../drivers/clock.js';
const appearLimitMs = 3000;
const lookEveryMs = 10;
/** Makes a pseudo-terminal and a link to it at `linkPath`; an old link there is replaced. It stays open while masters
 * come and go. */
export async function openPty(linkPath, clock, events) {
    if (!clearOldLink(linkPath))
        return 'path-taken';
    // `detached`: a Ctrl-C in the terminal reaches us alone, and we end socat after the wire is quiet.
    const socat = spawn('socat', [`PTY,link=${linkPath},raw,echo=0`, 'STDIO'], {
        stdio: ['pipe', 'pipe', 'ignore'],
        detached: true,
    });
    let failure = null;
    let isStopping = false;
    const ended = new Promise((resolve) => {
        socat.once('error', (error) => {
            failure = error.code === 'ENOENT' ? 'no-socat' : 'failed';
            resolve();
        });
        socat.once('exit', () => {
            failure ??= 'failed';
            resolve();
        });
    });
    socat.stdin.on('error', () => { });
    socat.stdout.on('data', (bytes) => events.onBytes(bytes));
    for (let waitedMs = 0; failure === null && !linkStands(linkPath); waitedMs += lookEveryMs) {
        if (waitedMs >= appearLimitMs)
            socat.kill();
        await pause(clock, lookEveryMs);
    }
    if (failure !== null)
        return failure;
    void ended.then(() => {
        if (!isStopping)
            events.onGone();
    });
    return {
        write: (bytes) => {
            if (socat.stdin.writable)
                socat.stdin.write(bytes);
        },
        stop: async () => {
            isStopping = true;
            end(socat);
            await ended;
            clearOldLink(linkPath);
        },
    };
}
function end(child) {
    if (child.exitCode === null && child.signalCode === null)
        child.kill('SIGTERM');
}
function linkStands(linkPath) {
    return lstatSync(linkPath, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
/** False when something stands there that we did not make. */
function clearOldLink(linkPath) {
    const found = lstatSync(linkPath, { throwIfNoEntry: false });
    if (found === undefined)
        return true;
    if (!found.isSymbolicLink())
        return false;
    unlinkSync(linkPath);
    return true;
}
