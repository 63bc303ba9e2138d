/** All that a site is made of: what was found, and what people know. */
import type { Problem } from '../../config/problem.js';
import type { YamlDocument, YamlPath } from '../../config/yaml-document.js';
import type { Survey } from '../survey/survey.js';
import type { Answers } from './answers-schema.js';
import type { HouseholdRow } from './households-table.js';
import type { PlaceRow } from './places-table.js';
import type { Profiles } from './weigh-unit.js';

export interface SetupFacts {
  readonly answers: Answers;
  /** Where the answers stand; null: they were typed. */
  readonly document: YamlDocument | null;
  readonly survey: Survey;
  readonly profiles: Profiles;
  readonly places: readonly PlaceRow[];
  readonly households: readonly HouseholdRow[];
}

/** Where a part of the answers stands; null: it was typed. */
export function answersPlace({ document }: SetupFacts, path: YamlPath): Problem['at'] {
  return document === null ? null : document.placeOf(path);
}
