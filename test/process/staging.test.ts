/** Another site file on a running gateway, with real files, a real tty, a real broker and the thread that checks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { siteText } from '../../gateway/staging/site-text.js';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import {
  freePort,
  gateway,
  isEntry,
  mosquitto,
  observed,
  simulatedLine,
  temporaryFolder,
  writeSmallSite,
} from './rig.js';

/** A process starts on a box that does other things besides. */
const startMaxMs = 30_000;

describe.skipIf(missingPrograms('socat', 'mosquitto'))('another site file', () => {
  const folder = temporaryFolder();
  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test('is applied without closing the line and confirmed; the next, under which the process is killed twice, is rolled back', async () => {
    const brokerPort = await freePort();
    await mosquitto(folder.path, brokerPort);
    const tty = `${folder.path}/village0`;
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort });
    const installed = readFileSync(siteFile, 'utf8');
    const newFile = join(folder.path, 'new.yaml');
    const orders = socket(join(folder.path, 'data', 'control.sock'));
    const stage = async (text: string) => {
      writeFileSync(newFile, text);
      return orders({ ask: 'config-stage', file: newFile, user: 'installer' });
    };
    await simulatedLine(siteFile, tty);
    let running = gateway(siteFile);
    await observed(running, ({ kind }) => kind === 'uplink.up', startMaxMs);
    await observed(running, ({ kind }) => kind === 'site.scanned', startMaxMs);

    expect(await stage(installed.replace('unit: 5', 'unit: 500'))).toMatchObject({ ok: false, reason: 'problems' });
    const good = installed.replace('place: 正厅', 'place: 后厅');
    expect(await stage(good)).toMatchObject({ ok: true, detail: { unchanged_lines: ['main'], needs_box: [] } });
    const cli = [resolve('dist/gateway/cli/gengfu.js'), 'config', 'apply', '--config', siteFile, '--lang', 'en'];
    const apply = new Child('gengfu config apply', process.execPath, cli);
    expect(await apply.exited).toBe(0);
    expect(apply.lines.join('\n')).toMatch(/on trial: (?:line main|uplink district) waiting[\s\S]*is confirmed/);
    expect(running.lines.filter((line) => line.includes('fault:line:main'))).toEqual([]);

    // Nobody has these addresses: the line answers no more, and the trial goes on until it is killed.
    const bad = good.replace('unit: 5', 'unit: 7').replace('unit: 6', 'unit: 8');
    expect(await stage(bad)).toMatchObject({ ok: true });
    const { sha256 } = siteText(bad);
    expect(await orders({ ask: 'config-apply', sha256, isForced: false, user: 'installer' })).toMatchObject({
      ok: true,
    });
    await running.line((line) => line.includes('"gateway.stopped"'), startMaxMs, running.lines.length);
    for (const ran of [bad, good]) {
      running.kill('SIGKILL');
      await running.exited;
      running = gateway(siteFile);
      const { sha256: started } = siteText(ran);
      expect(await observed(running, ({ kind }) => kind === 'site.file', startMaxMs)).toMatchObject({
        sha256: started,
      });
    }
    const back = await observed(running, isEntry('config.rolled_back'), startMaxMs);
    expect(back.entry?.detail).toMatchObject({ sha256, to: siteText(good).sha256, reason: 'crashed' });
  }, 120_000);
});

/** One order over the control socket, and its answer. */
function socket(path: string): (order: unknown) => Promise<unknown> {
  return (order) =>
    new Promise((resolve, reject) => {
      let text = '';
      const connection = createConnection(path);
      connection.setEncoding('utf8');
      connection.on('error', reject);
      connection.on('data', (chunk: string) => {
        text += chunk;
      });
      connection.on('end', () => resolve(JSON.parse(text)));
      connection.write(`${JSON.stringify(order)}\n`);
    });
}
