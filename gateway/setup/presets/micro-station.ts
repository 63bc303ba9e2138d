import type { Preset } from '../preset.js';
import { drillHalfYearly, testByDay } from './shared-reasons.js';
import { hydrantPressure, kitchenGas, smallTank } from './usual-limits.js';

/** Somebody is on duty day and night and goes to look: 公消〔2015〕301 wants the place reached within 3 minutes. */
export const microStation: Preset = {
  id: 'micro-station',
  names: { zh: '微型消防站', en: 'micro fire station' },
  means: {
    zh: '24 小时有人值班：当地先响，2 分钟无人确认或证实后叫醒全村',
    en: 'somebody on duty day and night: the place first, the village after 2 min without an answer or when it is confirmed',
  },
  planStyle: 'manned_station',
  planWhy: {
    zh: '公消〔2015〕301：24 小时值守，3 分钟到场；所以先让值班人去看',
    en: '公消〔2015〕301: on duty for 24 h, at the place within 3 minutes; so whoever is on duty looks first',
  },
  whatToDo: [
    { zh: '值班人核实，出动；三分钟内到场', en: 'Verify and set out; be there within three minutes' },
    {
      zh: '有火就打 119：在哪里，烧什么，有没有人被困',
      en: 'If it burns, call 119: where, what burns, is anybody trapped',
    },
    {
      zh: '一组灭火，一组疏散，一组到路口接消防车',
      en: 'Some fight it, some lead people out, some meet the fire engine at the road',
    },
    { zh: '到泵房看消防泵转没转', en: 'Look in the pump house whether the pump runs' },
  ],
  dailyReportAt: '08:00',
  sirenTest: { day: 'monday', at: '09:00', why: testByDay },
  drill: { lastsMin: 15, dueAfterDays: 182, why: drillHalfYearly },
  night: {
    from: '23:00',
    to: '06:00',
    why: {
      zh: '站里夜里有人；火警和预警始终有声',
      en: 'the station is manned at night; fire and warning always sound',
    },
  },
  signOutAfterS: 300,
  limits: [smallTank, hydrantPressure, kitchenGas],
  siteName: { zh: '微型消防站', en: 'Micro station' },
  zoneName: { zh: '站房', en: 'station' },
};
