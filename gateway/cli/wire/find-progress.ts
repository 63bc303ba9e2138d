/** What a person sees while a search runs: on a terminal one line that changes, elsewhere only how long it will take. */
import type { Clock } from '../../../drivers/clock.js';
import { cutTo } from '../../papers/columns.js';
import type { SearchProgress } from '../../survey/line-search.js';
import { formatText } from '../../survey/search-plan.js';
import type { Lang } from '../teller.js';

/** The line is written anew no sooner than this, ms. */
const everyMs = 200;
const clearLine = '\r\u001b[K';

export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number;
  write(text: string): unknown;
}

export class FindProgress {
  readonly #lines = new Map<string, SearchProgress>();
  #toldMono = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly lang: Lang,
    private readonly screen: Screen,
    private readonly clock: Clock,
  ) {}

  /** Before it begins. */
  begin(lines: number, estimateMs: number): void {
    const time = timeText(estimateMs, this.lang);
    this.screen.write(
      this.lang === 'zh'
        ? `查找 ${lines} 条线路，约 ${time}，每台设备另加约 1 秒；只读不写。按 Ctrl-C 提前结束，已找到的照样列出。\n`
        : `looking at ${lines} line${lines === 1 ? '' : 's'}, about ${time} and a second for each unit; it only reads. Ctrl-C ends it early with what was found.\n`,
    );
  }

  tell(progress: SearchProgress): void {
    this.#lines.set(progress.line, progress);
    if (this.screen.isTTY !== true) return;
    const nowMono = this.clock.mono();
    if (nowMono - this.#toldMono < everyMs) return;
    this.#toldMono = nowMono;
    this.screen.write(`${clearLine}${cutTo(this.#text(), (this.screen.columns ?? 80) - 1)}`);
  }

  /** The line goes away. */
  end(): void {
    if (this.screen.isTTY === true) this.screen.write(clearLine);
  }

  #text(): string {
    const all = [...this.#lines.values()];
    const found = all.reduce((sum, each) => sum + each.found, 0);
    const left = timeText(Math.max(0, ...all.map(({ leftMs }) => leftMs)), this.lang);
    const head = this.lang === 'zh' ? `已找到 ${found} 台，还需约 ${left}` : `${found} found, about ${left} left`;
    return [head, ...all.map((each) => this.#where(each))].join('  ');
  }

  #where({ line, format, address }: SearchProgress): string {
    const at = format === null ? '' : ` ${formatText(format)}`;
    const what = address === null ? (this.lang === 'zh' ? '识别' : 'recognising') : `#${address}`;
    return `${line.replace(/^.*\//, '')}${at} ${what}`;
  }
}

/** `3 分 20 秒`, `3 min 20 s` */
export function timeText(ms: number, lang: Lang): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = lang === 'zh' ? [`${minutes} 分`, `${rest} 秒`] : [`${minutes} min`, `${rest} s`];
  return minutes === 0 ? (parts[1] ?? '') : rest === 0 ? (parts[0] ?? '') : parts.join(' ');
}
