/** Why the gateway was started: from what the last one left behind. A pure function, and its words. */
import type { Words } from '../../config/vocabulary.js';
import type { EntryDraft } from '../../sync/journal/entry.js';

export const restartCauses = [
  ...(['asked', 'upgraded', 'rolled-back', 'rebooted'] as const),
  ...(['crashed', 'killed', 'hung', 'out-of-memory', 'unknown'] as const),
  ...(['power-lost', 'kernel-panic', 'hardware-watchdog'] as const),
] as const;
export type RestartCause = (typeof restartCauses)[number];

/** What the last gateway wrote about itself in the data folder. */
export interface RunMark {
  /** The kernel's random id of that start of the box. */
  readonly kernelBoot: string;
  readonly version: string;
  readonly isStopped: boolean;
  /** What the launcher said then of a version that it went back from: said at each start, it is told once. */
  readonly rolledBackFrom: string | null;
}

/** How systemd says that it ended (systemd.exec(5): SERVICE_RESULT, EXIT_CODE, EXIT_STATUS). */
export interface ServiceEnd {
  readonly result: string;
  readonly code: string;
  /** A number, or the name of a signal without SIG. */
  readonly status: string;
}

export interface Remains {
  /** Null: none was there, so this is the first start. */
  readonly mark: RunMark | null;
  /** Null: nobody wrote it down, or the box was started anew since. */
  readonly end: ServiceEnd | null;
  readonly kernelBoot: string;
  readonly version: string;
  /** The version that the launcher went back from; null: it did not. */
  readonly rolledBackFrom: string | null;
  /** The kernel has left a record of a panic since that gateway began. */
  readonly hasPanicked: boolean;
  /** The hardware watchdog started the box. */
  readonly isWatchdogBoot: boolean;
}

/** Null at the first start of all. */
export function causeOf(remains: Remains): RestartCause | null {
  const { mark, rolledBackFrom, kernelBoot, version } = remains;
  if (rolledBackFrom !== null && mark?.rolledBackFrom !== rolledBackFrom) return 'rolled-back';
  if (mark === null) return null;
  if (mark.kernelBoot !== kernelBoot) return causeOfBoot(mark, remains);
  if (mark.isStopped) return mark.version === version ? 'asked' : 'upgraded';
  return causeOfEnd(remains.end);
}

function causeOfBoot({ isStopped }: RunMark, { hasPanicked, isWatchdogBoot }: Remains): RestartCause {
  if (isStopped) return 'rebooted';
  if (hasPanicked) return 'kernel-panic';
  return isWatchdogBoot ? 'hardware-watchdog' : 'power-lost';
}

function causeOfEnd(end: ServiceEnd | null): RestartCause {
  if (end === null) return 'unknown';
  if (end.result === 'watchdog') return 'hung';
  if (end.result === 'oom-kill') return 'out-of-memory';
  if (end.code === 'killed' || end.code === 'dumped') return 'killed';
  // A status of 0 without its own word that it stops is no end in order.
  return end.code === 'exited' ? 'crashed' : 'unknown';
}

/** The entry that tells it. */
export function restartedDraft(cause: RestartCause, { end, mark, rolledBackFrom, version }: Remains): EntryDraft {
  const isProcess = cause === 'crashed' || cause === 'killed' || cause === 'hung' || cause === 'out-of-memory';
  const status = isProcess ? (end?.status ?? null) : null;
  const why = withStatus(restartWords[cause], cause === 'crashed' || cause === 'killed' ? status : null);
  const words = { zh: `启动原因：${why.zh}`, en: `why it was started: ${why.en}` };
  const isBack = cause === 'rolled-back';
  const detail = {
    ...{ cause, status, result: isProcess ? (end?.result ?? null) : null },
    ...{ version, before: (isBack ? rolledBackFrom : null) ?? mark?.version ?? null },
  };
  const kind = 'gateway.restarted';
  return { kind, class: null, subject: 'gateway', alarm: null, zone: null, words, origin: null, detail };
}

function withStatus({ zh, en }: Words, status: string | null): Words {
  if (status === null || status === '') return { zh, en };
  return { zh: `${zh}（${status}）`, en: `${en} (${status})` };
}

export const restartWords: Readonly<Record<RestartCause, Words>> = {
  asked: { zh: '上次正常停止', en: 'the last one was stopped in order' },
  upgraded: { zh: '上次正常停止，现已换用另一版本', en: 'the last one was stopped in order; this is another version' },
  'rolled-back': {
    zh: '新版本不能正常运行，已退回原版本',
    en: 'the new version did not run well: back to the one before',
  },
  rebooted: { zh: '主机正常重启', en: 'the box was restarted in order' },
  crashed: { zh: '上次因程序错误退出', en: 'the last one ended by an error of the program' },
  killed: { zh: '上次被强行结束', en: 'the last one was killed' },
  hung: { zh: '上次停止响应，被看门狗重启', en: 'the last one hung; the watchdog ended it' },
  'out-of-memory': { zh: '上次因内存不足被结束', en: 'the last one was ended because memory ran out' },
  unknown: { zh: '上次意外结束，原因不明', en: 'the last one ended unexpectedly; nobody knows why' },
  'power-lost': { zh: '主机断电或被硬性重启', en: 'the box lost its power, or was reset' },
  'kernel-panic': { zh: '操作系统内核崩溃', en: 'the kernel of the box crashed' },
  'hardware-watchdog': {
    zh: '主机停止响应，被硬件看门狗重启',
    en: 'the box hung; its hardware watchdog started it anew',
  },
};
