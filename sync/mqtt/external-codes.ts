/** Codes that the district's platform gave to the site, to its buildings and devices (external codes of the site file). Pure. */
import type { SiteConfig } from '../../config/site.js';
import type { Entry } from '../journal/entry.js';

/** Only those that exist. */
export interface CodesOfReport {
  readonly site?: string;
  readonly building?: string;
  readonly device?: string;
}

/** Kinds of subjects that are about a device: `unit:io-1`, `point:smoke-3/smoke`. */
const kindsOfDevices: ReadonlySet<string> = new Set(['point', 'unit', 'device', 'setup', 'registers', 'address']);

/** The device that a subject is about, and what of it; null: it is about something else. */
export function deviceOf(about: string): { readonly device: string; readonly key: string | null } | null {
  // A point that can not be seen has faults of its own: `fault:point:smoke-3/smoke`.
  const subject = about.replace(/^fault:/, '');
  const colon = subject.indexOf(':');
  if (!kindsOfDevices.has(subject.slice(0, colon))) return null;
  const thing = subject.slice(colon + 1);
  const slash = thing.indexOf('/');
  return slash === -1 ? { device: thing, key: null } : { device: thing.slice(0, slash), key: thing.slice(slash + 1) };
}

export class ExternalCodes {
  readonly #buildings: ReadonlyMap<string, string>;
  /** The same few combinations come again and again. */
  readonly #siteOnly: CodesOfReport | null;

  constructor(private readonly config: Pick<SiteConfig, 'site' | 'zones' | 'codes'>) {
    this.#buildings = new Map(config.zones.flatMap(({ id, code }) => (code === null ? [] : [[id, code] as const])));
    this.#siteOnly = config.site.code === null ? null : { site: config.site.code };
  }

  get site(): string | null {
    return this.config.site.code;
  }

  /** By the object of a panel where it has a code of its own, else by the device. */
  ofDevice(device: string, key: string | null): string | null {
    const { codes } = this.config;
    return (key === null ? undefined : codes.get(`${device}/${key}`)) ?? codes.get(device) ?? null;
  }

  /** Null: there is none. */
  of({ subject, zone }: Pick<Entry, 'subject' | 'zone'>): CodesOfReport | null {
    const about = deviceOf(subject);
    const device = about === null ? null : this.ofDevice(about.device, about.key);
    const building = zone === null ? undefined : this.#buildings.get(zone);
    if (device === null && building === undefined) return this.#siteOnly;
    return {
      ...this.#siteOnly,
      ...(building === undefined ? {} : { building }),
      ...(device === null ? {} : { device }),
    };
  }
}
