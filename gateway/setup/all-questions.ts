/** The whole interview: what is asked after what, and the answers that come of it. */
import type { Answers } from './answers-schema.js';
import type { Given, Questions } from './interview.js';
import { type LastFacts, lastAnswers, lastQuestions } from './last-questions.js';
import { kindIn, siteQuestions, zonesIn } from './site-questions.js';
import { lineAnswersIn, unitAnswersIn, unitQuestions } from './unit-questions.js';

/** `answers`: what is known already, and not asked. */
export function allQuestions(answers: Answers, facts: LastFacts): Questions {
  return function* (given) {
    yield* siteQuestions(answers, given);
    yield* unitQuestions({ ...facts, answers }, given);
    yield* lastQuestions(answersBefore(answers, facts, given), facts, given);
  };
}

/** Everything that was known and said. */
export function answersIn(answers: Answers, facts: LastFacts, given: Given): Answers {
  const before = answersBefore(answers, facts, given);
  return { ...before, ...lastAnswers(before, facts, given) };
}

/** All but what is asked last: what is found on the relays hangs on it. */
function answersBefore(answers: Answers, facts: LastFacts, given: Given): Answers {
  const known = { ...facts, answers };
  const [zh, en] = [given.get('name.zh'), given.get('name.en')];
  const name = answers.site?.name ?? (zh === undefined || en === undefined ? undefined : zh === en ? zh : { zh, en });
  const [id, district] = [
    answers.site?.id ?? given.get('site.id'),
    answers.site?.district ?? given.get('site.district'),
  ];
  const zones = zonesIn(answers, given);
  return {
    ...answers,
    kind: kindIn(answers, given),
    site: {
      ...answers.site,
      ...(name === undefined ? {} : { name }),
      ...(id === undefined ? {} : { id }),
      ...(district === undefined ? {} : { district }),
    },
    ...(zones.length === 0
      ? {}
      : { zones: zones.map(({ id: zone, name: of }) => (of === null ? { id: zone } : { id: zone, name: of })) }),
    lines: lineAnswersIn(known, given),
    units: unitAnswersIn(known, given),
  };
}
