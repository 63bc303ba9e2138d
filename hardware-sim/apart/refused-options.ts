/** What can not be played as somebody asks for it, and why. Nothing has been started yet. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../../config/vocabulary.js';
import { refusedHere } from '../refused-here.js';
import type { Scenario } from '../scenario.js';
import type { ApartOptions } from './apart-options.js';

/** Null: it can be played. */
export function refusedOptions(scenario: Scenario, options: ApartOptions): Words | null {
  return (
    refusedHere(scenario, 'sim') ??
    (options.isByHand ? refusedByHand(scenario) : null) ??
    (options.broker === null ? null : refusedWithBroker(scenario)) ??
    (options.hasAllUplinks ? refusedWithAll(scenario) : null) ??
    refusedFolder(options)
  );
}

/** Nobody here can kill a process that somebody else has started. */
function refusedByHand({ names, steps }: Scenario): Words | null {
  if (!steps.some(({ do: deed }) => 'gateway' in deed || 'power' in deed)) return null;
  return {
    zh: `“${names.zh}”要杀掉网关进程再启动，不能由人启动；去掉 --by-hand`,
    en: `"${names.en}" kills the gateway and starts it again, so nobody else can start it; leave --by-hand away`,
  };
}

/** Nobody here can unplug a broker of somebody else, or sign in to it as the district. */
function refusedWithBroker({ names, steps }: Scenario): Words | null {
  if (!steps.some(({ do: deed }) => 'uplink' in deed || 'forge' in deed)) return null;
  return {
    zh: `“${names.zh}”要断开平台或代发命令，不能用别人的服务器；去掉 --broker`,
    en: `"${names.en}" unplugs the district or orders in its name, which another's broker does not allow; leave --broker away`,
  };
}

/** What follows when the only centre is away does not follow when one of four is. */
function refusedWithAll({ names, steps }: Scenario): Words | null {
  if (!steps.some(({ do: deed }) => 'uplink' in deed || 'storm' in deed)) return null;
  return {
    zh: `“${names.zh}”讲的是唯一的平台断线，不能同时有四种上报方式；去掉 --all-uplinks`,
    en: `"${names.en}" is about the only district being away, which four ways at once do not allow; leave --all-uplinks away`,
  };
}

/** A journal of an earlier play has its alarms, and a story begins on a quiet day. */
function refusedFolder({ folder }: ApartOptions): Words | null {
  const data = folder === null ? null : join(folder, 'data');
  if (data === null || !existsSync(data)) return null;
  return {
    zh: `${data} 是上一次演出的数据；请换一个目录，或先删除它`,
    en: `${data} is the data of an earlier play; choose another folder, or remove it first`,
  };
}
