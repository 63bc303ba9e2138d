import type { Preset } from '../preset.js';
import { drillHalfYearly, testByDay } from './shared-reasons.js';
import { hydrantPressure, kitchenGas, smallTank } from './usual-limits.js';

/** One house full of people who can not run: everybody hears it together, and it is practised twice a year. */
export const careHome: Preset = {
  id: 'care-home',
  names: { zh: '养老院', en: 'care home' },
  means: {
    zh: '一栋楼里住着走不快的人：所有警铃同时响，每半年演练一次',
    en: 'one house with people who can not run: all sirens together, a drill every half year',
  },
  planStyle: 'together',
  planWhy: {
    zh: 'GB 50116-2013 4.8.5：同一建筑内的警报同时启动、同时停止',
    en: 'GB 50116-2013, 4.8.5: all sounders of a building start and stop together',
  },
  whatToDo: [
    {
      zh: '值班人马上到报警的房间，带上灭火器和对讲机',
      en: 'Whoever is on duty goes to the room at once, with extinguisher and radio',
    },
    { zh: '有火就打 119，说清有多少老人走不动', en: 'If it burns, call 119 and say how many people can not walk' },
    {
      zh: '先救着火房间和两边的人，关上身后的门',
      en: 'Get people out of that room and the ones beside it first; close the doors behind you',
    },
    { zh: '卧床的人用床单拖走，不坐电梯', en: 'Pull bedridden people on their sheets; no lift' },
    {
      zh: '在集合点按名册点人，告诉消防员还少谁',
      en: 'Count everybody by the list at the meeting point; tell the firefighters who is missing',
    },
  ],
  dailyReportAt: '07:30',
  sirenTest: { day: 'wednesday', at: '10:00', why: testByDay },
  drill: { lastsMin: 20, dueAfterDays: 182, why: drillHalfYearly },
  night: {
    from: '23:00',
    to: '05:30',
    why: {
      zh: '夜里有人值班，故障只响一次；火警和预警始终有声',
      en: 'somebody is up at night, so faults sound once; fire and warning always sound',
    },
  },
  // Somebody passes the panel often, and residents pass it, too.
  signOutAfterS: 300,
  limits: [smallTank, hydrantPressure, kitchenGas],
  siteName: { zh: '养老院', en: 'Care home' },
  zoneName: { zh: '楼内', en: 'house' },
};
