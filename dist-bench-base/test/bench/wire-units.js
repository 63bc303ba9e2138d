/** Units of test/foreign-units/wire-unit.c in a process of their own. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
const source = path.resolve('test/foreign-units/wire-unit.c');
let folder = null;
/** Compiles the units once; the folder is taken away when the process ends. */
function built() {
    if (folder !== null)
        return folder;
    const made = mkdtempSync(path.join(tmpdir(), 'gengfu-bench-'));
    execFileSync('gcc', ['-O2', '-pthread', source, '-o', path.join(made, 'wire-unit')]);
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
    return made;
}
let count = 0;
export class WireUnits {
    tty;
    #waiting = [];
    #process;
    constructor(tty, args) {
        this.tty = tty;
        this.#process = spawn(path.join(built(), 'wire-unit'), [tty, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
        createInterface({ input: this.#process.stdout }).on('line', (line) => this.#waiting.shift()?.(line));
    }
    static async start(options) {
        const { baud, bitsPerChar = 10, turnaroundMs = 0, dead = [], enforces = false } = options;
        const args = [`${baud}`, `${bitsPerChar}`, '--turnaround', `${turnaroundMs}`];
        if (dead.length > 0)
            args.push('--dead', dead.join(','));
        if (enforces)
            args.push('--enforce');
        const units = new WireUnits(path.join(built(), `tty-${process.pid}-${count++}`), args);
        await units.#line();
        return units;
    }
    /** Sets a register of a unit; returns when, on the clock of `process.hrtime`, ms. */
    async set(unit, register, value) {
        const line = await this.#say(`set ${unit} ${register} ${value}`);
        return Number(line.split(' ').at(-1));
    }
    /** Counts since the last call. */
    async stats() {
        return JSON.parse(await this.#say('stats'));
    }
    async stop() {
        const ended = new Promise((resolve) => this.#process.on('close', resolve));
        this.#process.kill('SIGTERM');
        await ended;
    }
    #line() {
        return new Promise((resolve) => this.#waiting.push(resolve));
    }
    #say(order) {
        const line = this.#line();
        this.#process.stdin.write(`${order}\n`);
        return line;
    }
}
/** `process.hrtime` in ms: CLOCK_MONOTONIC, which other processes see too. */
export function sharedMono() {
    return Number(process.hrtime.bigint()) / 1e6;
}
