/** The built gateway speaks: a real serial port (a pseudo-terminal), a simulated chip behind it, orders by the real command line. */
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { SystemClock } from '../../drivers/clock.js';
import { openPty, type Pty } from '../../hardware-sim/socat-pty.js';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { freePort, gateway, isEntry, observed, simulatedLine, temporaryFolder, writeSmallSite } from './rig.js';

/** Whole frames of a SYN6288 out of a stream (head, length, order, parameter, text, exclusive-or over all of it), each answered
 * as taken, and as over a moment later. A pseudo-terminal has no pace: the simulated chip of the village would miss its pauses. */
class FrameReader {
  readonly texts: string[] = [];
  #bytes: number[] = [];

  constructor(
    private readonly clock: SystemClock,
    private readonly say: (bytes: Uint8Array) => void,
  ) {}

  hear(bytes: Uint8Array): void {
    this.#bytes.push(...bytes);
    for (;;) {
      const [, high = 0, low = 0] = this.#bytes;
      const length = 3 + high * 256 + low;
      if (this.#bytes.length < 3 || this.#bytes.length < length) return;
      this.#obey(this.#bytes.splice(0, length));
    }
  }

  #obey(frame: readonly number[]): void {
    expect([frame[0], frame.reduce((sum, byte) => sum ^ byte, 0)]).toEqual([0xfd, 0]);
    const isQuestion = frame[3] === 0x21;
    this.say(Uint8Array.of(isQuestion ? 0x4f : 0x41));
    if (frame[3] !== 0x01) return;
    this.texts.push(new TextDecoder('gbk').decode(Uint8Array.from(frame.slice(5, -1))));
    this.clock.after(300, () => this.say(Uint8Array.of(0x4f)));
  }
}

describe.skipIf(missingPrograms('socat'))('a speech chip on a serial port', () => {
  const folder = temporaryFolder();
  let pty: Pty | null = null;
  afterEach(async () => {
    await killAll();
    await pty?.stop();
    folder.remove();
  });

  test('says what is ordered; when it is gone the siren sounds all the same, and it is a fault', async () => {
    const [tty, horn] = [join(folder.path, 'village0'), join(folder.path, 'horn0')];
    const clock = new SystemClock();
    const chip = new FrameReader(clock, (bytes) => pty?.write(bytes));
    const opened = await openPty(horn, clock, { onBytes: (bytes) => chip.hear(bytes), onGone: () => undefined });
    if (typeof opened === 'string') throw new Error(opened);
    pty = opened;
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort: await freePort() });
    appendFileSync(
      siteFile,
      `speakers: [{id: horn, name: 喇叭, player: {kind: syn6288, path: ${horn}}}]
`,
    );
    const village = await simulatedLine(siteFile, tty);
    const running = gateway(siteFile);
    await observed(running, ({ kind }) => kind === 'site.scanned');
    const args = ['broadcast', '--text', '小心火烛', '--config', siteFile];
    const cli = new Child('broadcast', process.execPath, [resolve('dist/gateway/cli/gengfu.js'), ...args]);
    expect(await cli.exited).toBe(0);
    const said = await observed(running, isEntry('voice.ended'));
    expect([said.entry?.detail['how'], chip.texts.at(-1)]).toEqual(['said', '小心火烛']);
    await pty.stop();
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    await observed(running, isEntry('alarm.raised', 'fault:speaker:horn'));
    running.kill('SIGTERM');
    expect(await running.exited).toBe(0);
  });
});
