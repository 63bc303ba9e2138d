/** Everything that is refused to somebody because of who he is, in words. */
import type { Words } from '../../../../config/vocabulary.js';
import { type Refusal, refused } from '../refusal.js';
import { tokensMax } from './token-file.js';
import { usersMax } from './user-file.js';

/** The same for a wrong name and a wrong password. */
export const wrongPassword = (): Refusal =>
  refused(401, 'wrong-password', { zh: '用户名或密码不对', en: 'user name or password is wrong' });

export function waitFirst(waitMs: number): Refusal {
  const waitS = Math.ceil(waitMs / 1000);
  const words = { zh: `错得太多，请 ${waitS} 秒后再试`, en: `wrong too often; try again in ${waitS} s` };
  const hint = { zh: '本机屏幕不受此限', en: 'the screen of the box itself is not held up by this' };
  return refused(429, 'wait', words, { retryAfterS: waitS, hint });
}

export const busy = (): Refusal =>
  refused(503, 'busy', { zh: '正忙，请稍后再试', en: 'busy just now; try again' }, { retryAfterS: 2 });

export const needsSetup = (): Refusal =>
  refused(
    409,
    'needs-setup',
    { zh: '还没有任何用户', en: 'nobody has a password yet' },
    {
      hint: {
        zh: '在本机屏幕上设置第一个密码，或在本机运行 gengfu user set',
        en: 'set the first password at the screen of the box, or run gengfu user set on it',
      },
    },
  );

export const isSetUp = (): Refusal =>
  refused(409, 'is-set-up', { zh: '已有用户，请登录', en: 'there are users already; sign in' });

export const onlyHere = (): Refusal =>
  refused(403, 'only-at-the-box', {
    zh: '第一个密码只能在本机屏幕上设置',
    en: 'the first password is set at the screen of the box itself',
  });

export const firstIsInstaller = (level: number): Refusal =>
  refused(
    422,
    'first-is-installer',
    { zh: '第一个用户须为 Ⅲ 级（安装员）', en: 'the first user has to be of level Ⅲ (installer)' },
    { where: 'body.level', expected: '3', got: String(level) },
  );

export const badPassword = (words: Words): Refusal =>
  refused(422, 'password', words, {
    where: 'body.password',
    hint: {
      zh: '几个不相干的词连起来，好记又难猜',
      en: 'a few words that have nothing to do with each other are easy to keep and hard to guess',
    },
  });

export const lastInstaller = (): Refusal =>
  refused(409, 'last-installer', {
    zh: '他是最后一个 Ⅲ 级用户：不能删除，也不能降级',
    en: 'the last user of level Ⅲ can neither be removed nor step down',
  });

export const noSuchUser = (user: string): Refusal =>
  refused(404, 'no-such-user', { zh: '没有这个用户', en: 'there is no such user' }, { where: 'user', got: user });

export const noSuchToken = (name: string): Refusal =>
  refused(404, 'no-such-token', { zh: '没有这个令牌', en: 'there is no such token' }, { where: 'name', got: name });

export const tokenExists = (name: string): Refusal =>
  refused(
    409,
    'token-exists',
    {
      zh: '已有同名令牌；令牌只显示一次，不能再看',
      en: 'there is one of that name; it was shown once and can not be seen again',
    },
    {
      where: 'body.name',
      got: name,
      hint: { zh: '换个名字，或先删除它', en: 'take another name, or remove it first' },
    },
  );

export const tooManyUsers = (): Refusal =>
  refused(409, 'too-many-users', { zh: `用户已满 ${usersMax} 个`, en: `there are ${usersMax} users already` });

export const tooManyTokens = (): Refusal =>
  refused(409, 'too-many-tokens', { zh: `令牌已满 ${tokensMax} 个`, en: `there are ${tokensMax} tokens already` });

export function fileLost(name: string): Refusal {
  const words = {
    zh: `文件 ${name} 已损坏：无法知道谁可以登录`,
    en: `${name} is damaged: nobody can tell who may sign in`,
  };
  const hint =
    name === 'users.json'
      ? {
          zh: '在本机运行 gengfu user set <用户名> --level 3；损坏的文件会另存，不会被覆盖',
          en: 'run gengfu user set NAME --level 3 on the box; the damaged file is set aside, never overwritten',
        }
      : { zh: '在本机把它移走，再重建令牌', en: 'move it away on the box and make the tokens anew' };
  return refused(503, 'file-damaged', words, { where: name, hint });
}

/** `code`: of the system, `ENOSPC`. */
export const notKept = (code: string): Refusal =>
  refused(
    507,
    'not-kept',
    { zh: '磁盘没有写入，一切照旧', en: 'the disk did not take it; everything is as before' },
    { got: code, hint: { zh: '看“健康”页的磁盘', en: 'look at the disk under health' } },
  );
