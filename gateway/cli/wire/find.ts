/** `gengfu find`: asks every line what is there, shows how far it is, and tells what it found. */
import { resolve } from 'node:path';
import { SystemClock } from '../../../drivers/clock.js';
import { writeWhole } from '../../../drivers/whole-file.js';
import { exitOf, search } from '../../survey/search.js';
import { estimateMs } from '../../survey/search-plan.js';
import { failureWords } from '../failure-words.js';
import { searchedLines, searchProfiles } from './find-lines.js';
import type { FindOptions } from './find-options.js';
import { FindProgress } from './find-progress.js';
import { describeSurvey } from './find-table.js';

const exitRefused = 1;

/** Prints; the exit status. */
export async function find(options: FindOptions): Promise<number> {
  const { lang, json } = options;
  const clock = new SystemClock();
  const profiles = await searchProfiles(options);
  const lines = await searchedLines(options, profiles, clock);
  if (lines.length === 0) {
    process.stderr.write(noPorts[lang]);
    if (json === true) process.stdout.write(`${JSON.stringify({ survey: 1, lines: [], tookMs: 0, isWhole: true })}\n`);
    return exitRefused;
  }
  const progress = new FindProgress(lang, process.stderr, clock);
  progress.begin(lines.length, Math.max(...lines.map(({ plan }) => estimateMs(plan))));
  let isOver = false;
  // Once: who presses twice wants it to end now.
  process.once('SIGINT', () => {
    isOver = true;
  });
  const survey = await search({
    ...{ lines, profiles, clock },
    isOver: () => isOver,
    onProgress: (each) => progress.tell(each),
  });
  progress.end();
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

const noPorts = {
  zh: '没有找到串口。插好 USB–RS485 适配器后再试；板载串口用 --port /dev/ttyAMA0；网络设备用 --tcp 地址:端口。\n',
  en: 'no serial port was found. Plug the USB adapter in and try again; for a UART of the board --port /dev/ttyAMA0; for a device on the network --tcp host:port.\n',
};
