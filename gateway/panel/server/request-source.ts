/** Where a request comes from, and whether its browser may have been led here by another page. */
import { isIP } from 'node:net';
import { type Refusal, refused } from './refusal.js';

const hostMax = 255;

/** `::ffff:10.0.0.7` is `10.0.0.7`. */
export function plainAddress(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

export function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

/**
 * DNS rebinding: a foreign page makes its own name point to this box, and its scripts then count as ours. An address can not be
 * pointed elsewhere, so addresses pass, and of names only those of this box.
 */
export function hostProblem(host: string | undefined, names: readonly string[]): Refusal | null {
  const name = hostName(host ?? '');
  if (name !== null && (isIP(name) !== 0 || names.includes(name))) return null;
  return refused(421, 'foreign-host', words.foreignHost, {
    where: 'header host',
    expected: `an address, or one of ${names.join(', ')}`,
    got: host ?? '',
    hint: {
      zh: '请用本机的 IP 地址打开；村里自己的域名写进站点文件 panel.names',
      en: 'open it by the address of the box; names of your own DNS go into panel.names of the site file',
    },
  });
}

/** Without its port and brackets, in lower case; null: it is none. */
export function hostName(host: string): string | null {
  if (host.length > hostMax) return null;
  const found = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  const name = found?.[1] ?? found?.[2];
  return name === undefined ? null : name.toLowerCase().replace(/\.$/, '');
}

export interface SourceHeaders {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
  readonly secFetchMode: string | undefined;
}

/** Another site's page may link here, and nothing more: it can not hold our streams open, or order with our cookie. */
export function crossSiteProblem(headers: SourceHeaders, isChange: boolean): Refusal | null {
  const isLed = headers.secFetchSite === 'cross-site' && (isChange || headers.secFetchMode !== 'navigate');
  const isForeign = isChange && headers.origin !== undefined && !isSameHost(headers.origin, headers.host);
  if (!isLed && !isForeign) return null;
  return refused(403, 'cross-site', words.crossSite, { where: 'header origin', got: headers.origin ?? 'cross-site' });
}

function isSameHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.replace(/^https?:\/\//i, '').toLowerCase() === host.toLowerCase();
}

const words = {
  foreignHost: { zh: '请求中的主机名不是本机', en: 'the host that was asked for is not this box' },
  crossSite: { zh: '请求来自其他网站的页面', en: 'the request comes from a page of another site' },
};
