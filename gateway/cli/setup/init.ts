/** `gengfu init`: gathers what is known and found, has it planned and accepted, and puts the site file in its place. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { describeProblem, type Problem } from '../../../config/problem.js';
import type { ProfileLibrary } from '../../../config/profile-library.js';
import { readTextFile } from '../../../config/read-text.js';
import type { Words } from '../../../config/vocabulary.js';
import type { YamlDocument } from '../../../config/yaml-document.js';
import { writeWhole } from '../../../drivers/whole-file.js';
import type { Asker } from '../../asking/asker.js';
import { checkSiteText } from '../../check.js';
import { acceptSite } from '../../setup/accept-site.js';
import { allQuestions, answersIn } from '../../setup/all-questions.js';
import { type Answers, noAnswers } from '../../setup/answers-schema.js';
import { answersTemplate } from '../../setup/answers-template.js';
import { csvTemplate } from '../../setup/csv-templates.js';
import { type HouseholdRow, householdsOf } from '../../setup/households-table.js';
import { interview } from '../../setup/interview.js';
import type { LastFacts } from '../../setup/last-questions.js';
import { type PlaceRow, placesOf } from '../../setup/places-table.js';
import { planSite, zonesOf } from '../../setup/plan-site.js';
import type { PlannedSite } from '../../setup/planned-site.js';
import { readAnswers } from '../../setup/read-answers.js';
import { readSurvey } from '../../setup/read-survey.js';
import { readTableFile } from '../../setup/read-table.js';
import { isThere, saveSite } from '../../setup/save-site.js';
import { reportOf } from '../../setup/setup-report.js';
import type { NamedZone } from '../../setup/zone-by-name.js';
import type { Survey } from '../../survey/survey.js';
import { failureWords } from '../failure-words.js';
import { known } from '../known.js';
import { noPorts } from '../wire/search-here.js';
import type { FindUnits } from './find-units.js';
import type { InitOptions } from './init-orders.js';
import { describeReport, initWords, reportAsJson } from './init-words.js';

/** Exit statuses. */
const done = 0;
const refused = 1;
const badInput = 2;

/** What is wrong with the village, and not with a file. */
const aboutTheVillage: ReadonlySet<string> = new Set(['SETUP-019', 'SETUP-020']);

export interface InitParts {
  /** Null: nobody sits there who could be asked. */
  readonly asker: (() => Asker) | null;
  readonly findUnits: FindUnits;
  /** All that the gateway of this site would know. */
  readonly loadProfiles: (siteFile: string) => Promise<ProfileLibrary>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The exit status. */
export async function init(options: InitOptions, parts: InitParts): Promise<number> {
  if (options.csvTemplate !== undefined) return printed(csvTemplate(options.csvTemplate), parts);
  if (options.printAnswers === true) return printed(answersTemplate, parts);
  try {
    return await new Init(options, parts).run();
  } catch (cause) {
    if (cause instanceof Stop) return cause.status;
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    parts.err(`${failureWords(cause)[options.lang]}\n`);
    return refused;
  }
}

function printed(text: string, { out }: InitParts): number {
  out(text);
  return done;
}

/** Told already; only the status is left. */
class Stop extends Error {
  constructor(readonly status: number) {
    super('init was stopped');
  }
}

class Init {
  readonly #target: string;

  constructor(
    private readonly options: InitOptions,
    private readonly parts: InitParts,
  ) {
    this.#target = path.resolve(options.out ?? options.config);
  }

  async run(): Promise<number> {
    const { answers: given, document } = await this.#answers();
    await this.#mayWrite();
    if (this.options.yes !== true && this.parts.asker === null) this.#stop(badInput, initWords.noTerminal);
    const library = await this.parts.loadProfiles(this.#target);
    if (this.options.json !== true)
      for (const problem of library.problems) this.parts.err(`${describeProblem(problem, this.options.lang)}\n`);
    const { survey, isNew } = await this.#survey(library);
    try {
      const status = await this.#plan(given, document, survey, library);
      if (status !== done && isNew) await this.#keepSearch(survey);
      return status;
    } catch (cause) {
      if (isNew) await this.#keepSearch(survey);
      throw cause;
    }
  }

  async #plan(given: Answers, document: YamlDocument | null, survey: Survey, library: ProfileLibrary): Promise<number> {
    const answers = this.options.yes === true ? given : await this.#asked(given, survey, library);
    const zones = zonesOf(answers).map(({ id, name }) => ({ id, name: name ?? undefined }));
    const places = await this.#table(answers.places, (file, text) => placesOf(file, text, zones));
    const households = await this.#table(answers.households, (file, text) => householdsOf(file, text, zones));
    const planned = planSite({ answers, document, survey, profiles: library.profiles, places, households });
    if (!planned.ok) {
      const isVillage = planned.problems.every(({ code }) => aboutTheVillage.has(code));
      return this.#refuse(planned.problems, isVillage ? refused : badInput);
    }
    return await this.#write(planned.site, library);
  }

  async #write(planned: PlannedSite, profiles: ProfileLibrary): Promise<number> {
    // A wrong one was told, and nothing of it is used.
    const parts = { ...(await known()), profiles: { ...profiles, problems: [] } };
    const accepted = await acceptSite(planned, (text) => checkSiteText(this.#target, text, parts));
    const { force, dryRun, json, lang } = this.options;
    if (!accepted.ok) {
      this.#refuse(accepted.problems, refused);
      if (dryRun === true) return refused;
      const aside = `${this.#target}.refused`;
      await saveSite(aside, accepted.text, true);
      this.#say(initWords.setAside(aside));
      return refused;
    }
    const saved = dryRun === true ? null : await saveSite(this.#target, accepted.text, force === true);
    if (saved?.ok === false) this.#stop(refused, initWords.isThere(this.#target));
    const report = reportOf(accepted.site, this.#target, accepted.text);
    const written = { file: this.#target, isWritten: saved !== null, backup: saved?.ok === true ? saved.backup : null };
    if (json === true) this.parts.out(reportAsJson(report, written, dryRun === true ? accepted.text : null));
    else if (dryRun === true) {
      this.parts.out(accepted.text);
      this.parts.err(describeReport(report, written, lang));
    } else this.parts.out(describeReport(report, written, lang));
    return done;
  }

  async #answers(): Promise<{ readonly answers: Answers; readonly document: YamlDocument | null }> {
    const { answers: file, places, households } = this.options;
    const tables = {
      ...(places === undefined ? {} : { places: path.resolve(places) }),
      ...(households === undefined ? {} : { households: path.resolve(households) }),
    };
    if (file === undefined) return { answers: { ...noAnswers, ...tables }, document: null };
    const absolute = path.resolve(file);
    const read = await readTextFile(absolute);
    if (!read.ok) throw new Stop(this.#refuse([read.problem], badInput));
    const parsed = readAnswers(absolute, read.text);
    if (!parsed.ok) throw new Stop(this.#refuse(parsed.problems, badInput));
    const { answers, document } = parsed;
    const beside = (name: string | undefined) =>
      name === undefined ? undefined : path.resolve(path.dirname(absolute), name);
    return {
      answers: { ...answers, places: beside(answers.places), households: beside(answers.households), ...tables },
      document,
    };
  }

  /** Before anybody has answered thirty questions. */
  async #mayWrite(): Promise<void> {
    const { dryRun, force } = this.options;
    if (dryRun === true) return;
    await access(path.dirname(this.#target), constants.W_OK);
    if (force !== true && (await isThere(this.#target))) this.#stop(refused, initWords.isThere(this.#target));
  }

  /** `isNew`: it was searched for just now, which has taken minutes. */
  async #survey({ profiles }: ProfileLibrary): Promise<{ readonly survey: Survey; readonly isNew: boolean }> {
    const { survey: file } = this.options;
    if (file === undefined) {
      const survey = (await this.parts.findUnits([...profiles.values()])) ?? this.#stop(refused, noPorts);
      return { survey, isNew: true };
    }
    const absolute = path.resolve(file);
    const read = await readTextFile(absolute);
    if (!read.ok) throw new Stop(this.#refuse([read.problem], badInput));
    const parsed = readSurvey(absolute, read.text);
    if (!parsed.ok) throw new Stop(this.#refuse(parsed.problems, badInput));
    return { survey: parsed.survey, isNew: false };
  }

  /** Whoever gives up the questions, or has answered them wrongly, need not search again. */
  async #keepSearch(survey: Survey): Promise<void> {
    if (this.options.dryRun === true) return;
    const file = `${this.#target}.survey.json`;
    await writeWhole(file, `${JSON.stringify(survey, null, 2)}\n`);
    this.#say(initWords.searchKept(file, this.#target));
  }

  async #asked(answers: Answers, survey: Survey, { profiles }: ProfileLibrary): Promise<Answers> {
    const { lang } = this.options;
    const facts: LastFacts = {
      survey,
      profiles,
      checkTable: async (which, file, zones) => {
        const named = zones.map(({ id, name }) => ({ id, name: name ?? undefined }));
        const problems = await this.#tableProblems(which, path.resolve(file), named);
        const text = (in_: 'zh' | 'en') => problems.map((problem) => describeProblem(problem, in_)).join('\n  ');
        return problems.length === 0 ? null : { zh: text('zh'), en: text('en') };
      },
    };
    const asker = this.parts.asker?.();
    if (asker === undefined) return this.#stop(badInput, initWords.noTerminal);
    try {
      asker.tell(initWords.found(survey)[lang]);
      const given = await interview(allQuestions(answers, facts), asker, lang);
      if (given === null) return this.#stop(refused, initWords.givenUp);
      return answersIn(answers, facts, given);
    } finally {
      asker.close();
    }
  }

  async #tableProblems(
    which: 'places' | 'households',
    file: string,
    zones: readonly NamedZone[],
  ): Promise<readonly Problem[]> {
    const read = await readTableFile(file);
    if (!read.ok) return [read.problem];
    return (which === 'places' ? placesOf(file, read.text, zones) : householdsOf(file, read.text, zones)).problems;
  }

  async #table<Row extends PlaceRow | HouseholdRow>(
    file: string | undefined,
    parse: (file: string, text: string) => { readonly rows: readonly Row[]; readonly problems: readonly Problem[] },
  ): Promise<readonly Row[]> {
    if (file === undefined) return [];
    const absolute = path.resolve(file);
    const read = await readTableFile(absolute);
    if (!read.ok) throw new Stop(this.#refuse([read.problem], badInput));
    const { rows, problems } = parse(absolute, read.text);
    if (problems.length > 0) throw new Stop(this.#refuse(problems, badInput));
    return rows;
  }

  #refuse(problems: readonly Problem[], status: number): number {
    const { json, lang } = this.options;
    if (json === true) this.parts.out(`${JSON.stringify({ ok: false, problems })}\n`);
    else for (const problem of problems) this.parts.err(`${describeProblem(problem, lang)}\n`);
    return status;
  }

  #stop(status: number, words: Words): never {
    const { json, lang } = this.options;
    if (json === true) this.parts.out(`${JSON.stringify({ ok: false, reason: words })}\n`);
    else this.parts.err(`${words[lang]}\n`);
    throw new Stop(status);
  }

  #say(words: Words): void {
    this.parts.err(`${words[this.options.lang]}\n`);
  }
}
