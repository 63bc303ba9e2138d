/** Facts of the gateway and of the box → lines with a verdict. Pure. */
import type { SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { DoctorFacts, DoctorUplink } from '../doctor/doctor-facts.js';
import type { CertificateLook } from '../panel/server/people/certificate-look.js';
import type { DoctorFiles } from './doctor-files.js';
import { describeMoment } from './moment.js';

export type Verdict = 'good' | 'mind' | 'bad';

export interface DoctorLine {
  readonly what: Words;
  readonly figure: Words;
  /** What it may be; null: nothing is promised. */
  readonly budget: Words | null;
  readonly verdict: Verdict;
  /** What to do; null where nothing is wrong. */
  readonly next: Words | null;
}

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
const oldBacklogMs = 24 * hourMs;

/** @param facts null: no gateway answers. @param todayWall ms since 1970, of this box. */
export function doctorLines(
  config: Pick<SiteConfig, 'journal' | 'commandKeys'>,
  facts: DoctorFacts | null,
  files: DoctorFiles,
  todayWall: number,
): readonly DoctorLine[] {
  return [
    gatewayLine(facts),
    ...(facts === null ? [] : [...ownLines(facts), ...cardLines(facts), ...facts.uplinks.map(uplinkLine)]),
    ...(facts?.uplinks ?? []).flatMap((uplink) => certificateLine(uplink, todayWall)),
    ...(facts?.data ?? []).map(dataLine),
    clockLine(facts, files),
    ...(files.zoneInstead === null ? [] : [zoneLine(files.zoneInstead)]),
    ...journalLines(config, facts, files),
    ...config.commandKeys.map((key) => keyLine(key, todayWall)),
    ...files.secrets.map(secretLine),
    ...(files.certificate === null ? [] : [panelCertificateLine(files.certificate)]),
  ];
}

function gatewayLine(facts: DoctorFacts | null): DoctorLine {
  const what = words('网关', 'gateway');
  if (facts !== null) {
    const up = duration(facts.upMs);
    return good(what, words(`${facts.version}，已运行 ${up.zh}`, `${facts.version}, running for ${up.en}`));
  }
  const next = words('启动：systemctl start gengfu', 'start it: systemctl start gengfu');
  return { what, figure: words('没有运行', 'does not run'), budget: null, verdict: 'bad', next };
}

function ownLines({ memoryMb, loopDelayMs, commitMs }: DoctorFacts): readonly DoctorLine[] {
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

function cardLines({ card }: DoctorFacts): readonly DoctorLine[] {
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
  const next = words(
    '增大 telemetry.min_interval_s，或减少系统日志；能写多少年取决于卡，本程序不猜',
    'raise telemetry.min_interval_s, or let the system log less; how many years a card lasts only its maker knows',
  );
  return [judged(what, figure, budget, bytes / budgetBytes, next)];
}

function uplinkLine({
  id,
  isUp,
  sinceWall,
  error,
  queued,
  oldestWall,
  unkept,
  carriedAgoMs,
}: DoctorUplink): DoctorLine {
  const what = words(`上传通道 ${id}`, `uplink ${id}`);
  const waiting = queued.fire + queued.journal + queued.telemetry;
  const since =
    sinceWall === null
      ? plain('')
      : words(`，始于 ${describeMoment(sinceWall)}`, ` since ${describeMoment(sinceWall)}`);
  const oldest =
    oldestWall === null
      ? plain('')
      : words(`，最早 ${describeMoment(oldestWall)}`, `, oldest ${describeMoment(oldestWall)}`);
  const carried = carriedAgoMs === null ? words('启动后还没有', 'none since the start') : ago(duration(carriedAgoMs));
  const why = error === null ? plain('') : words(`（${error.zh}）`, ` (${error.en})`);
  const figure = words(
    `${isUp ? '已连接' : '断开'}${since.zh}${why.zh}；待传 ${waiting}（火警 ${queued.fire}，遥测 ${queued.telemetry}）${oldest.zh}；待回执 ${unkept}；最近送达：${carried.zh}`,
    `${isUp ? 'up' : 'down'}${since.en}${why.en}; queued ${waiting} (fire ${queued.fire}, telemetry ${queued.telemetry})${oldest.en}; not kept yet ${unkept}; last carried: ${carried.en}`,
  );
  const isSlow = oldestWall !== null && waiting > 0 && carriedAgoMs !== null && carriedAgoMs > oldBacklogMs;
  if (isUp && !isSlow) return good(what, figure);
  const next = words('检查网络、地址、账号和证书', 'check network, address, name and certificates');
  return { what, figure, budget: null, verdict: isUp ? 'mind' : 'bad', next };
}

function certificateLine({ id, certificateEndsWall }: DoctorUplink, todayWall: number): readonly DoctorLine[] {
  if (certificateEndsWall === null) return [];
  const what = words(`上传通道 ${id} 的证书`, `certificate of uplink ${id}`);
  const day = utcDay(certificateEndsWall);
  const figure = words(`有效期至 ${day}`, `good until ${day}`);
  if (certificateEndsWall >= todayWall + keyEndsSoonMs) return [good(what, figure)];
  const next = words(
    '向平台索取新证书，换掉 cert_file 和 key_file',
    'ask the centre for another one, for cert_file and key_file',
  );
  return [{ what, figure, budget: null, verdict: certificateEndsWall < todayWall ? 'bad' : 'mind', next }];
}

function dataLine({
  uplink,
  usedBytes,
  budgetBytes,
  projectedBytes,
  isResting,
}: DoctorFacts['data'][number]): DoctorLine {
  const what = words(`上传通道 ${uplink} 本月流量`, `data of uplink ${uplink} this month`);
  const month = projectedBytes === null ? '–' : mb(projectedBytes);
  const figure = words(
    `约 ${mb(usedBytes)} MB，预计全月 ${month} MB`,
    `about ${mb(usedBytes)} MB, ${month} MB by its end`,
  );
  if (budgetBytes === null) return good(what, figure);
  const next = words('遥测暂停到够用为止；报警照常', 'measurements rest until there is enough again; reports go on');
  const share = (projectedBytes ?? usedBytes) / budgetBytes;
  const line = judged(what, figure, plain(`${mb(budgetBytes)} MB`), share, next);
  return isResting
    ? { ...line, verdict: 'mind', next }
    : { ...line, verdict: line.verdict === 'bad' ? 'mind' : line.verdict };
}

function zoneLine(zone: string): DoctorLine {
  return {
    what: words('时区', 'time zone'),
    figure: words(`没有通用名称，按 ${zone} 显示时间`, `it has no common name; times are shown by ${zone}`),
    ...{ budget: null, verdict: 'mind' },
    next: words(
      '设为地名：timedatectl set-timezone Asia/Shanghai，并去掉 TZ 变量',
      'name it by its place: timedatectl set-timezone Asia/Shanghai, and unset TZ',
    ),
  };
}

function clockLine(facts: DoctorFacts | null, { clockKeepers }: DoctorFiles): DoctorLine {
  const what = words('时钟', 'clock');
  const by =
    clockKeepers.length === 0
      ? words('没有找到校时程序', 'no program found that keeps it')
      : plain(clockKeepers.join(', '));
  const trust = facts?.clock.trust ?? null;
  const told = {
    trusted: words('可信', 'trusted'),
    hinted: words('仅供参考', 'only hinted'),
    untrusted: words('不可信', 'not trusted'),
  };
  const is = trust === null ? plain('–') : told[trust];
  const figure = words(`${is.zh}；${by.zh}`, `${is.en}; ${by.en}`);
  if (trust === 'trusted' || (trust === null && clockKeepers.length > 0)) return good(what, figure);
  const next = words(
    '接通网络校时（systemd-timesyncd 或 chrony），或装时钟模块',
    'let the network set it (systemd-timesyncd or chrony), or fit a clock module',
  );
  return { what, figure, budget: null, verdict: 'mind', next };
}

function journalLines(
  { journal }: Pick<SiteConfig, 'journal'>,
  facts: DoctorFacts | null,
  { journalBytes, freeBytes }: DoctorFiles,
): readonly DoctorLine[] {
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
  const next = words('清理磁盘，或减小 journal.size_max_mb', 'free some space, or lower journal.size_max_mb');
  const noDisk: DoctorLine = {
    ...{
      what,
      figure: words('磁盘没有应答，只记在内存', 'the disk does not answer: kept in memory only'),
      budget: null,
    },
    ...{ verdict: 'bad', next: words('检查存储卡和文件系统', 'check the card and its file system') },
  };
  return [
    facts?.journal.isRead === false ? noDisk : file,
    freeBytes === null
      ? {
          ...space,
          figure: words('数据目录不存在', 'there is no data folder'),
          verdict: 'bad',
          next: words('检查 data_dir', 'check data_dir'),
        }
      : {
          ...space,
          figure: plain(`${mb(freeBytes)} MB`),
          verdict: freeBytes < freeMinBytes ? 'bad' : freeBytes < room ? 'mind' : 'good',
          next: freeBytes < room ? next : null,
        },
  ];
}

function keyLine({ id, notAfter }: SiteConfig['commandKeys'][number], todayWall: number): DoctorLine {
  const isOver = notAfter < utcDay(todayWall);
  const what = words(`指令密钥 ${id}`, `command key ${id}`);
  const figure = words(`有效期至 ${notAfter}`, `good until ${notAfter}`);
  if (notAfter >= utcDay(todayWall + keyEndsSoonMs)) return good(what, figure);
  const next = words(
    '向平台要新公钥，写入 command_keys',
    'ask the centre for a new public key and write it into command_keys',
  );
  return { what, figure, budget: null, verdict: isOver ? 'bad' : 'mind', next };
}

/** The same certificate for ten years, so that what people noted stays: it is their choice when it is made anew (decision 0057). */
function panelCertificateLine({ isOwn, path, fingerprint, unnamed }: CertificateLook): DoctorLine {
  const what = words('面板证书（SHA-256）', 'certificate of the panel (SHA-256)');
  if (unnamed.length === 0) return good(what, plain(fingerprint));
  const names = unnamed.join(', ');
  const figure = words(`${fingerprint}；不含 ${names}`, `${fingerprint}; does not name ${names}`);
  const next = isOwn
    ? words(
        `用这些地址打开时浏览器会警告。核对指纹后可以继续；要换新证书就删除 ${path} 再重启，指纹会变`,
        `browsers warn at these. Compare the fingerprint and go on; for a new one remove ${path} and start again: its fingerprint is another`,
      )
    : words(
        '用这些地址打开时浏览器会警告；换一张包含它们的证书',
        'browsers warn at these; use a certificate that names them',
      );
  return { what, figure, budget: null, verdict: 'mind', next };
}

function secretLine({ path, isThere, isForAll, isForGroup }: DoctorFiles['secrets'][number]): DoctorLine {
  const what = words(`文件 ${path}`, `file ${path}`);
  if (!isThere) {
    const next = words('写好这个文件', 'write this file');
    return { what, figure: words('没有', 'is not there'), budget: null, verdict: 'bad', next };
  }
  if (!isForAll && !isForGroup) return good(what, words('只有所有者能读', 'readable for its owner only'));
  const next = plain(`chmod 600 ${path}`);
  const figure = isForAll
    ? words('任何人都能读', 'readable for everybody')
    : words('同组能读', 'readable for its group');
  return { what, figure, budget: null, verdict: isForAll ? 'bad' : 'mind', next };
}

function measured(what: Words, value: number | null, most: number, unit: string, next: Words): DoctorLine {
  const budget = plain(`${most} ${unit}`);
  if (value === null) return good(what, words('还没有测到', 'not measured yet'), budget);
  return judged(what, plain(`${value} ${unit}`), budget, value / most, next);
}

function judged(what: Words, figure: Words, budget: Words, share: number, next: Words): DoctorLine {
  const verdict = share > 1 ? 'bad' : share > nearly ? 'mind' : 'good';
  return { what, figure, budget, verdict, next: verdict === 'good' ? null : next };
}

function good(what: Words, figure: Words, budget: Words | null = null): DoctorLine {
  return { what, figure, budget, verdict: 'good', next: null };
}

function words(zh: string, en: string): Words {
  return { zh, en };
}

function plain(text: string): Words {
  return { zh: text, en: text };
}

/** `2026-11-28`: keys end at the end of a day in UTC. */
function utcDay(wallMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'UTC' }).format(wallMs);
}

function mb(bytes: number): string {
  const value = bytes / 1e6;
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}

function duration(ms: number): Words {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  if (days > 1) return words(`${days} 天`, `${days} days`);
  return hours > 1 ? words(`${hours} 小时`, `${hours} h`) : words(`${minutes} 分钟`, `${minutes} min`);
}

function ago({ zh, en }: Words): Words {
  return words(`${zh}前`, `${en} ago`);
}
