/** What `gengfu check` points out about uplinks and keys without refusing the file: files that are not there (yet), secrets that
 * others can read, keys that nobody can use. Pure, but for the questions it is handed. */

import type { CommandKeyConfig, SiteConfig, UplinkConfig } from '../config/site.js';
import { type UplinkFile, uplinkEndpoint, uplinkFiles } from '../config/uplinks/uplink-reach.js';
import type { Words } from '../config/vocabulary.js';

export interface FileQuestions {
  readonly exists: (path: string) => boolean;
  /** Anybody on the box can read it. */
  readonly isForAll: (path: string) => boolean;
  /** `YYYY-MM-DD` (UTC). */
  readonly today: string;
}

export function uplinkNotes(config: SiteConfig, ask: FileQuestions): readonly Words[] {
  return [
    ...config.uplinks.flatMap((uplink) => [...uplinkFiles(uplink).flatMap((file) => fileNote(uplink, file, ask))]),
    ...config.uplinks.flatMap(openPassword),
    ...silentOutage(config),
    ...config.commandKeys.flatMap((key) => [...endedKey(key, ask.today), ...idleKey(key, config)]),
  ];
}

function fileNote({ id }: UplinkConfig, { key, path, isSecret }: UplinkFile, ask: FileQuestions): readonly Words[] {
  if (!ask.exists(path)) {
    const without: Words =
      key === 'pin_file'
        ? { zh: '，SIM 卡要 PIN 时发不出短信', en: 'a SIM that asks for its PIN sends nothing' }
        : { zh: '就连不上平台', en: 'the centre can not be reached' };
    return [
      {
        zh: `上联 ${id} 的 ${key} 不在：${path}；没有它${without.zh}，把文件放到那里，或改 ${key}`,
        en: `${key} of uplink ${id} is not there: ${path}; without it ${without.en}: put the file there, or correct ${key}`,
      },
    ];
  }
  if (!isSecret || !ask.isForAll(path)) return [];
  return [
    {
      zh: `上联 ${id} 的 ${key} 本机任何人都能读：${path}；chmod 600，并归运行网关的用户所有`,
      en: `anybody on this box can read ${key} of uplink ${id}: ${path}; chmod 600, owned by the user that runs the gateway`,
    },
  ];
}

/** Name and password in clear over a network. */
function openPassword(uplink: UplinkConfig): readonly Words[] {
  const { id, kind } = uplink;
  const at = uplinkEndpoint(uplink);
  if (at === null || at.tls !== null || kind === 'sms' || kind === 'gb26875') return [];
  const isHere = at.host === 'localhost' || at.host.startsWith('127.') || at.host === '::1';
  if (isHere || (uplink.passwordFile === null && (kind !== 'http' || uplink.tokenFile === null))) return [];
  const scheme = kind === 'http' ? 'https://' : 'mqtts://';
  return [
    {
      zh: `上联 ${id} 不加密，密码在网上明文传送；url 改用 ${scheme}`,
      en: `uplink ${id} is not encrypted, so its password travels in clear; use ${scheme} in url`,
    },
  ];
}

/** A transmission device tells a communication fault by sound (GB 26875.1-2011 4.1.2 [V*]); faults of an uplink belong to no zone. */
function silentOutage({ uplinks, plans }: SiteConfig): readonly Words[] {
  const sounds = plans.some(
    ({ when, steps }) => when.class === 'fault' && when.zones === 'all' && steps.some(({ sound }) => sound.length > 0),
  );
  if (sounds) return [];
  return uplinks
    .filter(({ kind }) => kind === 'gb26875')
    .map(({ id }) => ({
      zh: `上联 ${id} 中断时没有声音：没有 class: fault、zones: all 的预案；加一条，让值班室的蜂鸣器响`,
      en: `nothing sounds when uplink ${id} is cut: there is no plan with class: fault and zones: all; write one for a buzzer in the duty room`,
    }));
}

function endedKey({ id, notAfter }: CommandKeyConfig, today: string): readonly Words[] {
  if (notAfter >= today) return [];
  return [
    {
      zh: `指令密钥 ${id} 已过有效期（not_after: ${notAfter}），用它签的一律拒绝；请平台换新密钥`,
      en: `command key ${id} is past its last day (not_after: ${notAfter}): whatever it signs is refused; get a new one from the centre`,
    },
  ];
}

function idleKey({ id, rights }: CommandKeyConfig, { uplinks }: SiteConfig): readonly Words[] {
  const orders = rights.some((right) => right !== 'receipt') && uplinks.some(({ takesCommands }) => takesCommands);
  const receipts = rights.includes('receipt') && uplinks.some((uplink) => uplink.receipts === 'signed');
  if (orders || receipts) return [];
  return [
    {
      zh: `指令密钥 ${id} 用不上：没有上联写了 commands: true（指令）或 receipts: signed（回执）`,
      en: `command key ${id} is of no use: no uplink says commands: true (orders) or receipts: signed (receipts)`,
    },
  ];
}
