/** Every serial port that the site names: there, by a name that stays, ours to open, held by nobody else, no console on it. */
import type { SiteConfig } from '../../config/site.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';
import { mayUse } from './person.js';
import { consoleTtys, type Holder, holdersOf, readTty, type TtyFacts } from './serial-nodes.js';

const { ok, hint, problem } = findingsOf('ports');
/** FTDI's usual 16 ms stand between an answer and us, at every question. */
const latencyBestMs = 1;
/** Numbers that the kernel gives in the order of plugging in. */
const numbered = /^\/dev\/tty(?:USB|ACM|CH34xUSB|XRUSB)\d+$/;
/** UARTs of the board: ttyAMA0, ttyS0, serial0. */
const onBoard = /^\/dev\/(?:tty(?:AMA|S)\d+|serial\d)$/;

interface NamedPort {
  readonly by: string;
  readonly path: string;
}

/** Lines, loudspeaker chips on ttys, and modems. */
export function portsOf(config: SiteConfig): readonly NamedPort[] {
  return [
    ...config.lines.flatMap((line) => (line.transport === 'serial' ? [{ by: line.id, path: line.path }] : [])),
    ...config.speakers.flatMap(({ id, player }) => (player.kind === 'chip' ? [{ by: id, path: player.path }] : [])),
    ...config.uplinks.flatMap((uplink) => (uplink.kind === 'sms' ? [{ by: uplink.id, path: uplink.port }] : [])),
  ];
}

export async function checkPorts(look: BoxLook): Promise<readonly Finding[]> {
  const { view, config } = look;
  if (config === null) return portsOfBox(look);
  const ports = portsOf(config);
  const seen = await Promise.all(ports.map(async (port) => ({ port, tty: await readTty(view, port.path) })));
  const devices = new Set(seen.flatMap(({ tty }) => (tty === null ? [] : [tty.device])));
  const [held, consoles] = [await holdersOf(view, devices), await consoleTtys(view)];
  const each = await Promise.all(
    seen.map(async ({ port, tty }) =>
      tty === null
        ? [await missing(look, port)]
        : [...portFindings(look, port, tty, held.get(tty.device) ?? []), ...consoleFindings(port, tty, consoles)],
    ),
  );
  return [...each.flat(), ...sharedFindings(seen)];
}

/** Without a site file: what is there to be written into one. */
async function portsOfBox({ view }: BoxLook): Promise<readonly Finding[]> {
  const names = await view.names('/dev/serial/by-id');
  const ttys = (await view.names('/dev')).filter((name) => /^tty(?:USB|ACM|AMA|CH34xUSB)\d+$/.test(name));
  const what = words('串口', 'serial ports');
  if (ttys.length === 0) {
    const fix = words(
      '插上 RS-485 适配器；驱动：modprobe ch341 cp210x ftdi_sio cdc_acm',
      'plug the RS-485 adapter in; drivers: modprobe ch341 cp210x ftdi_sio cdc_acm',
    );
    return [hint(what, words('没有找到', 'none found'), fix)];
  }
  return [
    ok(
      what,
      plain([...names.map((name) => `/dev/serial/by-id/${name}`), ...ttys.map((name) => `/dev/${name}`)].join(', ')),
    ),
  ];
}

function title({ by, path }: NamedPort) {
  return words(`串口 ${path}（${by}）`, `port ${path} (${by})`);
}

async function missing({ view }: BoxLook, port: NamedPort): Promise<Finding> {
  const others = (await view.names('/dev/serial/by-id')).map((name) => `/dev/serial/by-id/${name}`);
  const there = others.length === 0 ? words('没有任何 USB 适配器', 'no USB adapter at all') : plain(others.join(', '));
  return problem(
    title(port),
    words('没有', 'is not there'),
    words(`检查插头和 lsusb；现有：${there.zh}`, `look at the plug and lsusb; there is: ${there.en}`),
  );
}

function portFindings(
  { person, facts, pid }: BoxLook,
  port: NamedPort,
  { device, node, adapter, latencyMs, driver }: TtyFacts,
  held: readonly Holder[],
): readonly Finding[] {
  const what = title(port);
  const findings: Finding[] = [];
  if (node.kind !== 'device')
    return [problem(what, words('不是设备', 'is no device'), words('改 path', 'change its path'))];
  if (!mayUse(person, node, 6)) {
    const fix = words(
      `usermod -aG dialout ${person.name}，或检查 udev 规则；然后重启网关`,
      `usermod -aG dialout ${person.name}, or look at the udev rules; then restart the gateway`,
    );
    findings.push(problem(what, words(`${person.name} 不能读写`, `${person.name} may not read and write it`), fix));
  }
  const others = held.filter((each) => each.pid !== pid && !isGateway(each, facts !== null));
  if (others.length > 0) {
    const who = others.map((each) => `${each.program} (${each.pid})`).join(', ');
    const fix = words(
      `停掉它；ModemManager：systemctl disable --now ModemManager`,
      `stop it; ModemManager: systemctl disable --now ModemManager`,
    );
    findings.push(problem(what, words(`被占用：${who}`, `held by ${who}`), fix));
  }
  if (numbered.test(port.path)) {
    const fix = words(
      '改用 /dev/serial/by-id/… 或 /dev/serial/by-path/…',
      'name it by /dev/serial/by-id/… or /dev/serial/by-path/…',
    );
    findings.push(hint(what, words('名称会随插拔改变', 'its name changes with the order of plugging in'), fix));
  }
  if (latencyMs !== null && latencyMs > latencyBestMs) {
    const name = device.slice(device.lastIndexOf('/') + 1);
    const fix = plain(`echo 1 > /sys/bus/usb-serial/devices/${name}/latency_timer; udev: ATTR{latency_timer}="1"`);
    findings.push(
      hint(
        what,
        words(`FTDI 延时 ${latencyMs} ms，每次问答都要等`, `FTDI waits ${latencyMs} ms at every answer`),
        fix,
        plain(`${latencyBestMs} ms`),
      ),
    );
  }
  const known = [device, adapter, driver].filter((each) => each !== null).join(' · ');
  return findings.length > 0 ? findings : [ok(what, plain(known))];
}

/** While the gateway runs it holds its ports; its program is node, or is called after the package. */
function isGateway({ program }: Holder, isRunning: boolean): boolean {
  return isRunning && /^(?:node|gengfu|MainThread)/.test(program);
}

function consoleFindings(
  port: NamedPort,
  { device }: TtyFacts,
  { kernel, login }: { readonly kernel: readonly string[]; readonly login: readonly string[] },
): readonly Finding[] {
  const what = title(port);
  const name = device.slice(device.lastIndexOf('/') + 1);
  const board = onBoard.test(device) || onBoard.test(port.path);
  return [
    ...(kernel.includes(device)
      ? [
          problem(
            what,
            words('内核控制台还开着，会往总线上写字', 'the kernel’s console is on it and writes on the wire'),
            board
              ? words(
                  'raspi-config 关掉串口登录，或从 /boot/firmware/cmdline.txt 去掉 console=serial0,115200，再重启',
                  'turn the serial console off in raspi-config, or take console=serial0,115200 out of /boot/firmware/cmdline.txt, and reboot',
                )
              : words('从内核参数去掉这个 console=', 'take this console= out of the kernel’s command line'),
          ),
        ]
      : []),
    ...(login.includes(device) || login.includes(port.path)
      ? [
          problem(
            what,
            words('串口登录（serial-getty）在上面', 'a login (serial-getty) waits on it'),
            plain(`systemctl disable --now serial-getty@${name}.service`),
          ),
        ]
      : []),
  ];
}

/** Two names, one adapter. */
function sharedFindings(
  seen: readonly { readonly port: NamedPort; readonly tty: TtyFacts | null }[],
): readonly Finding[] {
  return seen.flatMap(({ port, tty }, at) => {
    const first = seen.slice(0, at).find((each) => tty !== null && each.tty?.device === tty.device);
    if (first === undefined) return [];
    const figure = words(`与 ${first.port.by} 是同一个适配器`, `is the same adapter as that of ${first.port.by}`);
    return [problem(title(port), figure, words('改其中一个 path', 'change one of the paths'))];
  });
}
