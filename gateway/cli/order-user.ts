/** `gengfu user …`: changes the file of users in the data folder; a gateway that runs sees it within seconds. */
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Words } from '../../config/vocabulary.js';
import { userName } from '../panel/api/session.js';
import { type HashCost, hashPassword } from '../panel/server/people/password-hash.js';
import { passwordProblem } from '../panel/server/people/password-rules.js';
import { type KeptUser, userFile, withoutUser, withUser } from '../panel/server/people/user-file.js';
import { removeProblem, setProblem } from '../panel/server/people/user-rules.js';
import type { Refusal } from '../panel/server/refusal.js';
import type { PasswordTerminal } from './ask-password.js';
import { failureWords } from './failure-words.js';
import type { Lang } from './teller.js';

const exitRefused = 1;
const exitInvalid = 2;
const passwordFileMaxBytes = 4096;

export type UserVerb =
  | { readonly verb: 'list' }
  | { readonly verb: 'set'; readonly user: string; readonly level: 1 | 2 | 3; readonly passwordFile: string | null }
  | { readonly verb: 'remove'; readonly user: string };

export interface UserOrderParts {
  readonly dataDir: string;
  readonly lang: Lang;
  readonly isJson: boolean;
  readonly wall: number;
  readonly terminal: PasswordTerminal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Left out: the usual one. */
  readonly cost?: HashCost;
}

/** 0 done, 1 refused, 2 what was given is wrong. */
export async function orderUser(what: UserVerb, parts: UserOrderParts): Promise<number> {
  const { lang, err } = parts;
  const refuse = (words: Words): number => {
    err(lang === 'zh' ? `未完成：${words.zh}\n` : `not done: ${words.en}\n`);
    return exitRefused;
  };
  try {
    const file = userFile(parts.dataDir);
    const kept = await file.read();
    if (kept.kind === 'unreadable') return refuse(unreadableWords(file.path, kept.why));
    if (kept.kind === 'damaged' && what.verb !== 'set') return refuse(damagedWords(file.path, kept.why));
    const users = kept.kind === 'content' ? kept.content.users : [];
    if (what.verb === 'list') return list(users, parts);
    const changed = what.verb === 'set' ? await setUser(users, what, parts) : removeUser(users, what.user);
    if ('zh' in changed) return refuse(changed);
    if (kept.kind === 'damaged') err(`${asideWords(file.path)[lang]}\n`);
    await file.write({ version: 1, users: [...changed.users] });
    tellDone(what, changed.users, parts);
    return 0;
  } catch (error) {
    refuse(failureWords(error));
    return exitInvalid;
  }
}

async function setUser(
  users: readonly KeptUser[],
  { user: name, level, passwordFile }: Extract<UserVerb, { verb: 'set' }>,
  parts: UserOrderParts,
): Promise<{ readonly users: readonly KeptUser[] } | Words> {
  if (!userName.safeParse(name).success)
    return {
      zh: '用户名应为 1 至 32 个字母、数字或 _ . -',
      en: 'expected a user name of 1 to 32 letters, digits or _ . -',
    };
  const before = users.find((each) => each.user.toLowerCase() === name.toLowerCase());
  const user = before?.user ?? name;
  const problem = setProblem(users, { user, level });
  if (problem !== null) return wordsOf(problem);
  const given = passwordFile === null ? await askTwice(user, parts) : await passwordOfFile(passwordFile, parts);
  if ('zh' in given) return given;
  const bad = passwordProblem(given.password, user);
  if (bad !== null) return bad;
  const password = await hashPassword(given.password, randomBytes, parts.cost);
  return { users: withUser(users, { user, level, createdWall: before?.createdWall ?? parts.wall, password }) };
}

function removeUser(users: readonly KeptUser[], user: string): { readonly users: readonly KeptUser[] } | Words {
  const problem = removeProblem(users, user);
  return problem === null ? { users: withoutUser(users, user) } : wordsOf(problem);
}

type Given = { readonly password: string } | Words;

async function askTwice(user: string, { terminal, lang }: UserOrderParts): Promise<Given> {
  if (!terminal.isThere)
    return {
      zh: '没有终端可输入密码；请用 --password-file <文件>',
      en: 'there is no terminal to type a password at; give --password-file FILE',
    };
  const zh = lang === 'zh';
  const first = await terminal.ask(zh ? `${user} 的新密码（不显示）：` : `new password of ${user} (not shown): `);
  const second = first === null ? null : await terminal.ask(zh ? '再输入一次：' : 'once more: ');
  if (first === null || second === null) return { zh: '已放弃', en: 'given up' };
  return first === second ? { password: first } : { zh: '两次输入不同', en: 'it was not the same twice' };
}

async function passwordOfFile(path: string, { lang, err }: UserOrderParts): Promise<Given> {
  const { size, mode } = await stat(path);
  if (size > passwordFileMaxBytes)
    return { zh: `${path}：不是密码文件（过长）`, en: `${path}: too long for a file with a password` };
  if ((mode & 0o077) !== 0)
    err(
      lang === 'zh' ? `注意：他人可读 ${path}，用后请删除\n` : `mind: others can read ${path}; remove it after use\n`,
    );
  return { password: (await readFile(path, 'utf8')).replace(/\r?\n$/, '') };
}

function list(users: readonly KeptUser[], { lang, isJson, out }: UserOrderParts): number {
  const zh = lang === 'zh';
  const shown = users.map(({ user, level, createdWall }) => ({ user, level, createdWall }));
  if (isJson) out(`${JSON.stringify(shown)}\n`);
  else if (shown.length === 0)
    out(zh ? '还没有用户：面板只在本机打开。\n' : 'there are no users: the panel is open on this box alone.\n');
  else for (const { user, level } of shown) out(`${'ⅠⅡⅢ'[level - 1]} ${user}\n`);
  return 0;
}

function tellDone(what: UserVerb, users: readonly KeptUser[], { lang, isJson, out }: UserOrderParts): void {
  if (isJson) {
    out(`${JSON.stringify({ ok: true, users: users.map(({ user, level }) => ({ user, level })) })}\n`);
    return;
  }
  const zh = lang === 'zh';
  const done = what.verb === 'remove' ? (zh ? '已删除' : 'removed') : zh ? '已保存' : 'saved';
  out(
    zh
      ? `${done}。运行中的网关 2 秒内生效；该用户已登录的会退出。\n`
      : `${done}. A running gateway knows it within 2 s; where that user is signed in, it ends.\n`,
  );
}

/** Of a refusal: what, and what to do. */
function wordsOf({ problem: { words, hint } }: Refusal): Words {
  return hint === null ? words : { zh: `${words.zh}；${hint.zh}`, en: `${words.en}; ${hint.en}` };
}

const unreadableWords = (path: string, why: string): Words => ({
  zh: `不能读 ${path}（${why}）；请用网关的用户或 root 运行`,
  en: `${path} can not be read (${why}); run this as the gateway’s user or as root`,
});

const damagedWords = (path: string, why: string): Words => ({
  zh: `${path} 已损坏（${why}）；gengfu user set <用户名> --level 3 会把它另存并重建`,
  en: `${path} is damaged (${why}); gengfu user set NAME --level 3 sets it aside and begins anew`,
});

const asideWords = (path: string): Words => ({
  zh: `注意：${path} 已损坏，另存为 ${path}.damaged-…；其中的用户要重新建立`,
  en: `mind: ${path} was damaged and is set aside as ${path}.damaged-…; its users have to be made anew`,
});
