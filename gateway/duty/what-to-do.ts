/** The steps that the panel shows beside an alarm: those of its plan, and what is usual for its class everywhere else. Pure. */
import type { SiteConfig } from '../../config/site.js';
import { usualSteps } from '../../config/site-defaults.js';
import { alarmClasses } from '../../config/vocabulary.js';
import type { SiteInfo } from '../panel/api/site.js';

/** In the order in which they count: the first row of the class whose zones fit. Own steps for a zone go before those for all. */
export function stepsOf({ plans }: Pick<SiteConfig, 'plans'>): SiteInfo['steps'] {
  const own = plans.flatMap(({ when, whatToDo }) =>
    whatToDo === undefined
      ? []
      : [{ class: when.class, zones: when.zones === 'all' ? null : [...when.zones], steps: [...whatToDo] }],
  );
  return [
    ...own.filter(({ zones }) => zones !== null),
    ...own.filter(({ zones }) => zones === null),
    ...alarmClasses.map((each) => ({ class: each, zones: null, steps: [...usualSteps[each]] })),
  ];
}
