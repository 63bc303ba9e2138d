/** `gengfu find`: asks every line what is there, shows how far it is, and tells what it found. */
import { access, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { brandId } from '../../../config/ids.js';
import { describeProblem } from '../../../config/problem.js';
import { loadProfileLibrary } from '../../../config/profile-library.js';
import type { DeviceProfile } from '../../../config/profile-schema.js';
import type { LineConfig, SerialFormat } from '../../../config/site.js';
import { type Clock, SystemClock } from '../../../drivers/clock.js';
import { writeWhole } from '../../../drivers/whole-file.js';
import { openerOf, serialPorts } from '../../main.js';
import { exitOf, type SearchedLine, search } from '../../survey/search.js';
import { estimateMs, makePlan, type SearchPlan } from '../../survey/search-plan.js';
import type { SurveyLine } from '../../survey/survey.js';
import { failureWords } from '../failure-words.js';
import type { FindOptions } from './find-options.js';
import { FindProgress } from './find-progress.js';
import { describeSurvey } from './find-table.js';

const exitRefused = 1;

/** Prints; the exit status. */
export async function find(options: FindOptions): Promise<number> {
  const { lang, json } = options;
  const clock = new SystemClock();
  const profiles = await profilesOf(options);
  const lines = await linesOf(options, profiles, clock);
  if (lines.length === 0) {
    process.stderr.write(noPorts[lang]);
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

/** Those of the program and, beside the site file, the installer's own: of one id the installer's. */
async function profilesOf({ config, lang }: FindOptions): Promise<readonly DeviceProfile[]> {
  const folder = join(dirname(resolve(config)), 'profiles');
  const hasOwn = await access(folder).then(
    () => true,
    () => false,
  );
  const libraries = [await loadProfileLibrary(), ...(hasOwn ? [await loadProfileLibrary(folder)] : [])];
  for (const problem of libraries.flatMap(({ problems }) => problems)) {
    process.stderr.write(`${describeProblem(problem, lang)}\n`);
  }
  return [...new Map(libraries.flatMap((library) => [...library.profiles])).values()];
}

async function linesOf(
  options: FindOptions,
  profiles: readonly DeviceProfile[],
  clock: Clock,
): Promise<readonly SearchedLine[]> {
  const planFor = (transport: 'serial' | 'tcp' | 'rtu_over_tcp'): SearchPlan =>
    makePlan({
      ...{ profiles, transport, isQuick: options.quick === true },
      ...(options.bauds === undefined ? {} : { formats: options.bauds }),
      ...(options.addresses === undefined ? {} : { addresses: options.addresses }),
    });
  const transport = options.rtu === true ? 'rtu_over_tcp' : 'tcp';
  const servers = (options.tcp ?? []).map(({ host, port }): SearchedLine => {
    const at = { kind: 'tcp', host, port, transport } as const;
    return { at, adapter: null, plan: planFor(transport), open: (format) => openerOf(lineAt(at, format), clock) };
  });
  const plan = planFor('serial');
  const ports = (await portsOf(options)).map(({ path, adapter }): SearchedLine => {
    const at = { kind: 'serial', path } as const;
    return {
      ...{ at, adapter, plan },
      open: (format) => openerOf(lineAt(at, format), clock),
      holderOf: () => serialPorts.holderOf(path),
    };
  });
  return [...ports, ...servers];
}

/** Those that were named, else all; none when only servers were. */
async function portsOf({ port, tcp }: FindOptions): Promise<readonly { path: string; adapter: string | null }[]> {
  if (port === undefined && tcp !== undefined) return [];
  const known = await serialPorts.list();
  if (port === undefined) return known;
  return Promise.all(
    [...new Set(port)].map(async (path) => {
      const tty = await realpath(path).catch(() => path);
      return { path, adapter: known.find((each) => each.tty === tty)?.adapter ?? null };
    }),
  );
}

const unlimitedMs = 60_000;

/** As a site file would say it; times are the searcher's own. */
function lineAt(at: SurveyLine['at'], format: SerialFormat): LineConfig {
  const common = {
    id: brandId<LineConfig['id']>('find'),
    name: { zh: '', en: '' },
    protocol: 'modbus',
    ...{ timeoutMs: unlimitedMs, quarantineMs: 0, fireDeadlineMs: unlimitedMs },
  } as const;
  return at.kind === 'serial'
    ? { ...common, transport: 'serial', path: at.path, format, rs485: null }
    : { ...common, transport: at.transport, host: at.host, port: at.port, format, inFlight: 1 };
}
