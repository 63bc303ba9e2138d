/** Why a path is dead, in words, as the detail of its fault. Pure. */
import type { JsonValue } from '../sync/journal/entry.js';
import type { DeadPath } from './path-watch.js';

const words: Readonly<Record<DeadPath, Readonly<Record<string, string>>>> = {
  'not-heard': {
    error_zh: '连接看似正常，但该来的应答没有来；检查网络，请平台查看接收程序',
    error_en:
      'the link looks open, but nothing is heard that should have come; check the network, and ask the centre about its receiver',
  },
  'not-confirmed': {
    error_zh: '连接看似正常，但待传的记录一直没有被确认；请平台查看接收程序',
    error_en: 'the link looks open, but nothing that waits is confirmed; ask the centre about its receiver',
  },
};

/** Empty for none. */
export function deadPathDetail(dead: DeadPath | null): Readonly<Record<string, JsonValue>> {
  return dead === null ? {} : { reason: dead, ...words[dead] };
}
