/** The end of a verb that has looked at things which may hang. */
import type { Patience } from '../../box/patience.js';

/** Prints, sets the exit status, and ends. Where a call into the system never came back only a signal ends a process (decision 0065). */
export async function end(text: string, status: number, { isStuck }: Patience): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
  process.exitCode = status;
  if (isStuck) process.kill(process.pid, 'SIGKILL');
}
