/** A box that does not exist: files of /sys, /proc, /etc and /dev under a folder of their own, programs and a network that answer from a table. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Words } from '../../config/vocabulary.js';
import { SystemClock } from '../../drivers/clock.js';
import { type NodeFacts, SystemView } from '../../gateway/box/box-view.js';
import { examine } from '../../gateway/box/examine.js';
import type { Finding } from '../../gateway/box/finding.js';
import type { BoxLook } from '../../gateway/box/look.js';
import type { Knocked, Outside } from '../../gateway/box/outside.js';
import { Patience } from '../../gateway/box/patience.js';
import { gatewayPerson } from '../../gateway/box/person.js';

/** Text of a file, or where a link leads (relative). */
export type Planted = Readonly<Record<string, string | { readonly to: string }>>;

export interface BoxOptions {
  readonly files?: Planted;
  /** What can not be planted without being root: owner, mode, and that it is a device. */
  readonly nodes?: Readonly<Record<string, Partial<NodeFacts>>>;
  /** By the program's name: what it prints. */
  readonly prints?: Readonly<Record<string, string>>;
  /** Hosts that have an address. */
  readonly hosts?: readonly string[];
  readonly knocked?: Knocked;
  readonly look?: Partial<BoxLook>;
}

class PlantedView extends SystemView {
  constructor(
    patience: Patience,
    root: string,
    private readonly nodes: Readonly<Record<string, Partial<NodeFacts>>>,
  ) {
    super(patience, root);
  }

  override async stat(path: string): Promise<NodeFacts | null> {
    const found = await super.stat(path);
    const real = (await this.real(path)) ?? path;
    return found === null ? null : { ...found, ...this.nodes[real], ...this.nodes[path] };
  }
}

/** What a box that has nothing wrong with it has. */
export const soundBox: Planted = {
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\ngengfu:x:990:990::/var/lib/gengfu:/usr/sbin/nologin',
  '/etc/group': 'root:x:0:\ndialout:x:20:gengfu\ngpio:x:997:\naudio:x:29:\ni2c:x:998:\ngengfu:x:990:',
  '/etc/systemd/system/gengfu.service': '[Service]\nUser=gengfu\nSupplementaryGroups=dialout gpio audio i2c\n',
  '/proc/cmdline': 'console=tty1 root=/dev/mmcblk0p2',
  '/proc/net/route':
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\neth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000',
  '/sys/class/net/eth0/operstate': 'up',
  '/proc/meminfo': 'MemTotal:  3900000 kB\nMemAvailable: 3000000 kB',
  '/proc/self/mountinfo': '29 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw',
  '/run/systemd/timesync/synchronized': '',
  '/sys/class/rtc/rtc0/name': 'rtc-ds1307 1-0068',
  '/sys/class/rtc/rtc0/since_epoch': '1795996800',
};
export const boxWall = 1_795_996_800_000;

export interface PlantedBox {
  readonly look: BoxLook;
  /** All that `gengfu doctor` finds. */
  findings(): Promise<readonly Finding[]>;
  /** `severity area: what: figure` of those that are not in order. */
  told(): Promise<readonly Words[]>;
}

export async function plantBox({
  files = {},
  nodes = {},
  prints = {},
  hosts = [],
  knocked,
  look = {},
}: BoxOptions = {}): Promise<PlantedBox> {
  const root = mkdtempSync(join(tmpdir(), 'gengfu-box-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ ...soundBox, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (typeof content === 'string') writeFileSync(join(root, path), content);
    else symlinkSync(content.to, join(root, path));
  }
  const patience = new Patience(new SystemClock());
  const view = new PlantedView(patience, root, nodes);
  const outside: Outside = {
    run: async (program) => prints[program] ?? null,
    address: async (host) => (hosts.includes(host) ? '192.0.2.1' : null),
    knock: async () => knocked ?? { kind: 'closed', code: 'ECONNREFUSED' },
  };
  const asker = { name: 'root', uid: 0, gids: [0], isOfUnit: false };
  const all: BoxLook = {
    ...{
      view,
      outside,
      config: null,
      facts: null,
      wall: boxWall,
      trust: 'trusted',
      version: '1.0.0',
      lives: [],
      pid: 1,
    },
    ...{ asker, person: await gatewayPerson(view, asker) },
    ...look,
  };
  const findings = (): Promise<readonly Finding[]> => examine(all, patience);
  return {
    look: all,
    findings,
    told: async () =>
      (await findings()).flatMap(({ severity, area, what, figure }) => {
        const line = (lang: 'zh' | 'en'): string => `${severity} ${area}: ${what[lang]}: ${figure[lang]}`;
        return severity === 'ok' ? [] : [{ zh: line('zh'), en: line('en') }];
      }),
  };
}
