/** Golden transcripts: each known trap of the libraries and of the wire, byte for byte (transcripts/README.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DriverError } from '../../drivers/driver-error.js';
import type { Answer } from '../../drivers/modbus/exchange.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import type { ModbusRequest } from '../../drivers/modbus/modbus-pdu.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from '../hardware-sim/bytes.js';
import { FakeLink, lineConfig, seeded, unitAt } from './rig.js';

const folder = join(import.meta.dirname, 'transcripts');
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const cases = files.map((name) => {
  const [title = '', ...steps] = readFileSync(join(folder, name), 'utf8').trim().split('\n');
  return { name, title, steps };
});

/** A line before its first question: the silence it keeps before every request is over. */
const silenceMs = 5;

class Player {
  readonly #clock = new SimClock();
  readonly #links: FakeLink[] = [];
  readonly #answers = new Map<string, Answer>();
  #isPlugged = true;
  #seen = 0;
  readonly #line: ModbusLine;

  constructor() {
    let frame = 0;
    this.#line = new ModbusLine({
      config: lineConfig(),
      open: async (events) => {
        if (!this.#isPlugged) throw new DriverError('LINK-001', 'wire');
        const link = new FakeLink(events);
        this.#links.push(link);
        return link;
      },
      clock: this.#clock,
      random: seeded(1),
      nextFrame: () => ++frame,
      onUp: () => undefined,
      onDown: () => undefined,
    });
    this.#line.start();
  }

  async begin(): Promise<void> {
    await this.#clock.advance(50);
  }

  async play(step: string): Promise<void> {
    const [verb = '', ...words] = step.split(' ');
    switch (verb) {
      case 'ask':
      case 'write':
        return this.#ask(verb, words);
      case '>':
        await this.#until(() => this.#written.length > this.#seen);
        expect(this.#written[this.#seen++]).toBe(words.join(' '));
        return;
      case '<':
        this.#link?.events?.onBytes(bytes(words.join(' ')), this.#clock.mono());
        return this.#clock.advance(0);
      case '+':
        return this.#clock.advance(Number(words[0]));
      case '=':
        await this.#clock.advance(0);
        expect(this.#told(words[0] ?? '')).toBe(words.slice(1).join(' '));
        return;
      case '?':
        expect(this.#told(words[0] ?? '')).toBeNull();
        return;
      case 'quiet':
        expect(this.#written.slice(this.#seen)).toEqual([]);
        return;
      case 'unplug':
        this.#isPlugged = false;
        this.#link?.events?.onDown(new DriverError('LINK-005', 'wire'));
        return this.#clock.advance(0);
      case 'plug':
        this.#isPlugged = true;
        return;
      case 'opens':
        expect(this.#links.length).toBe(Number(words[0]));
        return;
      default:
        throw new Error(`no such step: ${step}`);
    }
  }

  async end(): Promise<void> {
    expect(this.#written.slice(this.#seen)).toEqual([]);
    await this.#line.stop();
  }

  get #link(): FakeLink | undefined {
    return this.#links.at(-1);
  }

  get #written(): readonly string[] {
    return this.#links.flatMap(({ written }) => written.map(hex));
  }

  async #ask(verb: 'ask' | 'write', [name = '', unit = '', table = '', where = '']: readonly string[]): Promise<void> {
    const [address = 0, second = 0] = where.split(/[+=]/).map(Number);
    const request = (
      verb === 'ask'
        ? { kind: 'read', table, address, count: second }
        : { kind: 'write', table, address, value: second }
    ) as ModbusRequest;
    const priority = verb === 'ask' ? priorities.fire : priorities.annunciator;
    const asked = this.#line.request(unitAt(Number(unit)), priority, request);
    asked.then(
      (answer) => this.#answers.set(name, answer),
      () => undefined,
    );
    await this.#clock.advance(0);
  }

  #told(name: string): string | null {
    const answer = this.#answers.get(name);
    if (answer === undefined) return null;
    return answer.ok ? answer.values.join(' ') : answer.error.code;
  }

  /** At most the silence before a request and what is held back for a quarantine. */
  async #until(holds: () => boolean): Promise<void> {
    for (let i = 0; !holds() && i < silenceMs * 100; i++) await this.#clock.advance(0.1);
  }
}

test.each(cases)('$title', async ({ steps }) => {
  const player = new Player();
  await player.begin();
  for (const step of steps) await player.play(step);
  await player.end();
});
