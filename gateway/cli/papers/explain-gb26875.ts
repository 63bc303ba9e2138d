/** `gengfu explain gb26875`: the point table that the platform's engineer wants. */
import type { Words } from '../../../config/vocabulary.js';
import { gbPapers, gbPointCsv, gbPointText } from '../../papers/gb-point-list.js';
import type { RunOptions } from '../exercise-orders.js';
import { readSite } from '../read-site.js';

export interface GbPaperOptions extends RunOptions {
  readonly csv?: boolean;
}

/** Exit status 1: the site has no such uplink. */
export async function explainGb(options: GbPaperOptions, uplink: string | null): Promise<void> {
  const read = await readSite(options);
  if (read === null) return;
  const { config } = read;
  const { lang, json, csv } = options;
  const papers = gbPapers(config, uplink);
  if (papers.length === 0) {
    process.stderr.write(`${noneOf(uplink)[lang]}\n`);
    process.exitCode = 1;
    return;
  }
  if (json === true) {
    const facts = papers.map(({ uplink: { id, dialect, address, centreAddress }, table: { rows, untold } }) => ({
      ...{ uplink: id, address, centreAddress, dialect, rows, untold },
    }));
    process.stdout.write(`${JSON.stringify({ uplinks: facts })}\n`);
  } else if (csv === true) process.stdout.write(gbPointCsv(papers, config, lang));
  else process.stdout.write(`${papers.map((paper) => gbPointText(paper, config, lang)).join('\n\n')}\n`);
}

function noneOf(uplink: string | null): Words {
  if (uplink === null)
    return { zh: '站点文件里没有 kind: gb26875 的上联', en: 'no uplink of this site has kind: gb26875' };
  return {
    zh: `没有 kind: gb26875 的上联 ${uplink}`,
    en: `no uplink ${uplink.slice(0, 60)} of this site has kind: gb26875`,
  };
}
