/** The lines that a search is to ask, opened by the real parts; also for `gengfu init`. */
import { access, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { brandId } from '../../../config/ids.js';
import { describeProblem } from '../../../config/problem.js';
import { loadProfileLibrary } from '../../../config/profile-library.js';
import type { DeviceProfile } from '../../../config/profile-schema.js';
import type { LineConfig, SerialFormat } from '../../../config/site.js';
import type { Clock } from '../../../drivers/clock.js';
import { openerOf, serialPorts } from '../../main.js';
import type { SearchedLine } from '../../survey/search.js';
import { makePlan, type SearchPlan } from '../../survey/search-plan.js';
import type { SurveyLine } from '../../survey/survey.js';
import type { FindOptions } from './find-options.js';

/** Those of the program and, beside the site file, the installer's own: of one id the installer's. */
export async function searchProfiles({
  config,
  lang,
}: Pick<FindOptions, 'config' | 'lang'>): Promise<readonly DeviceProfile[]> {
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

/** What can be searched: the ports and servers that were named, else every serial port of the box. */
export async function searchedLines(
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
