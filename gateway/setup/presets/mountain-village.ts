import type { Preset } from '../preset.js';
import { drillYearly, testByDay } from './shared-reasons.js';
import { firePool, hydrantPressure, kitchenGas } from './usual-limits.js';

/** Scattered houses, nobody on duty, help has to walk. */
export const mountainVillage: Preset = {
  id: 'mountain-village',
  names: { zh: '山村', en: 'mountain village' },
  means: {
    zh: '住得散，无人值班：当地先响，30 秒无人确认或证实后叫醒全村',
    en: 'scattered houses, nobody on duty: the place first, the village after 30 s without an answer or when it is confirmed',
  },
  planStyle: 'unmanned_village',
  planWhy: {
    zh: '无人值班：半分钟内没人确认，或火警证实，就叫醒全村',
    en: 'nobody is on duty: the village is woken when nobody acknowledges for half a minute, or the fire is confirmed',
  },
  whatToDo: null,
  dailyReportAt: '08:00',
  sirenTest: { day: 'sunday', at: '10:00', why: testByDay },
  drill: { lastsMin: 15, dueAfterDays: 365, why: drillYearly },
  night: {
    from: '21:00',
    to: '06:30',
    why: {
      zh: '村里睡得早；火警和预警始终有声',
      en: 'a village goes to bed early; fire and warning always sound',
    },
  },
  signOutAfterS: 600,
  limits: [firePool, hydrantPressure, kitchenGas],
  siteName: { zh: '山村', en: 'Mountain village' },
  zoneName: { zh: '村子', en: 'village' },
};
