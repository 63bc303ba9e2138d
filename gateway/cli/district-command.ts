/** `gengfu command …`: the district's side. Makes keys, makes and signs orders, sends them, and looks at what was made. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { commandRights } from '../../config/uplinks/uplink-schema.js';
import { SystemClock } from '../../drivers/clock.js';
import { commandTime } from '../../sync/command-result.js';
import { commandLifeMaxMs, commandSchema, type DistrictCommand, type Order } from '../../sync/messages/command.js';
import { isSignedBy, parseEnvelope, signEnvelope } from '../../sync/signed-envelope.js';
import { newSigningKey } from '../../sync/signing-key.js';
import { failureWords } from './failure-words.js';
import { openKeyWords, readKeyFile, writeKeyFile } from './key-file.js';
import { makeOrders, type OrderOptions, orderNames } from './make-order.js';
import { readCount, readTime } from './read-time.js';
import type { SendCliOptions } from './send-command.js';
import type { Lang } from './teller.js';

const exitRefused = 1;
const exitInvalid = 2;
const yearMs = 365 * 86_400_000;
const lifeDefaultMs = 3_600_000;

interface MakeOptions extends OrderOptions {
  readonly lang: Lang;
  readonly site: string;
  readonly district: string;
  readonly keyFile: string;
  readonly keyId?: string;
  readonly id?: string;
  readonly valid?: number;
  readonly file?: string;
}

export function addDistrictCommands(program: Command): void {
  const parent = program
    .command('command')
    .description('区县平台端：密钥与指令 / the district’s side: keys and orders');
  const add = <Options extends { readonly lang: Lang }>(
    name: string,
    description: string,
    act: (options: Options, args: readonly string[]) => Promise<number>,
  ): Command =>
    parent
      .command(name)
      .description(description)
      .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
      .option('--json', '每行一个 JSON / machine-readable output, one line each')
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitInvalid))
      .action(async (...all) => {
        const command = all.at(-1) as Command;
        process.exitCode = await told(command.opts<Options>().lang, () => act(command.opts<Options>(), command.args));
      });
  add<KeygenOptions>('keygen', '生成签名密钥；私钥只写入文件 / make a key; the secret goes to a file only', keygen)
    .requiredOption('--key-id <id>', '密钥编号（必填） / id of the key (required)')
    .option('--out <file>', '私钥文件，不写为 <编号>.key / file of the secret; left out: <id>.key')
    .addOption(
      new Option('--rights <right...>', '权限；签回执的密钥只写 receipt / rights; for receipts: receipt alone')
        .choices(commandRights)
        .default(['duty_check', 'read']),
    );
  addMake(
    add('make <order>', `签发指令，输出信封 / make and sign an order; prints envelopes. ${orderNames.join(' ')}`, make),
  );
  add<SendCliOptions>(
    'send <file>',
    '发送信封并等待结果 / send envelopes and wait for their results',
    async (options, [file]) => (await import('./send-command.js')).sendAll(String(file), options),
  )
    .requiredOption('--url <url>', '平台地址（必填），mqtts://主机:端口 / broker (required)')
    .option('--ca <file>', 'CA 证书 / certificate of the authority')
    .option('--cert <file>', '客户端证书 / own certificate')
    .option('--key <file>', '客户端私钥 / own key')
    .option('--username <name>', '账号 / name to sign in with')
    .option('--password-file <file>', '密码文件 / file that holds the password')
    .addOption(new Option('--mqtt-version <v>', 'MQTT 版本 / version of MQTT').choices(['5', '3.1.1']).default('5'))
    .option('--wait <time>', '等多久，不写为 30s / how long to wait; left out: 30s', readTime);
  add<VerifyOptions>(
    'verify <file>',
    '检查信封：签名、内容、有效期 / look at envelopes: signature, content, times',
    verify,
  ).requiredOption('--public-key <key>', '公钥（必填），base64 / the public key (required), base64');
}

function addMake(command: Command): void {
  command
    .requiredOption('--district <id>', '区县编号（必填） / district (required)')
    .requiredOption('--site <id>', '站点编号（必填） / site (required)')
    .requiredOption('--key-file <file>', '私钥文件（必填） / file of the secret key (required)')
    .option('--key-id <id>', '密钥编号，不写按文件 / id of the key; left out: as in the file')
    .option('--id <id>', '指令编号，不写为随机 / id of the command; left out: random')
    .option('--valid <time>', '有效期，最长 24h，不写为 1h / good for, 24h at most; left out: 1h', readTime)
    .option('--up-to <report>', '最后看到的火警报告的 id / id of the newest report that was seen')
    .option('--zone <zone...>', '防区 / zones')
    .option('--words <text>', '附言 / a word to the people on the box')
    .option('--text <text>', '广播文字 / text to be said')
    .option('--message <id>', '站点文件中的消息 / message of the site file')
    .option('--repeat <n>', '遍数 / how often', readCount)
    .option('--within <time>', '查岗时限，如 5m / time to answer, say 5m', readTime)
    .option('--point <id...>', '监测点 / points')
    .option('--subject <id...>', '搁置的对象 / what to shelve')
    .option('--for <time>', '搁置多久 / for how long', readTime)
    .option('--part <n>', '站点文件的第几部分 / which part of the site file', readCount)
    .option('--sha256 <hex>', '站点文件的摘要 / digest of the site file')
    .option('--file <file>', '下发的站点文件 / site file to stage');
}

/** 0 done, 1 not; 2 what was given is wrong. */
async function told(lang: Lang, act: () => Promise<number>): Promise<number> {
  try {
    return await act();
  } catch (error) {
    const why = failureWords(error);
    process.stderr.write(lang === 'zh' ? `未完成：${why.zh}\n` : `not done: ${why.en}\n`);
    return exitInvalid;
  }
}

interface KeygenOptions {
  readonly lang: Lang;
  readonly keyId: string;
  readonly out?: string;
  readonly rights: readonly string[];
  readonly json?: boolean;
}

async function keygen({ keyId, out, lang, rights, json }: KeygenOptions): Promise<number> {
  const key = newSigningKey();
  const path = out ?? `${keyId}.key`;
  await writeKeyFile(path, keyId, key);
  const notAfter = commandTime(new SystemClock().wall() + yearMs).slice(0, 10);
  if (json === true) {
    const { publicKey } = key;
    process.stdout.write(`${JSON.stringify({ keyId, publicKey, rights, notAfter, file: path })}\n`);
    return 0;
  }
  const line = `  - {id: ${keyId}, public_key: "${key.publicKey}", rights: [${rights.join(', ')}], not_after: "${notAfter}"}`;
  process.stdout.write(`command_keys:\n${line}\n`);
  process.stderr.write(
    lang === 'zh'
      ? `私钥写入 ${path}（仅本人可读，勿外传）。把上面的公钥行写入站点文件（已有 command_keys 时只加第二行），按需要改 rights；可选：${commandRights.join(' ')}\n`
      : `the secret is in ${path} (only you can read it; keep it). Put the public line above into the site file (only the second line where there is command_keys already), with the rights it needs, of: ${commandRights.join(' ')}\n`,
  );
  return 0;
}

async function make(options: MakeOptions, [name]: readonly string[]): Promise<number> {
  const { lang, keyFile, valid = lifeDefaultMs } = options;
  const wall = new SystemClock().wall();
  const file = options.file === undefined ? null : await readFile(options.file);
  const made = makeOrders(String(name), options, commandTime(wall), file);
  if (!made.ok) throw new Error(made.problems.map((each) => each[lang]).join(lang === 'zh' ? '；' : '; '));
  if (valid > commandLifeMaxMs) throw new Error(lang === 'zh' ? '有效期最长 24h' : 'good for 24h at most');
  const key = await readKeyFile(keyFile);
  if (key.isOpen) process.stderr.write(`${openKeyWords(keyFile, lang)}\n`);
  for (const what of made.orders) {
    const payload = JSON.stringify(commandOf(options, what, wall, valid));
    const envelope = signEnvelope('command', options.keyId ?? key.keyId, payload, key.seed);
    process.stdout.write(`${JSON.stringify(envelope)}\n`);
  }
  return 0;
}

function commandOf({ district, site, id }: MakeOptions, what: Order, wall: number, validMs: number): DistrictCommand {
  const times = { issued: commandTime(wall), expires: commandTime(wall + validMs) };
  return commandSchema.parse({ version: 1, id: id ?? randomBytes(12).toString('hex'), district, site, ...times, what });
}

interface VerifyOptions {
  readonly lang: Lang;
  readonly publicKey: string;
  readonly json?: boolean;
}

async function verify({ publicKey, lang, json }: VerifyOptions, [file]: readonly string[]): Promise<number> {
  const zh = lang === 'zh';
  let status = 0;
  for (const line of (await readFile(String(file), 'utf8')).split('\n').filter((each) => each.trim() !== '')) {
    const envelope = parseEnvelope(Buffer.from(line));
    const isSigned = envelope !== null && isSignedBy(envelope, 'command', publicKey);
    const command = envelope === null ? null : readCommand(envelope.payload);
    if (!isSigned || command === null) status = exitRefused;
    if (json === true) {
      process.stdout.write(`${JSON.stringify({ isSigned, keyId: envelope?.keyId ?? null, command })}\n`);
      continue;
    }
    const signature = isSigned ? (zh ? '签名有效' : 'well signed') : zh ? '签名无效' : 'NOT signed by this key';
    const content = command === null ? (zh ? '内容不合约定' : 'no command') : JSON.stringify(command);
    process.stdout.write(`${signature} (${envelope?.keyId ?? '–'}): ${content}\n`);
  }
  return status;
}

function readCommand(payload: string): DistrictCommand | null {
  try {
    const parsed = commandSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
