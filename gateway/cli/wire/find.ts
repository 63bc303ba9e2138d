/** `gengfu find`: asks every line what is there, and tells what it found. */
import { resolve } from 'node:path';
import { SystemClock } from '../../../drivers/clock.js';
import { writeWhole } from '../../../drivers/whole-file.js';
import { exitOf } from '../../survey/search.js';
import { failureWords } from '../failure-words.js';
import { siteProfiles } from '../site-profiles.js';
import { searchedLines } from './find-lines.js';
import type { FindOptions } from './find-options.js';
import { describeSurvey } from './find-table.js';
import { noPorts, searchHere } from './search-here.js';

const exitRefused = 1;

/** Prints; the exit status. */
export async function find(options: FindOptions): Promise<number> {
  const { lang, json } = options;
  const clock = new SystemClock();
  const profiles = [...(await siteProfiles(options)).values()];
  const lines = await searchedLines(options, profiles, clock);
  if (lines.length === 0) {
    process.stderr.write(`${noPorts[lang]}\n`);
    if (json === true) process.stdout.write(`${JSON.stringify({ survey: 1, lines: [], tookMs: 0, isWhole: true })}\n`);
    return exitRefused;
  }
  const survey = await searchHere(lines, profiles, clock, lang);
  const nameOf = (id: string): string => profiles.find((profile) => profile.id === id)?.names[lang] ?? '';
  process.stdout.write(`${json === true ? JSON.stringify(survey) : describeSurvey(survey, lang, nameOf)}\n`);
  if (options.out !== undefined) {
    try {
      await writeWhole(resolve(options.out), `${JSON.stringify(survey, null, 2)}\n`);
    } catch (error) {
      process.stderr.write(`${failureWords(error)[lang]}\n`);
      return exitRefused;
    }
  }
  return exitOf(survey);
}
