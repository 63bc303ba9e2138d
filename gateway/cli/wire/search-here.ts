/** A search of the lines of this box with a person before it: how long it will take, how far it is, and Ctrl-C that ends it early. */
import type { DeviceProfile } from '../../../config/profile-schema.js';
import type { Clock } from '../../../drivers/clock.js';
import { type SearchedLine, search } from '../../survey/search.js';
import { estimateMs } from '../../survey/search-plan.js';
import type { Survey } from '../../survey/survey.js';
import type { Lang } from '../teller.js';
import { FindProgress } from './find-progress.js';

/** @param lines one at least. */
export async function searchHere(
  lines: readonly SearchedLine[],
  profiles: readonly DeviceProfile[],
  clock: Clock,
  lang: Lang,
): Promise<Survey> {
  const progress = new FindProgress(lang, process.stderr, clock);
  progress.begin(lines.length, Math.max(...lines.map(({ plan }) => estimateMs(plan))));
  let isOver = false;
  const take = (): void => {
    isOver = true;
  };
  // Once: who presses twice wants it to end now.
  process.once('SIGINT', take);
  try {
    return await search({
      ...{ lines, profiles, clock },
      isOver: () => isOver,
      onProgress: (each) => progress.tell(each),
    });
  } finally {
    process.off('SIGINT', take);
    progress.end();
  }
}

export const noPorts = {
  zh: '没有找到串口。插好 USB–RS485 适配器后再试；板载串口用 --port /dev/ttyAMA0；网络设备用 --tcp 地址:端口。',
  en: 'no serial port was found. Plug the USB adapter in and try again; for a UART of the board --port /dev/ttyAMA0; for a device on the network --tcp host:port.',
};
