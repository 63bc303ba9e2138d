/** A district and its village, all of it real: Mosquitto with client certificates and the access list of the README, the gateway,
 * the receiver, orders from the command line, a tty. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import mqtt from 'mqtt';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { writeKeyFile } from '../../gateway/cli/key-file.js';
import { packed, siteText } from '../../gateway/staging/site-text.js';
import type { CommandResult, Order } from '../../sync/messages/command.js';
import type { HandedOn } from '../../sync/receiver/index.js';
import { type EnvelopePurpose, signEnvelope } from '../../sync/signed-envelope.js';
import { newSigningKey } from '../../sync/signing-key.js';
import { Authority } from '../sync/certificates.js';
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

const cli = resolve('dist/gateway/cli/gengfu.js');
const waitMax = { timeout: 30_000, interval: 10 };
const root = 'gengfu/v1/test/test-village';

interface Key {
  readonly keyId: string;
  readonly seed: string;
}

/** A key as `gengfu command keygen` writes it, and its line of the site file. */
async function keygen(folder: string, keyId: string, rights: string) {
  const [file, made] = [join(folder, `${keyId}.key`), newSigningKey()];
  await writeKeyFile(file, keyId, made);
  const yaml = `  - {id: ${keyId}, public_key: "${made.publicKey}", rights: [${rights}], not_after: "2099-12-31"}`;
  return { file, key: { keyId, seed: made.seed }, yaml };
}

/** So that the sirens do not test themselves in the middle of it. */
function dayNotNear(): string {
  const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  return days[(new Date().getDay() + 3) % 7] ?? '';
}

let orders = 0;

function envelopeOf(what: Order, { keyId, seed }: Key, purpose: EnvelopePurpose = 'command', site = 'test-village') {
  orders += 1;
  const [issued, expires] = [0, 600_000].map((afterMs) => new Date(Date.now() + afterMs).toISOString());
  const head = { version: 1, id: `order-${orders}-of-the-test`, district: 'test', site };
  return JSON.stringify(signEnvelope(purpose, keyId, JSON.stringify({ ...head, issued, expires, what }), seed));
}

function idIn(envelope: string): string {
  return (JSON.parse((JSON.parse(envelope) as { payload: string }).payload) as { id: string }).id;
}

describe.skipIf(missingPrograms('socat', 'mosquitto'))('a district', () => {
  const folder = temporaryFolder();
  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test('is told, receipts, orders, and is refused what it may not, over TLS and an access list', async () => {
    const at = (name: string): string => join(folder.path, name);
    const authority = new Authority(folder.path, 'district-ca');
    const broker = authority.issue('broker');
    const [village, receiverSide, dutyRoom] = ['test-village', 'receiver', 'duty-room'].map((name) =>
      authority.issue(name),
    );
    if (village === undefined || receiverSide === undefined || dutyRoom === undefined) throw new Error('unreachable');
    const [port, duty, receipts] = await Promise.all([
      freePort(),
      keygen(folder.path, 'duty-key', 'read, duty_check, test, silence, config'),
      keygen(folder.path, 'receipt-key', 'receipt'),
    ]);
    const acl = readFileSync('sync/receiver/mosquitto-acl.conf', 'utf8').replaceAll('yangshuo', 'test');
    writeFileSync(at('acl'), acl);
    const server = [`cafile ${authority.caFile}`, `certfile ${broker.certFile}`, `keyfile ${broker.keyFile}`];
    const who = ['require_certificate true', 'use_identity_as_username true', `acl_file ${at('acl')}`];
    // As root Mosquitto would become somebody who may not read these files.
    await mosquitto(folder.path, port, [`user ${userInfo().username}`, ...server, ...who]);

    const tty = at('village0');
    const siteFile = writeSmallSite(folder.path, { tty, brokerPort: port });
    const files = `ca_file: ${authority.caFile}, cert_file: ${village.certFile}, key_file: ${village.keyFile}`;
    const installed = readFileSync(siteFile, 'utf8')
      .replace(`"mqtt://127.0.0.1:${port}"`, `"mqtts://127.0.0.1:${port}", ${files}, commands: true, receipts: signed`)
      .concat(
        `siren_test: {day: ${dayNotNear()}, at: "03:00", sounds_s: 1}\ncommand_keys:\n${duty.yaml}\n${receipts.yaml}\n`,
      );
    writeFileSync(siteFile, installed);
    const url = `mqtts://127.0.0.1:${port}`;
    const receiver = new Child('receive', process.execPath, [
      ...[cli, 'receive', '--url', url, '--ca', authority.caFile, '--district', 'test', '--lang', 'en'],
      ...['--cert', receiverSide.certFile, '--key', receiverSide.keyFile, '--store', at('receiver.db')],
      ...['--out', at('out.jsonl'), '--key-file', receipts.file],
    ]);
    const line = await simulatedLine(siteFile, tty);
    const running = gateway(siteFile, { NODE_OPTIONS: `--import ${resolve('test/process/kept-clock.mjs')}` });
    await observed(running, ({ kind }) => kind === 'uplink.up', 30_000);
    await observed(running, ({ kind }) => kind === 'site.scanned', 30_000);
    await receiver.errorLine((text) => text.includes('connected'), 30_000);
    running.kill('SIGUSR2');

    // The command line, an order that is read and one that somebody answers.
    const batch = [
      envelopeOf({ order: 'read_points' }, duty.key),
      envelopeOf({ order: 'duty_check', withinS: 60 }, duty.key),
    ];
    writeFileSync(at('batch'), `${batch.join('\n')}\n`);
    const access = ['--ca', authority.caFile, '--cert', dutyRoom.certFile, '--key', dutyRoom.keyFile];
    const send = new Child('send', process.execPath, [
      cli,
      'command',
      'send',
      at('batch'),
      '--url',
      url,
      ...access,
      '--json',
    ]);
    await observed(running, isEntry('duty.asked'), 30_000);
    const answer = new Child('duty-answer', process.execPath, [cli, 'duty-answer', '--config', siteFile]);
    expect(await answer.exited).toBe(0);
    expect(await send.exited).toBe(0);
    expect(send.lines.join('\n')).toMatch(/"smoke-1\/smoke","value":"normal"[\s\S]*"by":"cli:/);

    const client = await mqtt.connectAsync(url, {
      ...{ protocolVersion: 5, reconnectPeriod: 0, ca: readFileSync(authority.caFile) },
      ...{ cert: readFileSync(dutyRoom.certFile), key: readFileSync(dutyRoom.keyFile) },
    });
    onTestFinished(() => void client.end(true));
    const results: CommandResult[] = [];
    client.on('message', (_topic, payload) => results.push(JSON.parse(payload.toString()) as CommandResult));
    await client.subscribeAsync(`${root}/result`, { qos: 1 });
    const publish = (envelope: string) => client.publishAsync(`${root}/command`, envelope, { qos: 1 });
    const ended = async (envelope: string, count = 1): Promise<CommandResult | undefined> => {
      const ends = () => results.filter(({ command, state }) => command === idIn(envelope) && state !== 'accepted');
      await vi.waitFor(() => expect(ends().length).toBeGreaterThanOrEqual(count), waitMax);
      return ends().at(-1);
    };
    const order = async (what: Order): Promise<CommandResult | undefined> => {
      const envelope = envelopeOf(what, duty.key);
      await publish(envelope);
      return ended(envelope);
    };

    // Another site file: staged, applied, and taken back, over two runtimes; each end is heard, and known afterwards.
    const { sha256, text } = siteText(installed.replace('place: 正厅', 'place: 后厅'));
    const parts = packed({ sha256, text });
    expect(parts).toHaveLength(1);
    const stage = { order: 'config_stage', sha256, part: 1, parts: 1, gzip: parts[0] ?? '' } as const;
    expect(await order(stage)).toMatchObject({ state: 'done', detail: { needs_box: [] } });
    const apply = envelopeOf({ order: 'config_apply', sha256 }, duty.key);
    const ups = () => running.lines.filter((each) => each.includes('"uplink.up"')).length;
    await publish(apply);
    expect(await ended(apply)).toMatchObject({ state: 'done', detail: { sha256 } });
    await vi.waitFor(() => expect(ups()).toBe(2), waitMax);
    await publish(apply);
    expect(await ended(apply, 2)).toMatchObject({ state: 'done', reason: null });
    expect(await order({ order: 'config_rollback' })).toMatchObject({ state: 'done' });
    await vi.waitFor(() => expect(ups()).toBe(3), waitMax);
    await observed(running, isEntry('config.rolled_back'));

    // What must sound nothing.
    const stranger = { keyId: 'duty-key', seed: newSigningKey().seed };
    const siren = { order: 'siren_test' } as const;
    for (const refused of [
      envelopeOf(siren, stranger),
      envelopeOf(siren, receipts.key),
      envelopeOf(siren, duty.key, 'receipt'),
      envelopeOf(siren, duty.key, 'command', 'next-village'),
      'not even JSON',
    ]) {
      await publish(refused);
    }
    const refusal = (reason: string) =>
      observed(running, ({ entry }) => entry?.kind === 'command.refused' && entry.detail['reason'] === reason);
    for (const reason of ['bad-signature', 'no-right', 'foreign', 'malformed']) await refusal(reason);
    // The access list: the duty room speaks in no village's name.
    await expect(client.publishAsync(`${root}/report/fire`, '{}', { qos: 1 })).rejects.toThrow(/authorized/i);
    expect(line.lines).not.toContain('output siren on');

    // What may sound, and once only.
    const sounding = envelopeOf(siren, duty.key);
    await publish(sounding);
    expect(await ended(sounding)).toMatchObject({ state: 'done' });
    await line.line((each) => each === 'output siren on');
    await publish(sounding);
    await refusal('replayed');
    await line.line((each) => each === 'output siren off');

    line.say('set smoke-1/smoke alarm');
    const fire = await observed(running, isEntry('alarm.raised', 'point:smoke-1/smoke'));
    await vi.waitFor(() => expect(line.lines.filter((each) => each === 'output siren on')).toHaveLength(2), waitMax);
    const silence = await order({ order: 'silence', upTo: fire.entry?.id ?? '' });
    expect(silence).toMatchObject({ state: 'refused', reason: 'not-acknowledged' });
    expect(line.lines.filter((each) => each === 'output siren off')).toHaveLength(1);

    // All of it is at the district once, and what it has said to have is kept.
    const kept = async (): Promise<number> => {
      const facts = (await ask(at('data/control.sock'), { ask: 'doctor' })) as { uplinks: { unkept: number }[] };
      return facts.uplinks[0]?.unkept ?? -1;
    };
    await vi.waitFor(async () => expect(await kept()).toBe(0), waitMax);
    const rows = readFileSync(at('out.jsonl'), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((each) => JSON.parse(each) as HandedOn);
    const kinds = rows.map((row) => (row.what === 'event' ? row.event.data.kind : row.what));
    expect(kinds.filter((kind) => kind === 'siren_test.begun')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'config.applied')).toHaveLength(1);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);

    // Secrets: nobody else can read them, and nothing that the gateway said has any.
    for (const each of ['journal.db', 'journal.id', 'control.sock', 'site', 'site/staged.yaml']) {
      expect([each, statSync(at(`data/${each}`)).mode & 0o077]).toEqual([each, 0]);
    }
    const secrets = [duty.key.seed, receipts.key.seed, readFileSync(village.keyFile, 'utf8').split('\n')[1] ?? ''];
    const said = [running, receiver, send].flatMap(({ lines, errors }) => [...lines, ...errors]).join('\n');
    for (const secret of secrets) expect(said).not.toContain(secret);
  }, 120_000);
});

/** One question over the control socket, and its answer. */
function ask(path: string, question: unknown): Promise<unknown> {
  return new Promise((done, fail) => {
    let text = '';
    const connection = createConnection(path);
    connection.setEncoding('utf8');
    connection.on('error', fail);
    connection.on('data', (chunk: string) => {
      text += chunk;
    });
    connection.on('end', () => done(JSON.parse(text)));
    connection.write(`${JSON.stringify(question)}\n`);
  });
}
