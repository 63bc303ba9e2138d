/** `gengfu command`: keys and orders on the district's side, and what a village says of them. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Command } from 'commander';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { addDistrictCommands } from '../../gateway/cli/district-command.js';
import { makeOrders } from '../../gateway/cli/make-order.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { verifyCommand } from '../../sync/command-envelope.js';
import { type Answered, resultOf } from '../../sync/command-result.js';
import { type SendOptions, type SendProgress, sendCommand } from '../../sync/mqtt/command-sender.js';
import type { MqttConnectionEvents, MqttLink, MqttMessage } from '../../sync/mqtt/mqtt-link.js';
import { UplinkError } from '../../sync/uplink.js';
import { address, commandKey, context, noon } from '../sync/command-rig.js';
import { tempDir } from '../sync/rig.js';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs one line; what it wrote, and its exit status. */
async function gengfu(...args: readonly string[]) {
  const written = { out: '', err: '' };
  const into = (name: keyof typeof written) => (text: unknown) => {
    written[name] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  const program = new Command('gengfu');
  addDistrictCommands(program);
  await program.parseAsync(['node', 'gengfu', 'command', ...args, '--lang', 'en']);
  vi.restoreAllMocks();
  return { ...written, status: process.exitCode };
}

describe('gengfu command', () => {
  test('makes a key whose secret only its file holds, and an order that the village takes', async () => {
    const dir = tempDir();
    const keyFile = join(dir, 'duty.key');
    const made = await gengfu('keygen', '--key-id', 'duty-room', '--out', keyFile);
    const publicKey = /public_key: "([^"]+)"/.exec(made.out)?.[1] ?? '';
    const { seed } = JSON.parse(readFileSync(keyFile, 'utf8')) as { seed: string };
    expect([made.status, statSync(keyFile).mode & 0o777]).toEqual([0, 0o600]);
    expect(made.out + made.err).not.toContain(seed);
    expect(await gengfu('keygen', '--key-id', 'duty-room', '--out', keyFile)).toMatchObject({ status: 2, out: '' });
    expect(JSON.parse(readFileSync(keyFile, 'utf8'))).toMatchObject({ seed });

    const where = ['--district', address.district, '--site', address.site, '--key-file', keyFile];
    const order = await gengfu('make', 'duty-check', ...where, '--within', '90s');
    const { issued } = JSON.parse((JSON.parse(order.out) as { payload: string }).payload) as { issued: string };
    const keys = new Map([['duty-room', commandKey({ publicKey, notAfter: '9999-12-31' })]]);
    const time = { isSure: true, wall: Date.parse(issued) } as const;
    const verified = verifyCommand(Buffer.from(order.out), context({ keys, time }));
    expect(verified).toMatchObject({ ok: true, command: { what: { order: 'duty_check', withinS: 90 } } });

    const file = join(dir, 'order.json');
    writeFileSync(file, order.out);
    expect(await gengfu('verify', file, '--public-key', publicKey)).toMatchObject({ status: 0 });
    const stranger = await gengfu('verify', file, '--public-key', commandKey().publicKey);
    expect(stranger).toMatchObject({ status: 1, out: expect.stringContaining('NOT signed by this key') });
    expect(await gengfu('make', 'broadcast', ...where)).toMatchObject({ status: 2, out: '' });
    expect(await gengfu('make', 'siren-on', ...where)).toMatchObject({ status: 2, out: '' });
  });

  test('cuts a site file into parts that make it again', () => {
    const file = Buffer.from(
      Array.from({ length: 40_000 }, (_, at) => createHash('md5').update(`${at}`).digest('base64')).join(''),
    );
    const made = makeOrders('config-stage', {}, '', file);
    const parts = (made.ok ? made.orders : []).map((each) => each as { gzip: string; sha256: string; parts: number });
    const whole = gunzipSync(Buffer.from(parts.map(({ gzip }) => gzip).join(''), 'base64'));
    expect([parts.length > 1, parts[0]?.parts, whole.equals(file)]).toEqual([true, parts.length, true]);
    expect(parts[0]?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });
});

describe('sending an order', () => {
  const root = `gengfu/v1/${address.district}/${address.site}`;

  function sending() {
    const clock = new SimClock(noon);
    const published: MqttMessage[] = [];
    const steps: SendProgress[] = [];
    let events: MqttConnectionEvents | null = null;
    const link: MqttLink = {
      connect: (_, told) => {
        events = told;
        const publish = async (message: MqttMessage): Promise<void> => {
          published.push(message);
        };
        return { publish, end: async () => undefined, drop: () => undefined } as ReturnType<MqttLink['connect']>;
      },
    };
    const options: SendOptions = {
      ...{ link, clock, ...address, url: 'mqtt://127.0.0.1', version: '5', clientId: 'c' },
      ...{ username: null, password: null, ca: null, cert: null, key: null },
      ...{ envelope: Buffer.from('{}'), command: 'order-001', waitMs: 5_000 },
      onProgress: (step) => steps.push(step),
    };
    const answer = (answered: Partial<Answered>, isRetained = false): void => {
      const result = resultOf(
        { command: 'order-001', state: 'done', reason: null, words: null, ...answered },
        noon,
        'trusted',
      );
      events?.onMessage?.({ topic: `${root}/result`, payload: Buffer.from(JSON.stringify(result)), isRetained });
    };
    return { clock, published, steps, answer, ended: sendCommand(options), events: () => events };
  }

  test('waits until it hears the answers, and then for the end of this one', async () => {
    const { published, steps, answer, ended, events } = sending();
    events()?.onOpen({ receiveMaximum: 20, packetMaxBytes: null });
    expect(published).toEqual([]);
    events()?.onSubscribed?.(null);
    await Promise.resolve();
    expect(published).toMatchObject([{ topic: `${root}/command`, retain: false }]);
    answer({}, true);
    answer({ command: 'another-1' });
    answer({ command: null, state: 'refused', reason: 'bad-signature' });
    answer({ state: 'accepted' });
    answer({ detail: { by: 'cli:li' } });
    expect(await ended).toMatchObject({ state: 'done', detail: { by: 'cli:li' } });
    expect(steps.map((step) => (step.is === 'answered' ? `${step.result.state} ${step.isOurs}` : step.is))).toEqual([
      ...['connected', 'carried', 'refused false', 'accepted true', 'done true'],
    ]);
  });

  test('ends when nobody answers, and when the broker says no', async () => {
    const silent = sending();
    await silent.clock.advance(5_000);
    expect(await silent.ended).toBe(null);
    const refused = sending();
    refused.events()?.onSubscribed?.(new UplinkError('UPLINK-005', 'command'));
    await expect(refused.ended).rejects.toMatchObject({ code: 'UPLINK-005' });
  });
});
