/** What can be wrong with what a site file says of the people around its panel. Part of the table in config-problems.ts. */
import type { ConfigProblemText } from './output-problems.js';

export const panelProblems = {
  'CONF-098': {
    zh: '两户用了同一个编号',
    en: 'two households have the same id',
    hint: { zh: '给其中一户换一个编号', en: 'give one of them another id' },
  },
} as const satisfies Record<`CONF-${string}`, ConfigProblemText>;
