/**
 * The door for the orders of `gengfu` on the box: a Unix socket in the data folder that only its owner can
 * open. One JSON line in, one JSON line out. It knocks at the same desk as every key (design.md §6).
 */
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { z } from 'zod';
import { configRequests } from '../staging/config-request.js';
import { exerciseRequests, userName } from './exercise-order.js';
const lineMaxBytes = 4096;
/** Whoever connects and says nothing is let go. */
const idleMaxMs = 10_000;
const connectionsMax = 8;
export const controlRequest = z.discriminatedUnion('ask', [
    z.strictObject({ ask: z.literal('status') }),
    z.strictObject({ ask: z.literal('doctor') }),
    z.strictObject({ ask: z.literal('duty-answer'), user: userName }),
    z.strictObject({
        ask: z.enum(['acknowledge', 'silence', 'reset']),
        /** The newest raising that the person saw: `boot` and `order` of a status. */
        boot: z.string().max(64),
        order: z.int().min(0),
        user: userName,
    }),
    z.strictObject({
        ask: z.enum(['shelved', 'out-of-service', 'in-service']),
        /** Keys of subjects, or ids of points or devices. */
        subjects: z.array(z.string().min(1).max(200)).min(1).max(64),
        forMs: z.number().min(0).max(1e10),
        user: userName,
    }),
    ...exerciseRequests,
    ...configRequests,
]);
/** Where the socket of a data folder is. */
export function controlPath(dataDir) {
    return `${dataDir}/control.sock`;
}
export class ControlSocket {
    path;
    clock;
    answer;
    #server = null;
    constructor(path, clock, answer) {
        this.path = path;
        this.clock = clock;
        this.answer = answer;
    }
    /** Rejects when the socket can not be made; the watch goes on without it. */
    async open() {
        // Left by a process that was killed; a living one holds the lock on this folder.
        await rm(this.path, { force: true });
        const server = createServer((socket) => this.#serve(socket));
        server.maxConnections = connectionsMax;
        await new Promise((resolve, reject) => {
            // Later ones (no more files to open, say) end one connection, not the watch.
            server.on('error', reject);
            server.listen(this.path, resolve);
        });
        this.#server = server;
        await chmod(this.path, 0o600);
    }
    close() {
        this.#server?.close();
    }
    #serve(socket) {
        let text = '';
        socket.setEncoding('utf8');
        const giveUp = this.clock.after(idleMaxMs, () => socket.destroy());
        socket.on('close', giveUp);
        socket.on('error', () => socket.destroy());
        socket.on('data', (chunk) => {
            text += chunk;
            const end = text.indexOf('\n');
            if (end >= 0) {
                // One line, one answer: whatever follows is not read.
                socket.removeAllListeners('data').resume();
                giveUp();
                void this.#reply(text.slice(0, end)).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
            }
            if (end < 0 && text.length > lineMaxBytes)
                socket.destroy();
        });
    }
    async #reply(line) {
        let value;
        try {
            value = JSON.parse(line);
        }
        catch {
            return { error: 'not JSON' };
        }
        const parsed = controlRequest.safeParse(value);
        return parsed.success ? this.answer(parsed.data) : { error: 'not a request' };
    }
}
