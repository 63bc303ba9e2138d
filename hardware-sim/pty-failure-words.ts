/** Why there is no pseudo-terminal, for people. */
import type { Words } from '../config/vocabulary.js';
import type { PtyFailure } from './socat-pty.js';

export const ptyFailureWords: Readonly<Record<PtyFailure, Words>> = {
  'no-socat': {
    zh: '没有找到 socat，请先安装：sudo apt-get install socat',
    en: 'socat was not found; install it: sudo apt-get install socat',
  },
  'path-taken': {
    zh: '--pty 指定的位置已有别的文件，请换一个',
    en: 'something else stands where --pty points; choose another place',
  },
  failed: { zh: 'socat 无法建立伪终端', en: 'socat could not make the pseudo-terminal' },
};
