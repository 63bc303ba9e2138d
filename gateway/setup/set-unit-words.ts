/** What a person can really do to give a unit another speed or address: an order where its profile has a recipe, else the unit itself. Pure. */
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { SurveyFormat } from '../survey/survey.js';
import { formatText } from './line-formats.js';

/** `profile` null: nobody knows the model. */
export function setSpeedWords(
  profile: ModbusProfile | null,
  own: SurveyFormat | null,
  wanted: SurveyFormat | null,
): Words {
  const to = formatText(wanted);
  const codes = profile?.recipes?.change_baud?.codes ?? {};
  // A recipe changes the rate alone.
  const isSame = own !== null && wanted !== null && own.parity === wanted.parity && own.stopBits === wanted.stopBits;
  if (isSame && String(wanted.baud) in codes)
    return { zh: `用 gengfu baud 把它改成 ${to}`, en: `set it to ${to} with gengfu baud` };
  const hand = profile?.recipes?.by_hand?.baud ?? byHand;
  return {
    zh: `把它改成 ${to}（没有命令能改：${hand.zh}），或给它单独一条线路（再加一个串口）`,
    en: `set it to ${to} (no order does it: ${hand.en}), or give it a line (a serial port) of its own`,
  };
}

export function setAddressWords(profile: ModbusProfile | null, free: number): Words {
  const recipes = profile?.recipes;
  // Of an unknown model the paper of the person may know more than we do: `gengfu address` says what it needs.
  if (profile === null || recipes?.change_address !== undefined)
    return {
      zh: `用 gengfu address 把它改到别的地址（例如 ${free}）`,
      en: `give it another address (${free} is free) with gengfu address`,
    };
  const hand = recipes?.by_hand?.address ?? byHand;
  return {
    zh: `把它改到别的地址（例如 ${free}；没有命令能改：${hand.zh}）`,
    en: `give it another address (${free} is free; no order does it: ${hand.en})`,
  };
}

const byHand: Words = {
  zh: '按说明书用拨码开关、按键或厂家工具设置',
  en: 'use its switches, its keys or the tool of its maker, as its paper says',
};
