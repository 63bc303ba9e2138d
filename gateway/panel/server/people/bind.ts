/** Where the panel listens. Pure. */
export const loopback = '127.0.0.1';

/** The site file's choice once somebody has a password; before, and while nobody can say who has one, this box alone. */
export function bindOf(wanted: string, usersWithPassword: number): string {
  return usersWithPassword > 0 ? wanted : loopback;
}

const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * The box's own screen: the socket is a loopback one, no proxy stands in between, and the browser was told this very box by name. A page of the
 * internet whose name was made to point at 127.0.0.1 is none.
 */
export function isOwnScreen(caller: { isLoopback: boolean; isForwarded: boolean; host: string | null }): boolean {
  return caller.isLoopback && !caller.isForwarded && caller.host !== null && ownHost.test(caller.host);
}
