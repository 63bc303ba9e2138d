/** The user of the gateway: is it there, in the groups that the site needs, and does the data folder belong to it? */
import type { SiteConfig } from '../../config/site.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';
import { mayUse, readGroups } from './person.js';

const { ok, hint, problem } = findingsOf('rights');
const openToOthers = 0o077;

export async function checkRights(look: BoxLook): Promise<readonly Finding[]> {
  const { person } = look;
  if (person.uid === null) {
    const add = `useradd --system --home-dir /var/lib/gengfu --shell /usr/sbin/nologin ${person.name}`;
    const fix = words(`重新安装软件包，或：${add}`, `install the package again, or: ${add}`);
    return [
      problem(words('运行用户', 'user'), words(`没有用户 ${person.name}`, `there is no user ${person.name}`), fix),
    ];
  }
  return [
    userFinding(look),
    ...askerFinding(look),
    ...(await groupFindings(look)),
    ...(look.config === null ? [] : [await folderFinding(look, look.config.dataDir)]),
    ...(look.config === null ? [] : await siteFileFindings(look, look.config.file)),
  ];
}

function userFinding({ person: { name, uid, isOfUnit } }: BoxLook): Finding {
  const what = words('运行用户', 'user');
  if (!isOfUnit) {
    const figure = words(
      `没有找到服务文件，按当前用户 ${name} 检查`,
      `no unit file was found: looked at as ${name}, who asks`,
    );
    const fix = words(
      '安装软件包，网关就以 gengfu 用户运行',
      'install the package: the gateway then runs as the user gengfu',
    );
    return hint(what, figure, fix);
  }
  if (uid !== 0) return ok(what, plain(name));
  const fix = words('服务文件里写 User=gengfu', 'write User=gengfu into the unit file');
  return hint(what, words('以 root 运行', 'it runs as root'), fix);
}

/** Who holds a port, what is in a closed folder: root alone sees all of it. */
function askerFinding({ asker, person }: BoxLook): readonly Finding[] {
  if (asker.uid === 0 || asker.uid === person.uid) return [];
  const figure = words(`${asker.name}，有些看不到`, `${asker.name}, who can not see everything`);
  return [hint(words('当前用户', 'who asks'), figure, plain('sudo gengfu doctor'))];
}

/** Groups that the nodes of this site belong to on Debian and the Raspberry Pi OS. */
function neededGroups(config: SiteConfig): readonly (readonly [group: string, zh: string, en: string])[] {
  const hasTty =
    config.lines.some(({ transport }) => transport === 'serial') ||
    config.speakers.some(({ player }) => player.kind === 'chip') ||
    config.uplinks.some(({ kind }) => kind === 'sms');
  const hasPins = config.gpio !== null && config.gpio.driver !== 'simulated';
  return [
    ...(hasTty ? ([['dialout', '串口', 'serial ports']] as const) : []),
    ...(hasPins ? ([['gpio', '引脚', 'pins']] as const) : []),
    ...(config.speakers.some(({ player }) => player.kind === 'aplay')
      ? ([['audio', '声卡', 'sound card']] as const)
      : []),
    ...(config.ups === undefined ? [] : ([['i2c', 'UPS 板', 'UPS board']] as const)),
  ];
}

async function groupFindings({ view, config, person }: BoxLook): Promise<readonly Finding[]> {
  if (config === null || person.uid === 0) return [];
  const groups = await readGroups(view);
  return neededGroups(config).map(([name, zh, en]) => {
    const what = words(`用户组 ${name}（${zh}）`, `group ${name} (${en})`);
    const group = groups.find((each) => each.name === name);
    // Boards without the Raspberry Pi OS have other names: the node itself is looked at as well.
    if (group === undefined) {
      const fix = words(
        `groupadd --system ${name}，再配 udev 规则`,
        `groupadd --system ${name}, with a udev rule for it`,
      );
      return hint(what, words('本机没有这个组', 'there is no such group here'), fix);
    }
    if (person.gids.includes(group.gid)) return ok(what, words(`${person.name} 在组内`, `${person.name} is in it`));
    const add = `usermod -aG ${name} ${person.name}`;
    const fix = words(`${add}，然后 systemctl restart gengfu`, `${add}, then systemctl restart gengfu`);
    return problem(what, words(`${person.name} 不在组内`, `${person.name} is not in it`), fix);
  });
}

async function folderFinding({ view, person }: BoxLook, dataDir: string): Promise<Finding> {
  const what = words(`数据目录 ${dataDir}`, `data folder ${dataDir}`);
  const owner = `${person.name}:${person.name}`;
  const make = `install -d -m 700 -o ${person.name} -g ${person.name} ${dataDir}`;
  const node = await view.stat(dataDir);
  if (node === null) {
    if ((await view.whyNot(dataDir)) === 'EACCES')
      return hint(
        what,
        words('当前用户看不到', 'not for this user to see'),
        words('用 sudo 再查', 'ask again with sudo'),
      );
    return hint(
      what,
      words('还没有', 'is not there yet'),
      words(`启动时会建立；或：${make}`, `it is made at the start; or: ${make}`),
    );
  }
  if (node.kind !== 'folder')
    return problem(what, words('不是目录', 'is no folder'), words('改 data_dir', 'change data_dir'));
  if (person.uid !== 0 && node.uid !== person.uid) {
    const fix = plain(`chown -R ${owner} ${dataDir}`);
    return problem(
      what,
      words(`属于用户号 ${node.uid}，不是 ${person.name}`, `belongs to user ${node.uid}, not to ${person.name}`),
      fix,
    );
  }
  const mode = node.mode.toString(8);
  if ((node.mode & openToOthers) !== 0) {
    const figure = words(
      `权限 ${mode}：别人可以进入，记录里有人名`,
      `mode ${mode}: others may enter, and the journal names people`,
    );
    return hint(what, figure, plain(`chmod -R go= ${dataDir}`), plain('700'));
  }
  return ok(what, plain(mode), plain('700'));
}

async function siteFileFindings({ view, person }: BoxLook, file: string): Promise<readonly Finding[]> {
  const what = words(`站点文件 ${file}`, `site file ${file}`);
  const node = await view.stat(file);
  if (node === null) return [];
  const set = plain(`chown root:${person.name} ${file} && chmod 640 ${file}`);
  if (!mayUse(person, node, 4))
    return [problem(what, words(`${person.name} 不能读`, `${person.name} can not read it`), set)];
  if ((node.mode & 0o022) !== 0) {
    const figure = words(
      `权限 ${node.mode.toString(8)}：不只所有者能改`,
      `mode ${node.mode.toString(8)}: not only its owner may change it`,
    );
    return [hint(what, figure, set, plain('640'))];
  }
  return [ok(what, words(`${person.name} 能读`, `${person.name} can read it`))];
}
