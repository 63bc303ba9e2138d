/** Which file system holds a folder, of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
import type { BoxView } from './box-view.js';

export interface Mount {
  readonly at: string;
  readonly type: string;
  readonly source: string;
  readonly isReadOnly: boolean;
  readonly options: string;
  /** `179:2` */
  readonly device: string;
}

/** The one with the longest path over `folder`; null: /proc does not tell. */
export async function mountOf(view: BoxView, folder: string): Promise<Mount | null> {
  const text = (await view.text('/proc/self/mountinfo')) ?? '';
  const mounts = text.split('\n').flatMap((line): readonly Mount[] => {
    const [own = '', rest = ''] = line.split(' - ');
    const [, , device = '', , at = '', options = ''] = own.split(' ');
    const [type = '', source = '', superOptions = ''] = rest.split(' ');
    if (at === '') return [];
    const isReadOnly = [options, superOptions].some((each) => each.split(',').includes('ro'));
    return [{ at: unescaped(at), type, source: unescaped(source), isReadOnly, options, device }];
  });
  const over = mounts.filter(({ at }) => folder === at || folder.startsWith(at === '/' ? '/' : `${at}/`));
  // Of two on one place the later one is seen.
  return over.reduce<Mount | null>((best, each) => (each.at.length >= (best?.at.length ?? 0) ? each : best), null);
}

/** Blanks are written as `\040`. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** `mmcblk0` of a partition's number; null: in memory, or unknown. */
export async function diskOf(view: BoxView, { device }: Pick<Mount, 'device'>): Promise<string | null> {
  const real = await view.real(`/sys/dev/block/${device}`);
  return /\/block\/([^/]+)(?:\/|$)/.exec(real ?? '')?.[1] ?? null;
}
