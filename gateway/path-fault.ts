/** Why a path is dead, its likely cause and what to do, in words, as the detail of its fault. Pure. */
import type { JsonValue } from '../sync/journal/entry.js';
import type { DeadPath } from './path-watch.js';

const words: Readonly<Record<DeadPath, Readonly<Record<string, string>>>> = {
  'not-heard': {
    error_zh: '连接看似正常，但该来的应答没有来',
    error_en: 'the link looks open, but nothing is heard that should have come',
    cause_zh: '网络只通一个方向，中间的防火墙或运营商悄悄断开了连接，或平台的接收程序停了',
    cause_en:
      'the network carries one way only, a firewall or the operator between has forgotten the connection, or the receiver of the centre has stopped',
    next_zh: '打电话问平台是否还收得到本站；收不到则检查路由器、SIM 卡和防火墙，收得到则请平台重启接收程序',
    next_en:
      'telephone the centre: if it hears nothing of this site, look at router, SIM and firewall; if it does, ask it to restart its receiver',
  },
  'not-confirmed': {
    error_zh: '连接看似正常，但待传的记录一直没有被确认',
    error_en: 'the link looks open, but nothing that waits is confirmed',
    cause_zh: '平台的接收程序停了、存不下，或不认识本站',
    cause_en: 'the receiver of the centre has stopped, can not store, or does not know this site',
    next_zh: '重要情况先打电话报给平台，请它查看接收程序和本站的登记；记录都在本机，恢复后自动补报',
    next_en:
      'tell the centre by telephone what matters, and ask it to look at its receiver and at how this site is registered; all is kept here and told when it works again',
  },
};

/** Empty for none. */
export function deadPathDetail(dead: DeadPath | null): Readonly<Record<string, JsonValue>> {
  return dead === null ? {} : { reason: dead, ...words[dead] };
}
