/** Reasons that several presets share, with the rule that they come from. */
import type { Words } from '../../../config/vocabulary.js';

/** Order 61 of the Ministry of Public Security (2001), article 40 [V*]: key units every half year, others at least once a year. */
export const drillYearly: Words = {
  zh: '公安部令第 61 号第四十条：每年至少演练一次',
  en: 'order 61 of the Ministry of Public Security, article 40: a drill at least once a year',
};

export const drillHalfYearly: Words = {
  zh: '公安部令第 61 号第四十条：消防安全重点单位至少每半年演练一次',
  en: 'order 61 of the Ministry of Public Security, article 40: key units at least every half year',
};

export const testByDay: Words = {
  zh: '白天、人都醒着的时候短响，坏了的警铃不会等到着火才发现',
  en: 'shortly and by day, so that a dead siren is not found out by a fire',
};
