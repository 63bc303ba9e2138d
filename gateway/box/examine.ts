/** All checks of `gengfu doctor`, beside each other, each with a limit: whatever hangs or breaks, the others are told. */
import type { SiteConfig } from '../../config/site.js';
import { areaWords } from './area-words.js';
import { checkAudio } from './check-audio.js';
import { checkClock } from './check-clock.js';
import { checkDisk } from './check-disk.js';
import { checkLives } from './check-lives.js';
import { checkMachine } from './check-machine.js';
import { checkNetwork } from './check-network.js';
import { checkPins } from './check-pins.js';
import { checkPorts } from './check-ports.js';
import { checkPower } from './check-power.js';
import { checkRights } from './check-rights.js';
import { checkService } from './check-service.js';
import { type Finding, type FindingArea, findingAreas, findingsOf, words } from './finding.js';
import { gatewayFindings } from './gateway-findings.js';
import type { BoxCheck, BoxLook } from './look.js';
import type { Patience } from './patience.js';
import { lookAtFiles } from './site-files.js';

/** One check, with all that it asks, ms. The slowest are names and brokers that do not answer: 3 and 5 s. */
const checkMaxMs = 12_000;

const checks: Readonly<Partial<Record<FindingArea, BoxCheck>>> = {
  gateway: checkLives,
  service: checkService,
  rights: checkRights,
  ports: checkPorts,
  pins: checkPins,
  audio: checkAudio,
  machine: checkMachine,
  clock: checkClock,
  disk: checkDisk,
  power: checkPower,
  network: checkNetwork,
};

/** By area, in the order of `findingAreas`; the disk of the data folder is asked first whether it answers at all. */
export async function examine(look: BoxLook, patience: Patience): Promise<readonly Finding[]> {
  const own = look.config === null ? [] : await siteFindings({ ...look, config: look.config });
  const each = await Promise.all(
    findingAreas.map(async (area) => {
      const check = checks[area];
      return check === undefined ? [] : await guarded(area, check(look), patience);
    }),
  );
  const all = [...own, ...each.flat()];
  return findingAreas.flatMap((area) => all.filter((finding) => finding.area === area));
}

async function siteFindings(look: BoxLook & { readonly config: SiteConfig }): Promise<readonly Finding[]> {
  const { view, config, facts, wall } = look;
  if ((await view.whyNot(config.dataDir)) === 'LATE') {
    const fix = words('检查存储卡和文件系统；dmesg', 'look at the card and its file system; dmesg');
    return [
      findingsOf('disk').problem(
        words('磁盘', 'disk'),
        words(`${config.dataDir} 没有应答`, `${config.dataDir} does not answer`),
        fix,
      ),
    ];
  }
  return gatewayFindings(config, facts, lookAtFiles(config), wall);
}

async function guarded(
  area: FindingArea,
  check: Promise<readonly Finding[]>,
  patience: Patience,
): Promise<readonly Finding[]> {
  const late = words('没有及时应答', 'did not answer in time');
  const { hint } = findingsOf(area);
  const again = words('稍后再查；一直如此就看 dmesg', 'ask again later; see dmesg if it stays so');
  try {
    return (await patience.within(check, checkMaxMs)) ?? [hint(areaWords[area], late, again)];
  } catch (error) {
    const why = String(error).slice(0, 100);
    return [hint(areaWords[area], words(`检查不了（${why}）`, `could not be looked at (${why})`), again)];
  }
}
