/** The end of a verb that may hold the data folder: the lock is a thread that ends with the process. */
export function endNow(exit: number): void {
  process.stdout.write('', () => process.exit(exit));
}
