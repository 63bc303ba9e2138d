/** What a shell expects of a program that SIGINT has ended (128 + 2); it stands with the others in verb-groups.ts. */
const exitInterrupted = 130;

/** Ctrl-C ends a look, not the program: the verdict is still told. A second one ends it. */
export function listen(): { readonly isThere: () => boolean; stop(): void } {
  let isThere = false;
  const take = (): void => {
    if (isThere) process.exit(exitInterrupted);
    isThere = true;
  };
  process.on('SIGINT', take);
  return { isThere: () => isThere, stop: () => process.off('SIGINT', take) };
}
