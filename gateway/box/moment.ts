/** `2026-11-22 14:02:31` in local time. */
export function describeMoment(wallMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' }).format(wallMs);
}
