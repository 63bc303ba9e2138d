/** Failures of files and of what people typed, in words: what a system or a schema says of itself helps nobody. Pure. */
import { z } from 'zod';
import { quoteOutside } from '../../config/problem.js';
import type { Words } from '../../config/vocabulary.js';

const systemWords: Readonly<Record<string, Words>> = {
  ENOENT: { zh: '文件不在；核对路径', en: 'it is not there; check the path' },
  EEXIST: {
    zh: '文件已存在，不会覆盖；换一个文件名',
    en: 'it is there already and is not overwritten; choose another name',
  },
  EACCES: { zh: '没有权限；检查文件和目录的权限', en: 'no right to it; check the rights of the file and its folder' },
  EROFS: { zh: '目录是只读的', en: 'the folder can only be read' },
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EISDIR: { zh: '是目录，不是文件', en: 'it is a folder' },
};

export function failureWords(error: unknown): Words {
  if (error instanceof z.ZodError) {
    const where = error.issues.map(({ path }) => path.join('.') || '–').join(', ');
    return { zh: `内容不合约定：${quoteOutside(where)}`, en: `not as agreed: ${quoteOutside(where)}` };
  }
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = systemWords[code];
  if (words === undefined) return { zh: text, en: text };
  const file = error instanceof Error && 'path' in error ? String(error.path) : '';
  return { zh: `${file}：${words.zh}（${code}）`, en: `${file}: ${words.en} (${code})` };
}
