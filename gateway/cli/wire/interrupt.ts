/** Ctrl-C ends a look, not the program: the verdict is still told. A second one ends it. */
export function listen(): { readonly isThere: () => boolean; stop(): void } {
  let isThere = false;
  const take = (): void => {
    if (isThere) process.exit(130);
    isThere = true;
  };
  process.on('SIGINT', take);
  return { isThere: () => isThere, stop: () => process.off('SIGINT', take) };
}
