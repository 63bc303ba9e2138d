/** The way to the district: interfaces, default route, names, and each centre with its certificate and ours. */
import { X509Certificate } from 'node:crypto';
import type { UplinkConfig } from '../../config/site.js';
import { uplinkCertificate, uplinkEndpoint } from '../../config/uplinks/uplink-reach.js';
import { certificateWall } from './certificate-time.js';
import { type Finding, findingsOf, plain, utcDay, words } from './finding.js';
import type { BoxLook } from './look.js';
import type { Knocked, SeenCertificate } from './outside.js';

const { ok, hint, problem } = findingsOf('network');
const uplinks = findingsOf('uplinks');
const endsSoonMs = 30 * 86_400_000;
/** At more centres than these nobody knocks. */
const centresMax = 8;
/** A link that has none of them leads nowhere but to this box. */
const noLink = /^(?:lo|docker|veth|br-|virbr)/;

export async function checkNetwork(look: BoxLook): Promise<readonly Finding[]> {
  const centres = (look.config?.uplinks ?? []).slice(0, centresMax);
  const each = await Promise.all(centres.map((uplink) => centreFindings(look, uplink)));
  return [await linkFinding(look), await routeFinding(look), ...each.flat()];
}

async function linkFinding({ view, config }: BoxLook): Promise<Finding> {
  const what = words('网口', 'network interfaces');
  const names = (await view.names('/sys/class/net')).filter((name) => !noLink.test(name));
  const states = await Promise.all(
    names.map(async (name) => ({ name, state: (await view.text(`/sys/class/net/${name}/operstate`)) ?? '?' })),
  );
  const figure = plain(states.map(({ name, state }) => `${name} ${state}`).join(', ') || '–');
  // Modems and tunnels call themselves unknown while they work.
  if (states.some(({ state }) => state === 'up' || state === 'unknown')) return ok(what, figure);
  const fix = words(
    '检查网线、无线、SIM 卡；本地报警不受影响',
    'look at cable, Wi-Fi, SIM card; alarms on the spot go on',
  );
  return needsNetwork(config) ? problem(what, figure, fix) : hint(what, figure, fix);
}

/** Short messages go without one. */
function needsNetwork(config: BoxLook['config']): boolean {
  return config?.uplinks.some((uplink) => uplinkEndpoint(uplink) !== null) ?? false;
}

async function routeFinding({ view, config }: BoxLook): Promise<Finding> {
  const what = words('默认路由', 'default route');
  const v4 = ((await view.text('/proc/net/route')) ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s+/));
  const v6 = ((await view.text('/proc/net/ipv6_route')) ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  const own = v4.filter(
    ([, to, , flags = '0', , , , mask]) =>
      to === '00000000' && mask === '00000000' && (Number.parseInt(flags, 16) & 1) === 1,
  );
  const own6 = v6.filter((row) => /^0+$/.test(row[0] ?? 'x') && row[1] === '00' && row[9] !== 'lo');
  const through = [...new Set([...own.map(([name = '']) => name), ...own6.map((row) => row[9] ?? '')])].filter(
    (name) => name !== '',
  );
  if (through.length > 0) return ok(what, plain(through.join(', ')));
  const fix = words('设置网关地址（DHCP 或 nmcli）', 'set a gateway address (DHCP, or nmcli)');
  const figure = words('没有', 'there is none');
  return needsNetwork(config) ? problem(what, figure, fix) : hint(what, figure, fix);
}

async function centreFindings(look: BoxLook, uplink: UplinkConfig): Promise<readonly Finding[]> {
  const { outside } = look;
  const what = words(`平台 ${uplink.id}`, `centre of ${uplink.id}`);
  const at = uplinkEndpoint(uplink);
  if (at === null) return [];
  const { host, port } = at;
  const own = await ownCertificate(look, uplink);
  if ((await outside.address(host)) === null) {
    const fix = words(
      `检查 DNS（/etc/resolv.conf）和地址的拼写；临时可写 IP 或 /etc/hosts`,
      `look at the DNS (/etc/resolv.conf) and the spelling; for now an address, or a line in /etc/hosts`,
    );
    return [uplinks.problem(what, words(`查不到 ${host}`, `the name ${host} is not found`), fix), ...own];
  }
  const read = (path: string | null): Promise<string | null> =>
    path === null ? Promise.resolve(null) : look.view.text(path);
  const tls =
    at.tls === null
      ? null
      : { ca: await read(at.tls.caFile), cert: await read(at.tls.certFile), key: await read(at.tls.keyFile) };
  const knocked = await outside.knock({ host, port, tls }).catch((): Knocked => ({ kind: 'closed', code: 'KEYS' }));
  return [knockFinding(what, `${host}:${port}`, knocked), ...certificateFindings(uplink, knocked, look.wall), ...own];
}

const closedWords: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ECONNREFUSED: [
    '端口没有程序应答；检查端口号和平台',
    'nothing answers at that port: look at its number, ask the centre',
  ],
  LATE: ['没有应答；检查防火墙、路由、SIM 卡流量', 'no answer: look at firewalls, the route, the SIM card’s data'],
  EHOSTUNREACH: ['到不了；检查路由', 'no way there: look at the route'],
  ENETUNREACH: ['没有网络；检查网口和默认路由', 'no network: look at interfaces and the default route'],
  KEYS: [
    '证书和私钥不配，或读不出；检查 cert_file、key_file',
    'certificate and key do not fit, or do not read: look at cert_file, key_file',
  ],
};

function knockFinding(what: Finding['what'], where: string, knocked: Knocked): Finding {
  if (knocked.kind === 'open') return uplinks.ok(what, plain(`${where} · ${Math.round(knocked.tookMs)} ms`));
  const [zh, en] = closedWords[knocked.code] ?? [
    '用 openssl s_client -connect 看看；端口是否是 TLS',
    'see with openssl s_client -connect; is that port one of TLS?',
  ];
  return uplinks.problem(
    what,
    words(`连不上 ${where}（${knocked.code}）`, `${where} can not be reached (${knocked.code})`),
    words(zh, en),
  );
}

function certificateFindings({ id }: UplinkConfig, knocked: Knocked, wall: number): readonly Finding[] {
  if (knocked.kind === 'closed' || knocked.certificate === null) return [];
  const what = words(`平台 ${id} 的服务器证书`, `the centre’s certificate at ${id}`);
  const { fault, names, endsWall } = knocked.certificate;
  const until = endsWall === null ? '' : utcDay(endsWall);
  const figure = words(`${names}，有效期至 ${until}`, `${names}, good until ${until}`);
  if (fault !== null)
    return [uplinks.problem(what, words(`${figure.zh}（${fault}）`, `${figure.en} (${fault})`), faultFix(fault))];
  return [endsFinding(what, figure, endsWall, wall, words('请平台换证书', 'ask the centre to renew it'))];
}

function faultFix(fault: NonNullable<SeenCertificate['fault']>): Finding['what'] {
  if (/ALTNAME|HOSTNAME/.test(fault)) return words('url 用证书里的名称', 'write a name of the certificate into url');
  if (/EXPIRED|NOT_YET_VALID/.test(fault))
    return words(
      '先看本机时钟；时钟对就请平台换证书',
      'look at this box’s clock first; if it is right, ask the centre to renew it',
    );
  return words('把平台的 CA 证书写入 ca_file', 'put the centre’s CA certificate into ca_file');
}

async function ownCertificate({ view, wall }: BoxLook, uplink: UplinkConfig): Promise<readonly Finding[]> {
  const { id } = uplink;
  const certFile = uplinkCertificate(uplink);
  if (certFile === null) return [];
  const what = words(`上传通道 ${id} 自己的证书`, `our own certificate at ${id}`);
  const fix = words(
    `向平台索取新证书，换掉 ${certFile} 和私钥`,
    `ask the centre for another one, for ${certFile} and its key`,
  );
  const read = await view.read(certFile);
  if (!read.ok && read.code === 'EACCES')
    return [
      uplinks.hint(
        what,
        words('当前用户不能读', 'not for this user to read'),
        words('用 sudo 再查', 'ask again with sudo'),
      ),
    ];
  if (!read.ok) return [uplinks.problem(what, words(`读不出（${read.code}）`, `does not read (${read.code})`), fix)];
  try {
    const endsWall = certificateWall(new X509Certificate(read.text).validTo);
    const until = endsWall === null ? '?' : utcDay(endsWall);
    return [endsFinding(what, words(`有效期至 ${until}`, `good until ${until}`), endsWall, wall, fix)];
  } catch {
    return [uplinks.problem(what, words('不是 PEM 证书', 'is no PEM certificate'), fix)];
  }
}

function endsFinding(
  what: Finding['what'],
  figure: Finding['what'],
  endsWall: number | null,
  wall: number,
  fix: Finding['what'],
): Finding {
  if (endsWall === null || endsWall > wall + endsSoonMs) return uplinks.ok(what, figure);
  return endsWall < wall ? uplinks.problem(what, figure, fix) : uplinks.hint(what, figure, fix);
}
