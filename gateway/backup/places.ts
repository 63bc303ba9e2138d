/** Where a file of a backup may lie. Whoever made it knew the pass phrase; that is no reason to write into /usr. */

/** `site`: beside the site file; `data`: in the data folder; `named`: where the site file says, absolute. */
export type Root = 'site' | 'data' | 'named';

/** Keys, certificates and sounds of a village lie in none of these. */
const systemFolders = /^\/(?:bin|boot|dev|lib\w*|proc|root|run|sbin|sys|usr)\//;
const ownOfEtc = ['/etc/gengfu/', '/etc/ssl/'] as const;

/** Below its root, by its words alone: nothing is looked up. */
export function isPlaceOf(root: Root, path: string): boolean {
  const parts = path.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (parts.includes('..') || parts.includes('.') || /[\u0000-\u001f\\]/.test(path)) return false;
  if (root !== 'named') return !parts.includes('');
  if (!path.startsWith('/') || parts.slice(1).includes('') || systemFolders.test(path)) return false;
  return !path.startsWith('/etc/') || ownOfEtc.some((folder) => path.startsWith(folder));
}
