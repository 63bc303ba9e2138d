/** Orders about the site file: passed on to whoever keeps the staged files. */
import type { Order } from '../../../sync/messages/command.js';
import type { ConfigAnswer, ConfigOrders } from '../config-orders.js';
import { done, type Outcome, type Plan, refusedPlan } from './outcome.js';

type ConfigOrder = Extract<Order, { order: `config_${string}` }>;

export function configPlan(what: ConfigOrder, origin: string, config: ConfigOrders | null): Plan {
  if (config === null) return refusedPlan('not-here');
  return { run: () => obey(what, origin, config) };
}

async function obey(what: ConfigOrder, origin: string, config: ConfigOrders): Promise<Outcome> {
  switch (what.order) {
    case 'config_fetch':
      return done({ zh: '站点文件', en: 'the site file' }, { ...config.fetch(what.part) });
    case 'config_stage':
      return outcomeOf(await config.stage(what, origin), { zh: '已收到站点文件', en: 'the site file is here' });
    case 'config_apply':
      return outcomeOf(await config.apply(what.sha256, origin), {
        zh: '站点文件已启用',
        en: 'the site file is applied',
      });
    case 'config_rollback':
      return outcomeOf(await config.rollback(origin), { zh: '已退回原站点文件', en: 'the site file is rolled back' });
    default: {
      const impossible: never = what;
      throw new Error(`impossible order ${String(impossible)}`);
    }
  }
}

function outcomeOf(answer: ConfigAnswer, words: { readonly zh: string; readonly en: string }): Outcome {
  return answer.ok ? done(words, answer.detail) : { state: 'failed', reason: answer.reason, words: answer.words };
}
