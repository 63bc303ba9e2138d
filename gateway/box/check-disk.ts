/** The disk of the data folder: file system, options, space for files, how worn it is. What is written per day a running gateway tells. */
import { dirname } from 'node:path';
import type { BoxView } from './box-view.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';
import { diskOf, mountOf } from './mounts.js';

const { ok, hint, problem } = findingsOf('disk');
/** Where the package keeps what it writes. */
const installedData = '/var/lib/gengfu';
/** A power cut leaves these whole, or SQLite's locks do not hold on them. */
const soundTypes = /^(?:ext[34]|btrfs|xfs|f2fs|zfs)$/;
const memoryTypes = /^(?:tmpfs|ramfs)$/;
const networkTypes = /^(?:nfs\d?|cifs|smb3|fuse\.sshfs|9p|ceph)$/;
const freeNodesLeast = 2000;
const unitsUp = 8;

export async function checkDisk(look: BoxLook): Promise<readonly Finding[]> {
  const { view } = look;
  const folder = await nearestFolder(view, look.config?.dataDir ?? installedData);
  const mount = await mountOf(view, folder);
  if (mount === null) return [];
  return [mountFinding(folder, mount), ...(await nodesFinding(view, folder)), ...(await wearFindings(view, mount))];
}

/** The folder itself, or the one in which it will be made. */
async function nearestFolder(view: BoxView, folder: string): Promise<string> {
  let at = folder;
  for (let up = 0; up < unitsUp && at !== '/' && (await view.stat(at)) === null; up++) at = dirname(at);
  return (await view.real(at)) ?? at;
}

function mountFinding(
  folder: string,
  { type, source, isReadOnly, options }: Awaited<ReturnType<typeof mountOf>> & object,
): Finding {
  const what = words(`文件系统（${folder}）`, `file system of ${folder}`);
  const figure = `${type} ${source} ${options}`.slice(0, 120);
  if (isReadOnly) {
    const fix = words(
      '多半是出错后改成只读：看 dmesg，fsck，换卡；有意只读的系统把 data_dir 放到可写的分区',
      'most likely turned so after an error: see dmesg, run fsck, replace the card; on a system that is read-only by intention put data_dir on a partition that is not',
    );
    return problem(what, words(`只读（${figure}）`, `read-only (${figure})`), fix);
  }
  if (memoryTypes.test(type) || type === 'overlay') {
    const fix = words(
      '把 data_dir 放到存储卡上；断电后这里什么都不剩',
      'put data_dir on the card: nothing of it outlasts a power cut',
    );
    return problem(what, words(`在内存里（${figure}）`, `in memory (${figure})`), fix);
  }
  if (networkTypes.test(type)) {
    return problem(
      what,
      plain(figure),
      words(
        '放到本机磁盘：网络盘上的锁和落盘不可靠',
        'use a disk of the box: locks and syncs of a network disk do not hold',
      ),
    );
  }
  if (!soundTypes.test(type)) {
    return hint(
      what,
      plain(figure),
      words('用 ext4：断电后能恢复，权限有效', 'use ext4: it survives power cuts and knows permissions'),
    );
  }
  if (/(?:^|,)(?:nobarrier|barrier=0|data=writeback)(?:,|$)/.test(options)) {
    return problem(
      what,
      plain(figure),
      words(
        '从 /etc/fstab 去掉 nobarrier、barrier=0、data=writeback',
        'take nobarrier, barrier=0, data=writeback out of /etc/fstab',
      ),
    );
  }
  return ok(what, plain(figure));
}

async function nodesFinding(view: BoxView, folder: string): Promise<readonly Finding[]> {
  const space = await view.space(folder);
  if (space === null) {
    const fix = words('检查存储卡和文件系统；dmesg', 'look at the card and its file system; dmesg');
    return [problem(words('磁盘', 'disk'), words('没有应答', 'does not answer'), fix)];
  }
  // btrfs has no such number.
  if (space.totalNodes === 0) return [];
  const what = words('可建文件数（inode）', 'files that can be made (inodes)');
  const figure = plain(String(space.freeNodes));
  const budget = plain(`≥ ${freeNodesLeast}`);
  const fix = words(
    '删掉成堆的小文件：du --inodes -x / | sort -n',
    'remove heaps of small files: du --inodes -x / | sort -n',
  );
  return [space.freeNodes < freeNodesLeast ? problem(what, figure, fix, budget) : ok(what, figure, budget)];
}

/** JEDEC eMMC: life_time is two estimates in tenths, pre_eol_info 1 to 3; an SD card tells its name and its age. */
async function wearFindings(view: BoxView, mount: { readonly device: string }): Promise<readonly Finding[]> {
  const disk = await diskOf(view, mount);
  if (disk === null) return [];
  const of = (file: string) => view.text(`/sys/block/${disk}/device/${file}`);
  const [life, end, type, name, date] = [
    await of('life_time'),
    await of('pre_eol_info'),
    await of('type'),
    await of('name'),
    await of('date'),
  ];
  const what = words(`存储 ${disk}`, `storage ${disk}`);
  const kind = [type, name, date].filter((each) => each !== null).join(' ');
  const tenths = Math.max(
    0,
    ...[...(life ?? '').matchAll(/0x([0-9a-f]{1,2})/gi)].map(([, hex = '0']) => Number.parseInt(hex, 16)),
  );
  if (tenths === 0)
    return kind === '' ? [] : [ok(what, words(`${kind}，不报告磨损`, `${kind}, does not tell its wear`))];
  const figure = words(
    `${kind}，寿命约用去 ${(tenths - 1) * 10}–${tenths * 10} %`,
    `${kind}, about ${(tenths - 1) * 10}–${tenths * 10} % of its life is used`,
  );
  const fix = words('备份（gengfu backup），换新的存储', 'make a backup (gengfu backup) and replace it');
  if (tenths >= 11 || end === '0x03') return [problem(what, figure, fix)];
  return [tenths >= 9 || end === '0x02' ? hint(what, figure, fix) : ok(what, figure)];
}
