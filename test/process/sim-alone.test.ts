/** The simulated centre and the simulated modem as a stranger uses them: alone, with nothing of ours at the other end. */
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, test } from 'vitest';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { temporaryFolder } from './rig.js';

const program = resolve('dist/hardware-sim/pty-process.js');
const sim = (...flags: readonly string[]): Child => new Child('sim', process.execPath, [program, ...flags]);
afterEach(killAll);

/** A frame that somebody else's panel sent. */
const vectors: readonly { readonly kind: string; readonly hex: string; readonly decoded: Record<string, unknown> }[] =
  JSON.parse(readFileSync('test/vectors/gb26875.json', 'utf8'));
const uploaded = vectors.find(({ kind, decoded: { cmd, adu } }) => {
  return kind === 'frame' && cmd === 2 && (adu as { type?: number } | null)?.type === 2;
});

test('the centre confirms one frame of a foreign panel, logs it, and ends at Ctrl-C with 0', async () => {
  if (uploaded === undefined) throw new Error('no frame in the vectors');
  const { hex, decoded } = uploaded;
  const child = sim('--centre', '0', '--log', '--lang', 'en');
  const ready = await child.line((line) => line.startsWith('the centre is at '));
  const [, host = '', port = ''] = /at ([0-9.]+):([0-9]+), preset standard;/.exec(ready) ?? [];
  expect(host).toBe('127.0.0.1');
  const socket = createConnection(Number(port), host);
  const answer = new Promise<string>((done) => socket.once('data', (bytes: Buffer) => done(bytes.toString('hex'))));
  socket.write(Buffer.from(hex, 'hex'));
  // The same serial, addresses turned round, command 3 and no data.
  expect(await answer).toMatch(
    new RegExp(`^4040${hex.slice(4, 8)}.{16}${decoded['dst']}${decoded['src']}000003..2323$`),
  );
  const logged = await child.line((line) => line.includes('#1 ← send'));
  socket.destroy();
  await child.line((line) => line.endsWith('#1 gone'));
  expect(logged).toMatch(new RegExp(`serial ${decoded['serial']} .*from ${decoded['src']} .*→ confirmed$`));
  child.kill('SIGINT');
  expect(await child.exited).toBe(0);
  expect(child.errors).toEqual([]);
});

describe.skipIf(missingPrograms('socat'))('on a pseudo-terminal', () => {
  test('the modem answers one AT command, logs it, and ends at Ctrl-C with 0 and without its link', async () => {
    const folder = temporaryFolder();
    const path = join(folder.path, 'modem0');
    const child = sim('--modem', path, '--log', '--lang', 'en');
    expect(await child.line((line) => line.includes(path))).toContain(`the modem is at ${path}; help for commands`);
    const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
    await new Promise<void>((done, failed) => port.open((error) => (error ? failed(error) : done())));
    let heard = '';
    const answered = new Promise<void>((done) =>
      port.on('data', (bytes: Buffer) => {
        heard += bytes.toString('latin1');
        if (heard.endsWith('OK\r\n')) done();
      }),
    );
    port.write('AT+CSQ\r');
    await answered;
    // It echoes until it is told not to.
    expect(heard).toBe('AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n');
    await child.line((line) => /^[0-9:.]{12} ← AT\+CSQ$/.test(line));
    await child.line((line) => line.includes('→ "\\r\\n+CSQ: 20,99'));
    await new Promise<void>((done) => port.close(() => done()));
    child.kill('SIGINT');
    expect(await child.exited).toBe(0);
    expect(existsSync(path)).toBe(false);
    folder.remove();
  });
});
