/** `14:02:31` in local time, for people at a terminal. */
export function describeClock(wallMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }).format(wallMs);
}
