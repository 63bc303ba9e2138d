/** All checks that need more than one key, in the order in which a technician would correct them. */
import { checkChoices } from './checks/choices.js';
import { checkContactPairs } from './checks/contact-pairs.js';
import { checkDevices } from './checks/devices.js';
import { checkExercises } from './checks/exercises.js';
import type { Check, CheckedSite } from './checks/finding.js';
import { checkGbUplinks } from './checks/gb-uplinks.js';
import { checkHouseholds, checkPanel } from './checks/households.js';
import { checkIds } from './checks/ids.js';
import { checkLimits } from './checks/limits.js';
import { checkLineKeys } from './checks/line-keys.js';
import { checkLines } from './checks/lines.js';
import { checkMessages } from './checks/messages.js';
import { checkObjects } from './checks/objects.js';
import { checkOutputs } from './checks/outputs.js';
import { checkPlans } from './checks/plans.js';
import { checkProgramme } from './checks/programme.js';
import { checkProofs } from './checks/proofs.js';
import { checkSampling } from './checks/sampling.js';
import { checkSpeakers } from './checks/speakers.js';
import { checkUpkeep } from './checks/upkeep.js';
import { checkUplinks } from './checks/uplinks.js';
import { checkWiring } from './checks/wiring.js';
import { configProblem } from './config-problems.js';
import type { Problem } from './problem.js';
import type { YamlDocument } from './yaml-document.js';

const checks: readonly Check[] = [
  checkIds,
  checkLineKeys,
  checkLines,
  checkDevices,
  checkWiring,
  checkChoices,
  checkLimits,
  checkSampling,
  checkContactPairs,
  checkObjects,
  checkUpkeep,
  checkOutputs,
  checkProofs,
  checkPlans,
  checkSpeakers,
  checkMessages,
  checkProgramme,
  checkExercises,
  checkPanel,
  checkHouseholds,
  checkUplinks,
  checkGbUplinks,
];

export function crossCheck(document: YamlDocument, site: CheckedSite): Problem[] {
  return checks
    .flatMap((check) => [...check(site)])
    .map(({ code, path, where, expected, got, hint }) =>
      configProblem(code, document.placeOf(path), where, expected, got, hint),
    );
}
