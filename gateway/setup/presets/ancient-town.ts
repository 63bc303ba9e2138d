import type { Preset } from '../preset.js';
import { drillYearly, testByDay } from './shared-reasons.js';
import { firePool, hydrantPressure, kitchenGas } from './usual-limits.js';

/** Timber, house to house: nobody has minutes, so the place and the whole town hear it at once. */
export const ancientTown: Preset = {
  id: 'ancient-town',
  names: { zh: '古镇', en: 'ancient town' },
  means: {
    zh: '木房子连片：一有火警，当地和全镇的警铃同时响',
    en: 'timber houses side by side: a fire sounds its place and the whole town at once',
  },
  planStyle: 'place-and-village',
  planWhy: {
    zh: '木房连片，几分钟就烧到隔壁：当地和全镇同时响',
    en: 'timber burns from house to house in minutes: the place and the town at once',
  },
  whatToDo: [
    { zh: '带上干粉灭火器去看', en: 'Take a powder extinguisher and look' },
    { zh: '有火就打 119，说清是木结构古建筑', en: 'If it burns, call 119 and say that it is old timber' },
    {
      zh: '叫醒左右邻居，先帮老人、孩子出来',
      en: 'Wake the houses beside it; help the old and the children out first',
    },
    { zh: '能安全做到就断电、断气', en: 'Cut power and gas if that is safe' },
    {
      zh: '接消防水池的水带，派人到路口接消防车',
      en: 'Lay the hose from the fire pool; meet the fire engine at the road',
    },
  ],
  dailyReportAt: '08:00',
  sirenTest: { day: 'monday', at: '10:00', why: testByDay },
  drill: { lastsMin: 15, dueAfterDays: 365, why: drillYearly },
  night: {
    from: '22:00',
    to: '07:00',
    why: { zh: '火警和预警始终有声', en: 'fire and warning always sound' },
  },
  signOutAfterS: 600,
  limits: [firePool, hydrantPressure, kitchenGas],
  siteName: { zh: '古镇', en: 'Ancient town' },
  zoneName: { zh: '古街', en: 'old street' },
};
