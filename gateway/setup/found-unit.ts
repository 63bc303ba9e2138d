/** A unit of the survey with all that is known of it, and what is still missing on its label. Pure. */
import { optionFaults, optionRange } from '../../config/device-options.js';
import { toldIn } from '../../config/problem.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { SurveyUnit } from '../survey/survey.js';
import type { UnitAnswer } from './answers-schema.js';
import type { PlaceRow } from './places-table.js';
import type { NamedLine } from './plan-lines.js';
import type { PlannedDevice } from './planned-site.js';

/** One unit and all that is known of it. */
export interface FoundUnit {
  readonly line: NamedLine;
  readonly unit: SurveyUnit;
  readonly answer: UnitAnswer | null;
  readonly place: PlaceRow | null;
  /** Named by a person and fit for the unit; null: nobody did. */
  readonly said: ModbusProfile | null;
}

/** Options of the label that nobody has read off yet, or has read wrongly. */
export function missingOptions(profile: ModbusProfile, { options }: Pick<PlannedDevice, 'options'>): readonly Words[] {
  return optionFaults(profile.options, options).map(({ key }) => {
    const option = profile.options.find((each) => each.key === key);
    if (option === undefined) return { zh: key, en: key };
    const range = optionRange(option);
    return {
      zh: `${key}（${option.names.zh}：${toldIn(range, 'zh')}）`,
      en: `${key} (${option.names.en}: ${toldIn(range, 'en')})`,
    };
  });
}
