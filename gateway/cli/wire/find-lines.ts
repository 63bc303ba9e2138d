/** The lines that a search is to ask, opened by the real parts; also for `gengfu init`. */
import { realpath } from 'node:fs/promises';
import { brandId } from '../../../config/ids.js';
import type { DeviceProfile } from '../../../config/profile-schema.js';
import type { LineConfig, SerialFormat } from '../../../config/site.js';
import type { Clock } from '../../../drivers/clock.js';
import { openerOf, serialPorts } from '../../main.js';
import type { SearchedLine } from '../../survey/search.js';
import { makePlan, type SearchPlan } from '../../survey/search-plan.js';
import type { SurveyLine } from '../../survey/survey.js';
import type { WhereOptions } from './find-options.js';

/** What can be searched: the ports and servers that were named, else every serial port of the box. */
export async function searchedLines(
  options: WhereOptions,
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
async function portsOf({ port, tcp }: WhereOptions): Promise<readonly { path: string; adapter: string | null }[]> {
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
