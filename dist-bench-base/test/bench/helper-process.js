import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
/** Another program of this folder: it answers each line on its standard input with one line. */
export class HelperProcess {
    #child;
    #waiting = [];
    #said = [];
    /** `name`: a file of this folder without its ending. */
    constructor(name, ...args) {
        const file = path.join(import.meta.dirname, `${name}${path.extname(import.meta.filename)}`);
        this.#child = spawn(process.execPath, [file, ...args.map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
        createInterface({ input: this.#child.stdout }).on('line', (line) => {
            const waiting = this.#waiting.shift();
            if (waiting === undefined)
                this.#said.push(line);
            else
                waiting(line);
        });
        this.#child.on('exit', (code) => {
            if (code !== 0 && code !== null)
                process.stderr.write(`${name} ended with ${code}\n`);
            for (const waiting of this.#waiting.splice(0))
                waiting('null');
        });
    }
    line() {
        const said = this.#said.shift();
        return said === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(said);
    }
    ask(order) {
        const line = this.line();
        this.#child.stdin.write(`${order}\n`);
        return line;
    }
    async end() {
        const ended = new Promise((resolve) => this.#child.on('close', resolve));
        this.#child.stdin.end();
        await ended;
    }
}
