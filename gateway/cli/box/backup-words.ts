/** What `gengfu backup`, `restore` and `replace` say. Pure. */
import type { Words } from '../../../config/vocabulary.js';
import { filesMax, filesMaxBytes, type KeptFile } from '../../backup/kept-files.js';
import type { SerialLine } from '../../backup/line-paths.js';
import type { RestorePlan } from '../../backup/restore-plan.js';
import type { BackupHead, Opened } from '../../backup/sealed.js';

export type Told = Words;

const kB = 1024;
const both = (zh: string, en: string): Words => ({ zh, en });
const joined = (parts: readonly Words[]): Words =>
  both(parts.map(({ zh }) => zh).join('\n'), parts.map(({ en }) => en).join('\n'));

export const backupWords = {
  tooMuch: (what: string) =>
    both(
      `太大，不像一台主机的备份（${what}）；最多 ${filesMax} 个文件、${filesMaxBytes / kB / kB} MB。检查 profiles/ 和数据目录里有没有别的文件`,
      `too much for the backup of a box (${what}); at most ${filesMax} files and ${filesMaxBytes / kB / kB} MB. See whether other files lie in profiles/ or the data folder`,
    ),
  isThere: (to: string) => both(`${to} 已经存在；换一个文件名`, `${to} is there already; give another name`),
  made: (
    to: string,
    bytes: number,
    files: number,
    missing: readonly { readonly path: string; readonly why: string }[],
  ) =>
    joined([
      both(
        `已备份到 ${to}：${files} 个文件，${Math.ceil(bytes / kB)} kB，已加密。没有口令谁也打不开，请把口令另外存放。记录（journal）不在里面，它只属于这台主机。`,
        `backed up to ${to}: ${files} files, ${Math.ceil(bytes / kB)} kB, encrypted. Nobody opens it without the pass phrase: keep that elsewhere. The journal is not in it: it belongs to this box.`,
      ),
      ...missing.map(({ path, why }) =>
        both(`注意：没有备份 ${path}（${why}）`, `mind: ${path} is not in it (${why})`),
      ),
    ]),
  notOpened: (file: string, opened: Exclude<Opened, { is: 'open' }>) =>
    opened.is === 'foreign'
      ? both(
          `${file} 不是 gengfu 备份，或由更新的程序版本所写；应为 gengfu backup 写的文件`,
          `${file} is no backup of gengfu, or one of a newer release; expected a file that gengfu backup wrote`,
        )
      : both(
          `打不开 ${file}（${opened.head.name.zh}，${opened.head.madeAt}）：口令不对，或文件被改动、不完整。再输一次口令，或重新复制文件`,
          `${file} (${opened.head.name.en}, ${opened.head.madeAt}) does not open: another pass phrase, or a file that was changed or cut. Type it again, or copy the file again`,
        ),
  inside: (head: BackupHead, files: readonly KeptFile[]) =>
    joined([
      titled(head),
      ...files.map(({ path, content }) => both(`  ${path}  ${content.length}`, `  ${path}  ${content.length}`)),
    ]),
  runs: (dataDir: string) =>
    both(
      `网关正在使用 ${dataDir}。先停下：systemctl stop gengfu`,
      `a gateway uses ${dataDir}. Stop it first: systemctl stop gengfu`,
    ),
  would: (head: BackupHead, { steps }: RestorePlan, notes: readonly Words[]) =>
    joined([
      titled(head),
      ...steps.map(({ to, there }) => both(`  ${marks[there].zh} ${to}`, `  ${marks[there].en} ${to}`)),
      ...notes,
    ]),
  notAgreed: both('没有写入任何文件；不再询问用 --yes', 'nothing was written; --yes does not ask'),
  done: (verb: 'restore' | 'replace', { steps }: RestorePlan, aside: string, notes: readonly Words[]) => {
    const written = steps.filter(({ there }) => there !== 'the-same').length;
    return joined([
      both(
        `已写回 ${written} 个文件（${steps.length - written} 个本来就一样）；原来的文件改名为 …${aside}。`,
        `${written} files were written (${steps.length - written} were the same); what was there is called …${aside} now.`,
      ),
      ...notes,
      ...(verb === 'replace' ? [replaceSteps] : []),
      both(
        '下一步：gengfu check，然后 systemctl start gengfu，再 gengfu doctor',
        'next: gengfu check, then systemctl start gengfu, then gengfu doctor',
      ),
    ]);
  },
  noSuchLine: (id: string, lines: readonly SerialLine[]) =>
    both(
      `--line ${id}：应写成 线路=/dev/…；站点文件里的串口线路是 ${lines.map((line) => line.id).join('、') || '（没有）'}`,
      `--line ${id}: write line=/dev/…; the serial lines of the site file are ${lines.map((line) => line.id).join(', ') || '(none)'}`,
    ),
  noPort: both(
    '在站点文件里找不到线路的 path，请手工改',
    'the path of the line can not be found in the site file; change it by hand',
  ),
  applied: both(
    '旧主机最后运行的是换上的站点文件（不是安装文件），备用主机从它开始。',
    'the old box ran an applied site file, not the installed one: the spare box begins with that.',
  ),
  lostPorts: (lines: readonly SerialLine[]) =>
    both(
      `这台主机上没有这些串口：${lines.map(({ id, path }) => `${id} ${path}`).join('、')}。用 gengfu find 看有哪些，再加 --line 线路=串口 重来，或手工改站点文件`,
      `these ports are not on this box: ${lines.map(({ id, path }) => `${id} ${path}`).join(', ')}. See which ones are with gengfu find and run this again with --line line=port, or change the site file by hand`,
    ),
  otherBox: (lines: readonly SerialLine[]) =>
    both(
      `那台主机的串口在这里看不到；站点文件里写的是：${lines.map(({ id, path }) => `${id} ${path}`).join('、') || '（没有）'}。装好后在它上面用 gengfu find 和 gengfu doctor 核对`,
      `the ports of that box can not be seen from here; the site file has: ${lines.map(({ id, path }) => `${id} ${path}`).join(', ') || '(none)'}. Compare on the box itself, with gengfu find and gengfu doctor`,
    ),
} as const;

const marks = {
  nothing: both('新', 'new      '),
  'the-same': both('同', 'the same '),
  another: both('换', 'replaces '),
} as const;

const replaceSteps: Words = both(
  '旧主机必须断电：两台主机用同一个编号连平台，会互相踢下线。记录从头开始（新的纪元），平台不会丢、也不会重。',
  'The old box must be off: two boxes with one id throw each other off the centre. The journal begins anew (a new epoch); the district loses and doubles nothing.',
);

function titled({ name, site, district, madeAt, version }: BackupHead): Words {
  return both(
    `备份：${name.zh}（${district}/${site}），${madeAt}，版本 ${version}`,
    `backup: ${name.en} (${district}/${site}), ${madeAt}, version ${version}`,
  );
}
