/** Who signed in at the panel, was refused or changed something there, as entries that stay on the box. */
import { quoteOutside } from '../../../config/problem.js';
import type { EntryKind, Words } from '../../../config/vocabulary.js';
import type { EntryDraft } from '../../../sync/journal/entry.js';
import { Pace } from '../../../sync/pump/pace.js';
import type { UserNote } from '../bridge.js';

/** A storm of wrong passwords may not fill the journal: so many entries a second, and the next one says how many were left out. Who
 * has signed in is always told. */
const refusalsPerSMax = 5;

const kindOf = {
  'signed-in': 'user.signed_in',
  'signed-out': 'user.signed_out',
  refused: 'user.refused',
  throttled: 'user.throttled',
  'user-set': 'user.set',
  'user-removed': 'user.removed',
  'token-made': 'user.token_made',
  'token-removed': 'user.token_removed',
  'map-changed': 'user.map_changed',
  'file-damaged': 'user.file_damaged',
} as const satisfies Record<UserNote['is'], EntryKind>;

const happened: Readonly<Record<UserNote['is'], (user: string) => Words>> = {
  'signed-in': (user) => ({ zh: `${user} 登录面板`, en: `${user} signed in at the panel` }),
  'signed-out': (user) => ({ zh: `${user} 退出面板`, en: `${user} signed out of the panel` }),
  refused: (user) => ({ zh: `拒绝登录面板：${user}`, en: `sign-in at the panel was refused: ${user}` }),
  throttled: (user) => ({
    zh: `登录失败太多，暂停登录：${user}`,
    en: `too many refused sign-ins, made to wait: ${user}`,
  }),
  'user-set': (user) => ({ zh: `面板用户 ${user} 已新增或修改`, en: `panel user ${user} was added or changed` }),
  'user-removed': (user) => ({ zh: `面板用户 ${user} 已删除`, en: `panel user ${user} was removed` }),
  'token-made': (user) => ({ zh: `新建只读令牌 ${user}`, en: `read-only token ${user} was made` }),
  'token-removed': (user) => ({ zh: `只读令牌 ${user} 已删除`, en: `read-only token ${user} was removed` }),
  'map-changed': (user) => ({ zh: `${user} 修改了村图`, en: `${user} changed the village plan` }),
  'file-damaged': (file) => ({
    zh: `面板文件 ${file} 损坏，已停用`,
    en: `the panel's file ${file} is damaged and not used`,
  }),
};

/** Of these nobody knows who did it. */
const isAnonymous: ReadonlySet<UserNote['is']> = new Set(['refused', 'throttled', 'file-damaged']);

export class UserNotes {
  readonly #pace: Pace;
  #leftOut = 0;

  constructor(nowMono: number) {
    this.#pace = new Pace(refusalsPerSMax, nowMono);
  }

  /** Null: there are too many; the next entry says how many were left out. */
  draft(note: UserNote, nowMono: number): EntryDraft | null {
    if (isAnonymous.has(note.is)) {
      if (!this.#pace.has(nowMono)) {
        this.#leftOut += 1;
        return null;
      }
      this.#pace.take();
    }
    const [user, from] = [quoteOutside(note.user), quoteOutside(note.from)];
    const by = note.by === null ? null : quoteOutside(note.by);
    const times = note.count === undefined ? {} : { times: note.count };
    const leftOut = this.#leftOut === 0 ? {} : { left_out: this.#leftOut };
    this.#leftOut = 0;
    return {
      ...{ kind: kindOf[note.is], class: null, subject: 'panel', alarm: null, zone: null },
      words: happened[note.is](user),
      origin: isAnonymous.has(note.is) ? null : `panel:${by ?? user}`,
      detail: { user, by, from, ...times, ...leftOut },
    };
  }
}
