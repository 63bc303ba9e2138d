/** The built gateway speaks: a real serial port (a pseudo-terminal), a simulated chip behind it, orders by the real command line. */
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { SystemClock } from '../../drivers/clock.js';
import { TtsChip } from '../../hardware-sim/audio/tts-chip.js';
import { openPty, type Pty } from '../../hardware-sim/socat-pty.js';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { freePort, gateway, isEntry, observed, simulatedLine, temporaryFolder, writeSmallSite } from './rig.js';

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
    const chip = new TtsChip('syn6288');
    const opened = await openPty(horn, clock, { onBytes: (bytes) => chip.hear(bytes), onGone: () => undefined });
    if (typeof opened === 'string') throw new Error(opened);
    pty = opened;
    chip.start((bytes) => opened.write(bytes), clock);
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
    const said = await observed(running, isEntry('voice.ended'), 15_000);
    expect([said.entry?.detail['how'], chip.heard.map(({ what }) => what)]).toEqual(['said', ['小心火烛']]);
    await pty.stop();
    village.say('set smoke-1/smoke alarm');
    await village.line((line) => line === 'output siren on');
    await observed(running, isEntry('alarm.raised', 'fault:speaker:horn'), 20_000);
    running.kill('SIGTERM');
    expect(await running.exited).toBe(0);
  });
});
