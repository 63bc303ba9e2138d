import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pause, SystemClock } from '../../drivers/clock.js';
import { bytes, hex } from './bytes.js';

const program = path.resolve('dist/hardware-sim/pty-process.js');
const hasSocat = spawnSync('socat', ['-V']).error === undefined;
if (!hasSocat) console.warn('skipped: the simulated line on a pseudo-terminal needs socat');

let directory: string;
let tty: string;
let child: ChildProcess;
let lines: string[];
let wakers: (() => void)[];

/** Resolves with the first line from `from` on that begins with `start`. */
async function line(start: string, from = 0): Promise<string> {
  for (;;) {
    const found = lines.slice(from).find((each) => each.startsWith(start));
    if (found !== undefined) return found;
    await new Promise<void>((resolve) => wakers.push(resolve));
  }
}

async function order(command: string, answer: string): Promise<string> {
  const from = lines.length;
  child.stdin?.write(`${command}\n`);
  return line(answer, from);
}

/** A little more than 3.5 characters at 9600 baud, which a master owes to the line after a reply. */
const silenceMs = 5;

/** One master's whole life: opens the tty, asks, waits for as many bytes as the answer has, closes. */
async function askAsMaster(request: string, replyBytes: number): Promise<string> {
  const port = new SerialPort({ path: tty, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  let heard = Buffer.alloc(0);
  const answered = new Promise<void>((resolve) =>
    port.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      if (heard.length >= replyBytes) resolve();
    }),
  );
  port.write(Buffer.from(bytes(request)));
  await answered;
  await pause(new SystemClock(), silenceMs);
  await new Promise<void>((resolve) => port.close(() => resolve()));
  return hex(heard);
}

function start(...flags: string[]): void {
  startAt('--pty', tty, ...flags);
}

function startAt(...flags: string[]): void {
  child = spawn(process.execPath, [program, ...flags], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no stdout');
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(text);
    for (const wake of wakers.splice(0)) wake();
  });
}

function ended(): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'gengfu-pty-'));
  tty = path.join(directory, 'village0');
  lines = [];
  wakers = [];
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

describe.skipIf(!hasSocat && process.env['CI'] !== 'true')('a simulated line on a pseudo-terminal', () => {
  it('answers one master after another, keeps its relays, and ends cleanly', async () => {
    start();
    await line('ready');
    expect(await askAsMaster('01 03 00 10 00 01 85 CF', 7)).toBe('01 03 02 00 00 B8 44');
    expect(await order('set smoke-1/smoke alarm', 'ok')).toBe('ok set smoke-1/smoke alarm');
    expect(await askAsMaster('01 03 00 10 00 01 85 CF', 7)).toBe('01 03 02 00 01 79 84');

    expect(await askAsMaster('1E 05 00 00 FF 00 8E 55', 8)).toBe('1E 05 00 00 FF 00 8E 55');
    expect(await line('output')).toBe('output siren-hall on');
    expect(await askAsMaster('1E 01 00 00 00 08 3F A3', 6)).toBe('1E 01 01 01 97 9C');
    expect(await order('outputs', 'outputs')).toBe('outputs siren-hall=on amplifier-hall=off');
    expect(await order('off relay-1', 'output')).toBe('output siren-hall off');
    expect(await order('set smoke-1/smoke purple', 'error')).toContain('purple');

    const exit = ended();
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(existsSync(tty)).toBe(false);
  });

  it('speaks JSON on demand, for the line that was asked for, and quits', async () => {
    start('--json', '--line', 'west');
    expect(JSON.parse(await line('{'))).toEqual({ event: 'ready', path: tty });
    expect(JSON.parse(await order('outputs', '{'))).toEqual({
      event: 'outputs',
      outputs: { 'siren-street': false, 'siren-pool': false },
    });
    const exit = ended();
    child.stdin?.write('quit\n');
    expect(await exit).toBe(0);
  });
});

describe('a simulated line behind a TCP server', () => {
  /** Connects, asks, waits for as many bytes as the answer has, and leaves. */
  async function askOverTcp(request: string, replyBytes: number): Promise<string> {
    const [host = '', port = ''] = (await line('ready')).replace('ready ', '').split(':');
    const socket = connect(Number(port), host);
    let heard = Buffer.alloc(0);
    const answered = new Promise<void>((resolve) =>
      socket.on('data', (chunk: Buffer) => {
        heard = Buffer.concat([heard, chunk]);
        if (heard.length >= replyBytes) resolve();
      }),
    );
    socket.write(bytes(request));
    await answered;
    socket.destroy();
    return hex(heard);
  }

  it('speaks Modbus TCP to one master after another, obeys its commands and quits', async () => {
    startAt('--tcp', '0', '--line', 'pool');
    const request = '00 07 00 00 00 06 01 03 00 04 00 01';
    expect(await order('set pool-level/value 3.21', 'ok')).toBe('ok set pool-level/value 3.21');
    expect(await askOverTcp(request, 11)).toBe('00 07 00 00 00 05 01 03 02 01 41');
    await order('set pool-level/value 0.35', 'ok');
    expect(await askOverTcp(request, 11)).toBe('00 07 00 00 00 05 01 03 02 00 23');
    const exit = ended();
    child.stdin?.write('quit\n');
    expect(await exit).toBe(0);
  });

  it('passes RTU frames through, also for a line that is serial in the site', async () => {
    startAt('--tcp', '0', '--rtu');
    expect(await askOverTcp('01 03 00 10 00 01 85 CF', 7)).toBe('01 03 02 00 00 B8 44');
  });

  it('refuses a port that is taken, in two languages, with exit status 2', async () => {
    startAt('--tcp', '0');
    const port = (await line('ready')).split(':').at(-1) ?? '';
    const second = spawnSync(process.execPath, [program, '--tcp', port], { encoding: 'utf8' });
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(/无法监听 127\.0\.0\.1.*\ncan not listen on 127\.0\.0\.1/);
  });
});

it('without socat the simulated line says in two languages what to install, and exits with 2', () => {
  const run = spawnSync(process.execPath, [program, '--pty', tty], { env: { PATH: directory }, encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(/请先安装：sudo apt-get install socat\nsocat was not found; install it: /);
});

it('an unknown line is refused with exit status 2', () => {
  const run = spawnSync(process.execPath, [program, '--pty', tty, '--line', 'north'], { encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain('没有线路 north，可选：east, west, ');
  expect(run.stderr).toContain('no line north; there are: east, west, ');
});

it('the demo ends with 2 when its command line is wrong, as gengfu does', () => {
  const demo = path.resolve('dist/hardware-sim/demo/main.js');
  for (const flags of [
    ['--speed', '2'],
    ['--scenario', 'flood'],
    ['--for', 'ever'],
  ]) {
    expect(spawnSync(process.execPath, [demo, ...flags]).status).toBe(2);
  }
  expect(spawnSync(process.execPath, [demo, '--help']).status).toBe(0);
});
