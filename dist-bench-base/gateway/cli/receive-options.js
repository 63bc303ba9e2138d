/** `gengfu receive`: what may stand behind it. */
import { InvalidArgumentError, Option } from 'commander';
import { idPattern } from '../../config/ids.js';
import { readTime } from './read-time.js';
/** @param act loads what it needs only when it is called. */
export function addReceive(program, act) {
    program
        .command('receive')
        .description('区县平台侧：接收、去重、查漏、回执 / on the district side: receive, de-duplicate, find gaps, send receipts')
        .requiredOption('--url <url>', 'mqtt://、mqtts://、ws:// 或 wss://，不含密码（必填） / without a password (required)')
        .requiredOption('--district <id...>', '区县（必填，可多个） / districts (required)', collectIds)
        .option('--site <id...>', '站点，不写为全部 / sites; left out: all', collectIds)
        .requiredOption('--store <file>', '接收端的数据文件（必填） / the store, a file (required)')
        .option('--out <file>', '每条一行 JSON 写入文件，每条恰好一次；不写为标准输出 / lines go to this file, each exactly once; left out: standard output')
        .option('--ca <file>', '签发证书 / authority of the broker, PEM')
        .option('--cert <file>', '客户端证书 / client certificate, PEM')
        .option('--key <file>', '客户端私钥 / its key, PEM')
        .option('--username <name>', '用户名 / user name')
        .option('--password-file <file>', '密码文件 / a file with the password')
        .option('--client-id <id>', '客户端标识，每个接收端各不相同 / client id, one for each receiver')
        .addOption(new Option('--mqtt-version <version>', 'MQTT 版本 / version of MQTT').choices(['5', '3.1.1']).default('5'))
        .option('--key-file <file>', '回执签名私钥（32 字节 base64）；不写为不签名 / key for receipts, 32 bytes in base64; left out: unsigned')
        .option('--key-id <id>', '该私钥在站点文件中的编号 / how the site files name that key')
        .option('--gap-after <time>', '缺号多久后提示，不写为 10m / how long a gap is open before it is told; left out: 10m', readTime)
        .option('--join', '对已在运行的站点，从收到的第一条算起 / begin with the first row seen of a site that already runs')
        .option('--accept-gaps', '启动时的缺号不再等待 / what is missing at the start will never come; receipts go on behind it')
        .addOption(new Option('--lang <lang>', '语言 / language').choices(['zh', 'en']).default('zh'))
        .option('--json', '提示也用 JSON / what is told on standard error is JSON too')
        .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
        .action(act);
}
function collectIds(id, before = []) {
    if (!idPattern.test(id))
        throw new InvalidArgumentError('a-z, 0-9, -');
    return [...before, id];
}
