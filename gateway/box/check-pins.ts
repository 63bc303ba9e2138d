/** The pins that the site names: which chip, which numbers, whom they belong to; and the bus of a UPS board. */
import type { SiteConfig } from '../../config/site.js';
import { isHeaderChip } from '../../drivers/gpio/header-chip.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';
import { mayUse } from './person.js';

const { ok, hint, problem } = findingsOf('pins');
/** Who we are to the kernel, by either way to the pins. */
const ownConsumers = /^(?:gengfu|sysfs)$/;
/** Pins that are looked at; no board has more on its header. */
const pinsNamedMax = 40;

export async function checkPins(look: BoxLook): Promise<readonly Finding[]> {
  const { config } = look;
  if (config === null) return [];
  return [...(isRealGpio(config) ? await gpioFindings(look, pinsOf(config)) : []), ...(await upsFinding(look))];
}

function isRealGpio({ gpio }: SiteConfig): boolean {
  return gpio !== null && gpio.driver !== 'simulated';
}

/** Numbers of all pins of a site, each once. */
export function pinsOf({ outputs, heartbeats, points }: SiteConfig): readonly number[] {
  const all = [
    ...[...outputs, ...heartbeats].flatMap(({ target }) => (target.kind === 'pin' ? [target.pin] : [])),
    ...points.flatMap(({ source }) => (source.kind === 'pin' ? [source.pin] : [])),
  ];
  return [...new Set(all)].sort((a, b) => a - b).slice(0, pinsNamedMax);
}

interface Chip {
  readonly name: string;
  readonly label: string;
  readonly base: number;
  readonly count: number;
}

async function gpioFindings(look: BoxLook, pins: readonly number[]): Promise<readonly Finding[]> {
  const { view, person, config } = look;
  const what = words('引脚芯片', 'chip of the pins');
  const chips = await sysfsChips(look);
  const nodes = (await view.names('/dev')).filter((name) => /^gpiochip\d+$/.test(name));
  const chip = chips.find(({ label }) => isHeaderChip(label)) ?? null;
  if (chip === null && nodes.length === 0) {
    const fix = words(
      '这块板没有树莓派那样的引脚；改用继电器模块，或去掉 pin',
      'this board has no pins like those of a Raspberry Pi: use a relay unit, or remove the pins',
    );
    return [problem(what, words('没有', 'there is none'), fix)];
  }
  const findings: Finding[] = [];
  if (chip === null) {
    const figure = words(`sysfs 里没有，用 ${nodes.join('、')}`, `none in sysfs; ${nodes.join(', ')}`);
    findings.push(
      config?.gpio?.driver === 'sysfs' ? problem(what, figure, plain('gpio: {driver: auto}')) : ok(what, figure),
    );
  } else {
    const [first = 0] = pins;
    const numbers = words(
      `GPIO${first} 在 sysfs 是 ${chip.base + first}`,
      `GPIO${first} is ${chip.base + first} in sysfs`,
    );
    const figure = words(
      `${chip.label}，起点 ${chip.base}：${numbers.zh}`,
      `${chip.label}, base ${chip.base}: ${numbers.en}`,
    );
    const beyond = pins.filter((pin) => pin >= chip.count);
    findings.push(
      beyond.length === 0
        ? ok(what, figure)
        : problem(
            what,
            words(`没有 GPIO${beyond.join('、')}`, `has no GPIO${beyond.join(', ')}`),
            words(`改用 0 至 ${chip.count - 1}`, `use 0 to ${chip.count - 1}`),
          ),
    );
  }
  for (const name of nodes) {
    const node = await view.stat(`/dev/${name}`);
    if (node === null || mayUse(person, node, 6)) continue;
    const fix = words(
      `usermod -aG gpio ${person.name}，或检查 udev 规则`,
      `usermod -aG gpio ${person.name}, or look at the udev rules`,
    );
    findings.push(
      (config?.gpio?.driver === 'chip' ? problem : hint)(
        plain(`/dev/${name}`),
        words(`${person.name} 不能读写`, `${person.name} may not read and write it`),
        fix,
      ),
    );
  }
  return [...findings, ...(await claimFindings(look, pins, chip))];
}

async function sysfsChips({ view }: BoxLook): Promise<readonly Chip[]> {
  const names = (await view.names('/sys/class/gpio')).filter((name) => name.startsWith('gpiochip'));
  const chips = await Promise.all(
    names.map(async (name) => {
      const of = async (file: string): Promise<string> => (await view.text(`/sys/class/gpio/${name}/${file}`)) ?? '';
      return { name, label: await of('label'), base: Number(await of('base')), count: Number(await of('ngpio')) };
    }),
  );
  return chips;
}

/** The kernel's own list; root alone may read it. */
async function claimFindings(
  { view, facts }: BoxLook,
  pins: readonly number[],
  chip: Chip | null,
): Promise<readonly Finding[]> {
  const list = await view.text('/sys/kernel/debug/gpio');
  if (list === null || chip === null) return [];
  const claims = new Map(
    [...list.matchAll(/^\s*gpio-(\d+)\s+\(([^|)]*)(?:\|([^)]*))?\)/gm)].map(([, number, , by = '']) => [
      Number(number) - chip.base,
      by.trim(),
    ]),
  );
  return pins.flatMap((pin) => {
    const by = claims.get(pin) ?? '';
    const isOurs = ownConsumers.test(by) && facts !== null;
    if (by === '' || isOurs) return [];
    const what = plain(`GPIO${pin}`);
    if (by === 'sysfs') {
      const fix = words(
        `没有网关在运行：是从前留下的，或别的程序在用；启动网关会接管`,
        `no gateway runs: it was left so, or another program uses it; the gateway takes it over`,
      );
      return [hint(what, words('已被导出（sysfs）', 'is exported (sysfs)'), fix)];
    }
    const fix = words(
      `在 /boot/firmware/config.txt 里去掉占用它的 dtoverlay/dtparam，或换一个引脚`,
      `take the dtoverlay or dtparam that uses it out of /boot/firmware/config.txt, or choose another pin`,
    );
    return [problem(what, words(`被 ${by} 占用`, `is claimed by ${by}`), fix)];
  });
}

async function upsFinding({ view, config, person }: BoxLook): Promise<readonly Finding[]> {
  if (config?.ups === undefined) return [];
  const path = `/dev/i2c-${config.ups.i2cBus}`;
  const what = words(`UPS 板 ${config.ups.board}`, `UPS board ${config.ups.board}`);
  const node = await view.stat(path);
  if (node === null) {
    return [
      problem(
        what,
        words(`没有 ${path}`, `there is no ${path}`),
        words('raspi-config 打开 I2C；modprobe i2c-dev', 'turn I2C on in raspi-config; modprobe i2c-dev'),
      ),
    ];
  }
  return [
    mayUse(person, node, 6)
      ? ok(what, plain(path))
      : problem(
          what,
          words(`${person.name} 不能读写 ${path}`, `${person.name} may not use ${path}`),
          plain(`usermod -aG i2c ${person.name}`),
        ),
  ];
}
