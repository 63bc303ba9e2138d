/** The two cookies of the panel: which session a browser has, and a mark of the browser itself for what needs no sign-in. Pure. */

/** A header that is longer is read as none, characters. */
const headerMax = 4096;

/** `__Host-` is kept by browsers only with Secure, without a domain, for the whole host: another service of it can not plant one. */
const nameOf = (what: 'session' | 'mark', isTls: boolean): string => `${isTls ? '__Host-' : ''}gengfu-${what}`;

/** Null: there is none of that name, or more than one: which of them is ours can not be told. */
export function readCookie(header: string | null, what: 'session' | 'mark', isTls: boolean): string | null {
  if (header === null || header.length > headerMax) return null;
  const begin = `${nameOf(what, isTls)}=`;
  const found = header
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each.startsWith(begin));
  return found.length === 1 ? (found[0]?.slice(begin.length) ?? null) : null;
}

/** A `Set-Cookie` line; null takes it away. It ends with the browser; when a session ends is decided by the server. */
export function cookieLine(what: 'session' | 'mark', value: string | null, isTls: boolean): string {
  const end = value === null ? '; Max-Age=0' : '';
  return `${nameOf(what, isTls)}=${value ?? ''}; Path=/; HttpOnly; SameSite=Strict${isTls ? '; Secure' : ''}${end}`;
}
