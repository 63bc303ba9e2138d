import { spawn } from 'node:child_process';
const started = new Set();
/** A program under test or beside it: its lines are kept, and awaited instead of time. */
export class Child {
    name;
    lines = [];
    errors = [];
    exited;
    #process;
    #exit = null;
    #listeners = [];
    constructor(name, command, args, options = {}) {
        this.name = name;
        this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
        started.add(this);
        collectLines(this.#process.stdout, (line) => this.#took(this.lines, line));
        collectLines(this.#process.stderr, (line) => this.#took(this.errors, line));
        this.exited = new Promise((resolve) => {
            this.#process.on('error', (error) => this.#took(this.errors, String(error)));
            this.#process.on('close', (code) => {
                this.#exit = { code };
                started.delete(this);
                for (const listener of this.#listeners.splice(0))
                    listener();
                resolve(code);
            });
        });
        this.#process.stdin.on('error', () => undefined);
    }
    get pid() {
        return this.#process.pid ?? 0;
    }
    say(line) {
        this.#process.stdin.write(`${line}\n`);
    }
    kill(signal = 'SIGTERM') {
        this.#process.kill(signal);
    }
    /** The first line (from the n-th on) that fits; rejects when the child ends or `limitMs` pass before. */
    async line(fits, limitMs = 10_000, from = 0) {
        const find = () => this.lines.slice(from).find(fits);
        return await this.#until(find, limitMs);
    }
    /** The same on its standard error. */
    async errorLine(fits, limitMs = 10_000) {
        return await this.#until(() => this.errors.find(fits), limitMs);
    }
    async #until(find, limitMs) {
        const deadline = performance.now() + limitMs;
        for (;;) {
            const found = find();
            if (found !== undefined)
                return found;
            const leftMs = deadline - performance.now();
            if (leftMs <= 0 || this.#exit !== null)
                throw new Error(this.#story(`nothing fitted in ${limitMs} ms`));
            await new Promise((resolve) => {
                const timer = setTimeout(resolve, leftMs);
                this.#listeners.push(() => {
                    clearTimeout(timer);
                    resolve();
                });
            });
        }
    }
    #took(into, line) {
        into.push(line);
        for (const listener of this.#listeners.splice(0))
            listener();
    }
    #story(what) {
        const end = this.#exit === null ? 'still runs' : `ended with ${this.#exit.code}`;
        return `${this.name}: ${what}; it ${end}\n${this.lines.slice(-15).join('\n')}\n${this.errors.slice(-15).join('\n')}`;
    }
}
/** For afterEach: nothing that a test started outlives it. */
export async function killAll() {
    const running = [...started];
    for (const child of running)
        child.kill('SIGKILL');
    await Promise.all(running.map((child) => child.exited));
}
function collectLines(stream, took) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts)
            took(part);
    });
    stream.on('end', () => {
        if (rest !== '')
            took(rest);
    });
}
