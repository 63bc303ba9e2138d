/** What has to be written to give a unit another address or rate, or why it can not be done, with what to do instead. Pure. */
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { MovePlan, UnitPlace } from './move-unit.js';

export interface MoveAsk {
  /** Where the unit is; `baud` null where no rate can be chosen. */
  readonly from: UnitPlace;
  readonly change: { readonly kind: 'address'; readonly to: number } | { readonly kind: 'baud'; readonly to: number };
}

export type PlannedMove = { readonly ok: true; readonly plan: MovePlan } | { readonly ok: false; readonly why: Words };

export function planMove(profile: ModbusProfile, { from, change }: MoveAsk): PlannedMove {
  const { recipes, timing, exceptions, address_range: range } = profile;
  const unit = {
    interRequestMs: timing.inter_request_ms,
    afterWriteMs: Math.max(timing.after_write_ms, timing.inter_request_ms),
    responseTimeoutMs: timing.response_timeout_ms,
    exceptionStyle: exceptions.style,
  };
  const probe = probeOf(profile);
  if (change.kind === 'address') {
    const recipe = recipes?.change_address;
    const { to } = change;
    if (recipe === undefined) return no(noRecipe(profile, 'address'));
    const [low, high] = range;
    if (!Number.isInteger(to) || to < low || to > high)
      return no({
        zh: `${profile.names.zh} 的地址为 ${low} 至 ${high}，给的是 ${to}`,
        en: `${profile.names.en} takes addresses ${low} to ${high}, got ${to}`,
      });
    if (to === from.address) return no({ zh: `地址已经是 ${to}`, en: `its address is ${to} already` });
    return { ok: true, plan: { recipe, code: to, from, to: { ...from, address: to }, unit, probe } };
  }
  const recipe = recipes?.change_baud;
  if (recipe === undefined) return no(noRecipe(profile, 'baud'));
  if (from.baud === null)
    return no({
      zh: '网络服务器后面的波特率在服务器上设定；请用 --port 直接接到设备',
      en: 'behind a server on the network the server sets the rate; connect to the unit directly, with --port',
    });
  const code = recipe.codes[String(change.to)];
  const known = Object.keys(recipe.codes).join('、');
  if (code === undefined)
    return no({
      zh: `${profile.names.zh} 的波特率为 ${known}，给的是 ${change.to}`,
      en: `${profile.names.en} takes the rates ${known.replaceAll('、', ', ')}, got ${change.to}`,
    });
  if (change.to === from.baud) return no({ zh: `波特率已经是 ${change.to}`, en: `its rate is ${change.to} already` });
  return { ok: true, plan: { recipe, code, from, to: { ...from, baud: change.to }, unit, probe } };
}

/** Its first point, as wide as it is: that much every unit of the model answers. */
function probeOf({ points }: ModbusProfile): MovePlan['probe'] {
  const [first] = points;
  if (first === undefined) throw new Error('a profile has points');
  return { table: first.table, address: first.addr, count: 1 };
}

function noRecipe({ id, names, recipes }: ModbusProfile, what: 'address' | 'baud'): Words {
  const hand = recipes?.by_hand?.[what];
  const zhWhat = what === 'address' ? '地址' : '波特率';
  const enWhat = what === 'address' ? 'address' : 'baud rate';
  if (hand !== undefined)
    return {
      zh: `${names.zh}（${id}）的${zhWhat}不能由命令更改：${hand.zh}`,
      en: `the ${enWhat} of ${names.en} (${id}) is changed by no order: ${hand.en}`,
    };
  return {
    zh: `型号文件 ${id} 没有更改${zhWhat}的方法：按说明书用拨码开关、按键或厂家工具更改；知道寄存器时可写进型号文件的 recipes`,
    en: `profile ${id} does not say how to change the ${enWhat}: use switches, keys or the tool of its maker as its paper says; where the register is known, write it into recipes of the profile`,
  };
}

function no(why: Words): PlannedMove {
  return { ok: false, why };
}
