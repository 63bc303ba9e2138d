/** A child that speaks in lines: whoever waits for one gets it, or hears what was said instead. */
import { createInterface } from 'node:readline';

const tailLines = 12;

export class Talk {
  lines = [];
  #listeners = new Set();

  constructor(child) {
    this.child = child;
    this.ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.lines.push(line);
        for (const listener of this.#listeners) listener(line);
      });
    }
  }

  /** The first line from `from` on (a count of lines) for which `isIt` is true. */
  line(isIt, maxMs, what, from = 0) {
    return new Promise((resolve, reject) => {
      const done = (settle, value) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        settle(value);
      };
      const look = (line) => {
        if (isIt(line)) done(resolve, line);
      };
      const tail = () => this.lines.slice(-tailLines).join('\n');
      const timer = setTimeout(() => done(reject, new Error(`no ${what} within ${maxMs / 1000} s:\n${tail()}`)), maxMs);
      this.#listeners.add(look);
      for (const line of this.lines.slice(from)) look(line);
    });
  }

  say(line) {
    this.child.stdin.write(`${line}\n`);
  }
}
