/** What every answer of the panel tells the browser to refuse. */
const nothingElse = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Only what this box itself serves: no inline script or style, no other host, in no frame. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "font-src 'self'",
  nothingElse,
].join('; ');

/** The microphone is asked for by the page itself, when somebody speaks to the village. */
const permissions = ['camera', 'geolocation', 'payment', 'usb', 'serial', 'midi', 'display-capture']
  .map((name) => `${name}=()`)
  .concat('microphone=(self)')
  .join(', ');

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': permissions,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Of a page without scripts whose one style has that digest. */
export function stylePolicy(sha256Base64: string): string {
  return `default-src 'none'; style-src 'sha256-${sha256Base64}'; ${nothingElse}`;
}
