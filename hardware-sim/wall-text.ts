/** Wall times as a scenario and a signed order write them. No clock is read here. */

/** ms since 1970 of an RFC 3339 text in UTC. */
export function wallOf(text: string): number {
  return Date.parse(text);
}

export function rfc3339Of(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
