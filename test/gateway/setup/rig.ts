/** The survey of the simulated town, a person who answers from a list, and the way from both to a site file. */
import { loadProfileLibrary } from '../../../config/profile-library.js';
import { loadCodecs } from '../../../drivers/stream/codec-library.js';
import type { Asker } from '../../../gateway/asking/asker.js';
import { type CheckedFile, checkSiteText } from '../../../gateway/check.js';
import { type Accepted, acceptSite } from '../../../gateway/setup/accept-site.js';
import { type Answers, noAnswers } from '../../../gateway/setup/answers-schema.js';
import { planSite, type SetupOutcome } from '../../../gateway/setup/plan-site.js';
import type { SetupFacts } from '../../../gateway/setup/setup-facts.js';
import type { Survey, SurveyLine, SurveyUnit } from '../../../gateway/survey/survey.js';

const codecs = await loadCodecs();
export const library = await loadProfileLibrary();
const known = {
  ...{ knownUplinks: ['mqtt'], knownPinDrivers: ['auto', 'sysfs', 'chip', 'simulated'] },
  ...{ knownCodecs: [...codecs.keys()], codecs, profiles: library },
};

export const siteFile = '/etc/gengfu/gateway.yaml';

export function unit(
  address: number,
  profile: string,
  more: Partial<SurveyUnit> = {},
  baud: 9600 | 19_200 = 9600,
): SurveyUnit {
  const because = { zh: '保持寄存器 0x0010 = 0', en: 'holding 0x0010 = 0' };
  return {
    address,
    format: { baud, parity: 'none', stopBits: 1 },
    candidates: profile === '' ? [] : profile.split(' ').map((each) => ({ profile: each, strength: 'weak', because })),
    answerMs: 12,
    trouble: null,
    ...more,
  };
}

export function line(path: string, units: readonly SurveyUnit[]): SurveyLine {
  return { at: { kind: 'serial', path }, adapter: 'FTDI FT232R', troubles: [], units };
}

function smokes(count: number, baud: 9600 | 19_200): readonly SurveyUnit[] {
  return Array.from({ length: count }, (_, index) => unit(index + 1, 'generic-smoke-0010', {}, baud));
}

export function surveyOf(...lines: readonly SurveyLine[]): Survey {
  return { survey: 1, lines, tookMs: 90_000, isWhole: true };
}

/** The 24 units of config/examples/ancient-town.yaml, the west line at 19200. */
export function townSurvey(): Survey {
  const east = [...smokes(12, 9600), unit(20, 'n4d8b08'), unit(30, 'waveshare-relay8')];
  const fast = 19_200;
  const west = [
    ...smokes(7, fast),
    unit(20, 'n4d8b08', {}, fast),
    unit(21, 'n4d8b08', {}, fast),
    unit(30, 'waveshare-relay8', {}, fast),
  ];
  return surveyOf(line('/dev/gengfu-east', east), line('/dev/gengfu-west', west));
}

export function plan(survey: Survey, answers: Partial<Answers> = {}, more: Partial<SetupFacts> = {}): SetupOutcome {
  return planSite({
    ...{ answers: { ...noAnswers, ...answers }, document: null, survey },
    ...{ profiles: library.profiles, places: [], households: [] },
    ...more,
  });
}

export function check(text: string): Promise<CheckedFile> {
  return checkSiteText(siteFile, text, known);
}

/** The accepted file; throws with the problems of one that is not. */
export async function written(...given: Parameters<typeof plan>): Promise<Extract<Accepted, { ok: true }>> {
  const planned = plan(...given);
  if (!planned.ok) throw new Error(JSON.stringify(planned.problems, null, 1));
  const accepted = await acceptSite(planned.site, check);
  if (!accepted.ok) throw new Error(`${JSON.stringify(accepted.problems, null, 1)}\n${accepted.text}`);
  return accepted;
}

/** Says one line after the other, then gives up. */
export function personSaying(...lines: readonly string[]): Asker & { readonly heard: string[] } {
  const rest = [...lines];
  const heard: string[] = [];
  return {
    heard,
    ask: (prompt) => {
      heard.push(prompt);
      return Promise.resolve(rest.shift() ?? null);
    },
    tell: (text) => heard.push(text),
    close: () => undefined,
  };
}
