/** What a speaker needs of the system, and the only file that touches node:child_process: programs, and the heads of files. */
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
/** A program may write without end. */
const saidMaxChars = 2000;
/** The system that this process runs on. */
export const realPlayerSystem = {
    run: (program, args) => {
        // Without translations: what it says goes into fault reports.
        const env = { ...process.env, LC_ALL: 'C' };
        const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], shell: false, env });
        let said = '';
        let notStarted = null;
        let end = null;
        let tell = null;
        const finish = (exitCode) => {
            if (end !== null)
                return;
            end = { exitCode, notStarted, said: said.trim().split('\n').at(-1) ?? '' };
            tell?.(end);
        };
        child.stderr.setEncoding('utf8');
        child.stderr.on('data', (text) => {
            said = (said + text).slice(-saidMaxChars);
        });
        child.on('error', (error) => {
            // A kill that fails is told here too; that one ends by itself.
            if (child.pid !== undefined)
                return;
            notStarted = error.message;
            finish(null);
        });
        child.on('close', (exitCode) => finish(exitCode));
        return {
            onEnd: (listener) => {
                tell = listener;
                if (end !== null)
                    listener(end);
            },
            kill: (signal) => void child.kill(signal),
        };
    },
    headOf: async (path, maxBytes) => {
        const file = await open(path, 'r');
        try {
            const { size } = await file.stat();
            const { bytesRead, buffer } = await file.read(new Uint8Array(maxBytes), 0, maxBytes, 0);
            return { head: buffer.subarray(0, bytesRead), fileBytes: size };
        }
        finally {
            await file.close();
        }
    },
};
