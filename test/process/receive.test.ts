/** `gengfu receive` as a process, a real Mosquitto, and a publisher that behaves like a gateway. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import mqtt from 'mqtt';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { testPublicKey } from '../../sync/asyncapi-examples.js';
import { receiptSchema } from '../../sync/messages/receipt.js';
import type { HandedOn } from '../../sync/receiver/index.js';
import { isSignedBy, parseEnvelope } from '../../sync/signed-envelope.js';
import { bytesOf, report, status, topicOf } from '../sync/receiver/rig.js';
import { Child, killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { freePort, mosquitto, temporaryFolder } from './rig.js';

const isLeftOut = missingPrograms('mosquitto');
/** The published test key of RFC 8032 §7.1, test 1. */
const testSeed = 'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=';
/** Starting the program takes seconds on a busy computer. */
const waitMax = { timeout: 30_000, interval: 10 };
const testMaxMs = 60_000;

afterEach(killAll);

function startReceive(folder: string, port: number, more: readonly string[] = []): Child {
  const args = ['receive', '--url', `mqtt://127.0.0.1:${port}`, '--district', 'yangshuo', '--lang', 'en'];
  const files = ['--store', join(folder, 'receiver.db'), '--out', join(folder, 'out.jsonl')];
  return new Child('receive', process.execPath, [resolve('dist/gateway/cli/gengfu.js'), ...args, ...files, ...more]);
}

function linesOf(folder: string): readonly HandedOn[] {
  const text = readFileSync(join(folder, 'out.jsonl'), 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as HandedOn);
}

describe.skipIf(isLeftOut)('gengfu receive', () => {
  test(
    'killed in the middle, twice, loses nothing, doubles nothing, and receipts what it has',
    async () => {
      const folder = temporaryFolder();
      onTestFinished(folder.remove);
      const port = await freePort();
      await mosquitto(folder.path, port);
      // As gengfu command keygen writes it; so the id of the key stands in it.
      const made = { for: 'gengfu-command-v1', keyId: 'district-receiver', seed: testSeed };
      writeFileSync(join(folder.path, 'key'), JSON.stringify(made));
      const key = ['--key-file', join(folder.path, 'key')];
      let receiver = startReceive(folder.path, port, key);
      await receiver.errorLine((line) => line.includes('connected'), testMaxMs);

      const gateway = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0 });
      onTestFinished(() => void gateway.end(true));
      const envelopes: Uint8Array[] = [];
      gateway.on('message', (_topic, payload) => envelopes.push(payload));
      await gateway.subscribeAsync('gengfu/v1/yangshuo/old-town/receipt', { qos: 1 });
      await gateway.publishAsync(
        ...(status()
          .map((each) => Buffer.from(each))
          .map(String) as [string, string]),
        { qos: 1, retain: true },
      );

      const last = 400;
      let sent = 0;
      const sendWindow = (): Promise<unknown>[] =>
        Array.from({ length: 20 }, () => {
          const each = report(sent + 1, sent);
          sent += 1;
          return gateway.publishAsync(topicOf(each), Buffer.from(bytesOf(each)), { qos: 1 });
        });
      const sendUpTo = async (upTo: number): Promise<void> => {
        while (sent < upTo) await Promise.all(sendWindow());
      };
      for (const upTo of [120, 240]) {
        await sendUpTo(upTo);
        const onTheirWay = sendWindow();
        await Promise.race(onTheirWay);
        receiver.kill('SIGKILL');
        await Promise.all(onTheirWay);
        await receiver.exited;
        receiver = startReceive(folder.path, port, key);
        await receiver.errorLine((line) => line.includes('connected'), testMaxMs);
      }
      await sendUpTo(last);
      await vi.waitFor(() => expect(linesOf(folder.path).length).toBeGreaterThanOrEqual(last), waitMax);
      const ids = linesOf(folder.path).map(({ id }) => id);
      expect(new Set(ids).size).toBe(last);
      expect(ids).toHaveLength(last);
      expect(linesOf(folder.path).map(({ number }) => number)).toEqual(ids.map((_, index) => index + 1));

      const receipts = () =>
        envelopes
          .map((bytes) => parseEnvelope(bytes))
          .map((envelope) => receiptSchema.parse(JSON.parse(envelope?.payload ?? '')));
      await vi.waitFor(() => expect(receipts().at(-1)?.kept.fire?.sequence).toBe(last), waitMax);
      const places = receipts().map(({ kept }) => kept.fire?.sequence ?? 0);
      expect(places).toEqual([...places].sort((one, other) => one - other));
      expect(receipts().at(-1)).toMatchObject({
        site: 'old-town',
        uplink: 'district',
        kept: { fire: { epoch: 'e1', position: 1_000 + last } },
      });
      const newest = parseEnvelope(envelopes.at(-1) ?? Buffer.alloc(0));
      expect(newest !== null && isSignedBy(newest, 'receipt', testPublicKey)).toBe(true);

      receiver.kill('SIGTERM');
      expect(await receiver.exited).toBe(0);
    },
    testMaxMs,
  );

  test(
    'prints to standard output, says what is wrong, and lets no second one at its store',
    async () => {
      const folder = temporaryFolder();
      onTestFinished(folder.remove);
      const port = await freePort();
      await mosquitto(folder.path, port);
      const cli = resolve('dist/gateway/cli/gengfu.js');
      const args = [
        'receive',
        '--url',
        `mqtt://127.0.0.1:${port}`,
        '--district',
        'yangshuo',
        '--store',
        join(folder.path, 'a.db'),
        '--lang',
        'en',
      ];
      const receiver = new Child('receive', process.execPath, [cli, ...args]);
      await receiver.errorLine((line) => line.includes('connected'), testMaxMs);
      const second = new Child('second', process.execPath, [cli, ...args]);
      const gateway = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 5, reconnectPeriod: 0 });
      onTestFinished(() => void gateway.end(true));
      await gateway.publishAsync('gengfu/v1/yangshuo/old-town/report/fire', '{"specversion":"0.3"}', { qos: 1 });
      const fire = report(1, 0);
      await gateway.publishAsync(topicOf(fire), Buffer.from(bytesOf(fire)), { qos: 1 });
      const line = await receiver.line((text) => text.startsWith('{'));
      expect(JSON.parse(line)).toMatchObject({ number: 1, what: 'event', site: 'old-town', event: { id: fire.id } });
      await receiver.errorLine((text) => /not of the shape/.test(text));
      expect(await second.exited).toBe(3);
      expect(second.errors.join('\n')).toContain('RECEIVER-003');
      receiver.kill('SIGTERM');
      expect(await receiver.exited).toBe(0);
    },
    testMaxMs,
  );
});
