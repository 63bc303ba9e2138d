/** Facts of the gateway, and of the site's own files → findings. Pure. */
import type { SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { DoctorFacts, DoctorUplink } from '../doctor/doctor-facts.js';
import type { CertificateLook } from '../panel/server/people/certificate-look.js';
import { type Finding, type FindingArea, mb, plain, utcDay, words } from './finding.js';
import { duration, good, type Line } from './finding-lines.js';
import { describeMoment } from './moment.js';
import type { SiteFiles } from './site-files.js';
import { uplinkLines } from './uplink-findings.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Of the whole process; the unit file ends it at more. */
const memoryMaxMb = 160;
const loopDelayMaxMs = 500;
const commitMaxMs = 2000;
const nearly = 0.8;
/** Below this the journal can not grow and the system itself gets into trouble. */
const freeMinBytes = 500e6;
const keyEndsSoonMs = 30 * dayMs;

/** @param facts null: no gateway answers. @param todayWall ms since 1970, of this box. */
export function gatewayFindings(
  config: Pick<SiteConfig, 'journal' | 'commandKeys'>,
  facts: DoctorFacts | null,
  files: SiteFiles,
  todayWall: number,
): readonly Finding[] {
  return [
    ...inArea('gateway', [gatewayLine(facts), ...(facts === null ? [] : ownLines(facts))]),
    ...inArea('disk', facts === null ? [] : cardLines(facts)),
    ...inArea('uplinks', (facts?.uplinks ?? []).flatMap(uplinkLines)),
    ...inArea(
      'uplinks',
      (facts?.uplinks ?? []).flatMap((uplink) => certificateLine(uplink, todayWall)),
    ),
    ...inArea('uplinks', dataLines(facts)),
    ...inArea('disk', journalLines(config, facts, files)),
    ...inArea(
      'uplinks',
      config.commandKeys.map((key) => keyLine(key, todayWall)),
    ),
    ...inArea('rights', files.secrets.map(secretLine)),
    ...inArea('panel', files.certificate === null ? [] : [panelCertificateLine(files.certificate)]),
  ];
}

function inArea(area: FindingArea, lines: readonly Line[]): readonly Finding[] {
  return lines.map((line) => ({ area, ...line }));
}

function gatewayLine(facts: DoctorFacts | null): Line {
  const what = words('网关', 'gateway');
  if (facts !== null) {
    const up = duration(facts.upMs);
    return good(what, words(`${facts.version}，已运行 ${up.zh}`, `${facts.version}, running for ${up.en}`));
  }
  const fix = words('启动：systemctl start gengfu', 'start it: systemctl start gengfu');
  return { what, figure: words('没有运行', 'does not run'), budget: null, severity: 'problem', fix };
}

function ownLines({ memoryMb, loopDelayMs, commitMs }: DoctorFacts): readonly Line[] {
  return [
    measured(
      words('内存', 'memory'),
      memoryMb,
      memoryMaxMb,
      'MB',
      words('按单元文件的参数启动；仍高就重启并报告', 'start it as the unit file does; report it if it stays'),
    ),
    measured(
      words('响应延迟 p99', 'reaction delay p99'),
      loopDelayMs,
      loopDelayMaxMs,
      'ms',
      words('别的程序占用了处理器', 'other programs take the processor'),
    ),
    measured(
      words('写盘用时 p95', 'time to disk p95'),
      commitMs,
      commitMaxMs,
      'ms',
      words('存储卡太慢或快坏了，换一张', 'the card is slow or dying: replace it'),
    ),
  ];
}

function cardLines({ card }: DoctorFacts): readonly Line[] {
  const what = words('每天写入存储卡', 'written to the card in a day');
  if (card === null) return [];
  const { deviceBytesPerDay, processBytesPerDay, commitsPerDay, budgetBytes } = card;
  const bytes = deviceBytesPerDay ?? processBytesPerDay;
  const budget = plain(`${mb(budgetBytes)} MB`);
  if (bytes === null) {
    return [good(what, words('运行一小时后才知道', 'known after an hour of running'), budget)];
  }
  const own = processBytesPerDay === null ? '–' : mb(processBytesPerDay);
  const figure = words(
    `${mb(bytes)} MB（本程序 ${own} MB，提交 ${commitsPerDay ?? '–'} 次）`,
    `${mb(bytes)} MB (${own} MB of them ours, ${commitsPerDay ?? '–'} commits)`,
  );
  const fix = words(
    '增大 telemetry.min_interval_s，或减少系统日志；能写多少年取决于卡，本程序不猜',
    'raise telemetry.min_interval_s, or let the system log less; how many years a card lasts only its maker knows',
  );
  return [judged(what, figure, budget, bytes / budgetBytes, fix)];
}

function certificateLine({ id, certificateEndsWall }: DoctorUplink, todayWall: number): readonly Line[] {
  if (certificateEndsWall === null) return [];
  const what = words(`上传通道 ${id} 的证书`, `certificate of uplink ${id}`);
  const day = utcDay(certificateEndsWall);
  const figure = words(`有效期至 ${day}`, `good until ${day}`);
  if (certificateEndsWall >= todayWall + keyEndsSoonMs) return [good(what, figure)];
  const fix = words(
    '向平台索取新证书，换掉 cert_file 和 key_file',
    'ask the centre for another one, for cert_file and key_file',
  );
  return [{ what, figure, budget: null, severity: certificateEndsWall < todayWall ? 'problem' : 'hint', fix }];
}

/** Short messages are paid for by the piece. */
function dataLines(facts: DoctorFacts | null): readonly Line[] {
  const isSms = (id: string): boolean => facts?.uplinks.some((each) => each.id === id && each.way === 'sms') ?? false;
  return (facts?.data ?? []).filter(({ uplink }) => !isSms(uplink)).map(dataLine);
}

function dataLine({ uplink, usedBytes, budgetBytes, projectedBytes, isResting }: DoctorFacts['data'][number]): Line {
  const what = words(`上传通道 ${uplink} 本月流量`, `data of uplink ${uplink} this month`);
  const month = projectedBytes === null ? '–' : mb(projectedBytes);
  const figure = words(
    `约 ${mb(usedBytes)} MB，预计全月 ${month} MB`,
    `about ${mb(usedBytes)} MB, ${month} MB by its end`,
  );
  if (budgetBytes === null) return good(what, figure);
  const fix = words('遥测暂停到够用为止；报警照常', 'measurements rest until there is enough again; reports go on');
  const share = (projectedBytes ?? usedBytes) / budgetBytes;
  const line = judged(what, figure, plain(`${mb(budgetBytes)} MB`), share, fix);
  return isResting
    ? { ...line, severity: 'hint', fix }
    : { ...line, severity: line.severity === 'problem' ? 'hint' : line.severity };
}

function journalLines(
  { journal }: Pick<SiteConfig, 'journal'>,
  facts: DoctorFacts | null,
  { journalBytes, freeBytes }: SiteFiles,
): readonly Line[] {
  const what = words('记录', 'journal');
  const oldest = facts?.journal.oldestWall ?? null;
  const from =
    oldest === null ? plain('') : words(`，最早 ${describeMoment(oldest)}`, `, oldest ${describeMoment(oldest)}`);
  const epoch = facts === null ? '' : ` ${facts.journal.epoch}`;
  const size = journalBytes === null ? words('还没有文件', 'no file yet') : plain(`${mb(journalBytes)} MB`);
  const figure = words(`${size.zh}${from.zh}${epoch}`, `${size.en}${from.en}${epoch}`);
  // A full one is no fault: what is oldest and least goes.
  const file = good(what, figure, plain(`${mb(journal.maxBytes)} MB`));
  const room = Math.max(freeMinBytes, Math.min(journal.maxBytes - (journalBytes ?? 0), 2 * freeMinBytes));
  const space = {
    what: words('磁盘剩余', 'free on the disk'),
    budget: words(`不少于 ${mb(room)} MB`, `at least ${mb(room)} MB`),
  };
  const fix = words('清理磁盘，或减小 journal.size_max_mb', 'free some space, or lower journal.size_max_mb');
  const noDisk: Line = {
    ...{
      what,
      figure: words('磁盘没有应答，只记在内存', 'the disk does not answer: kept in memory only'),
      budget: null,
    },
    ...{ severity: 'problem', fix: words('检查存储卡和文件系统', 'check the card and its file system') },
  };
  return [
    facts?.journal.isRead === false ? noDisk : file,
    freeBytes === null
      ? {
          ...space,
          figure: words('看不到数据目录', 'the data folder can not be seen'),
          severity: 'hint',
          fix: words(
            '启动网关就会建立；有的话用 sudo 再查',
            'the gateway makes it when it starts; if it is there, ask again with sudo',
          ),
        }
      : {
          ...space,
          figure: plain(`${mb(freeBytes)} MB`),
          severity: freeBytes < freeMinBytes ? 'problem' : freeBytes < room ? 'hint' : 'ok',
          fix: freeBytes < room ? fix : null,
        },
  ];
}

function keyLine({ id, notAfter }: SiteConfig['commandKeys'][number], todayWall: number): Line {
  const isOver = notAfter < utcDay(todayWall);
  const what = words(`指令密钥 ${id}`, `command key ${id}`);
  const figure = words(`有效期至 ${notAfter}`, `good until ${notAfter}`);
  if (notAfter >= utcDay(todayWall + keyEndsSoonMs)) return good(what, figure);
  const fix = words(
    '向平台要新公钥，写入 command_keys',
    'ask the centre for a new public key and write it into command_keys',
  );
  return { what, figure, budget: null, severity: isOver ? 'problem' : 'hint', fix };
}

/** The same certificate for ten years, so that what people noted stays: it is their choice when it is made anew (decision 0057). */
function panelCertificateLine({ isOwn, path, fingerprint, unnamed }: CertificateLook): Line {
  const what = words('面板证书（SHA-256）', 'certificate of the panel (SHA-256)');
  if (unnamed.length === 0) return good(what, plain(fingerprint));
  const names = unnamed.join(', ');
  const figure = words(`${fingerprint}；不含 ${names}`, `${fingerprint}; does not name ${names}`);
  const fix = isOwn
    ? words(
        `用这些地址打开时浏览器会警告。核对指纹后可以继续；要换新证书就删除 ${path} 再重启，指纹会变`,
        `browsers warn at these. Compare the fingerprint and go on; for a new one remove ${path} and start again: its fingerprint is another`,
      )
    : words(
        '用这些地址打开时浏览器会警告；换一张包含它们的证书',
        'browsers warn at these; use a certificate that names them',
      );
  return { what, figure, budget: null, severity: 'hint', fix };
}

function secretLine({ path, isThere, isForAll, isForGroup }: SiteFiles['secrets'][number]): Line {
  const what = words(`文件 ${path}`, `file ${path}`);
  if (!isThere) {
    const fix = words('写好这个文件', 'write this file');
    return { what, figure: words('没有', 'is not there'), budget: null, severity: 'problem', fix };
  }
  if (!isForAll && !isForGroup) return good(what, words('只有所有者能读', 'readable for its owner only'));
  const fix = plain(`chmod 600 ${path}`);
  const figure = isForAll
    ? words('任何人都能读', 'readable for everybody')
    : words('同组能读', 'readable for its group');
  return { what, figure, budget: null, severity: isForAll ? 'problem' : 'hint', fix };
}

function measured(what: Words, value: number | null, most: number, unit: string, fix: Words): Line {
  const budget = plain(`${most} ${unit}`);
  if (value === null) return good(what, words('还没有测到', 'not measured yet'), budget);
  return judged(what, plain(`${value} ${unit}`), budget, value / most, fix);
}

function judged(what: Words, figure: Words, budget: Words, share: number, fix: Words): Line {
  const severity = share > 1 ? 'problem' : share > nearly ? 'hint' : 'ok';
  return { what, figure, budget, severity, fix: severity === 'ok' ? null : fix };
}
