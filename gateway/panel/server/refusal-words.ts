/** Every way in which the panel says no, in words. */
import type { ZodError } from 'zod';
import type { PanelLevel } from '../api/words.js';
import { type Refusal, refused } from './refusal.js';

const levelNames = ['0', 'Ⅰ', 'Ⅱ', 'Ⅲ'] as const;

export const answerWords = {
  signInFirst: refused(
    401,
    'sign-in-first',
    { zh: '请先登录', en: 'sign in first' },
    {
      hint: {
        zh: '不在本机屏幕上时，未登录只能看总状态',
        en: 'away from the box’s own screen only the big state is shown',
      },
    },
  ),
  level: (level: PanelLevel): Refusal =>
    refused(
      403,
      'level-too-low',
      { zh: '级别不够', en: 'your level is too low' },
      {
        expected: `level ${levelNames[level]}`,
        hint: {
          zh: `请用 ${levelNames[level]} 级用户登录`,
          en: `sign in as a user of level ${levelNames[level]}`,
        },
      },
    ),
  notForTokens: refused(
    403,
    'not-for-tokens',
    { zh: '只读令牌不能用在这里', en: 'a read-only token may not do this' },
    { where: 'header authorization', hint: { zh: '请登录', en: 'sign in instead' } },
  ),
  csrf: refused(
    403,
    'csrf',
    { zh: '请求缺少防伪标记', en: 'the request lacks the mark of its own page' },
    {
      where: 'header x-gengfu-csrf',
      expected: 'the value of /api/v1/me',
      hint: { zh: '重新载入页面再试', en: 'load the page again and repeat' },
    },
  ),
  noSuchPath: (method: string, path: string): Refusal =>
    refused(
      404,
      'no-such-path',
      { zh: '没有这个地址', en: 'there is nothing at this address' },
      { where: 'path', got: `${method} ${path}`, hint: { zh: '见 /api/docs', en: 'see /api/docs' } },
    ),
  badPath: refused(400, 'bad-path', { zh: '地址写法不对', en: 'the address is malformed' }, { where: 'path' }),
  tooLarge: (max: number): Refusal =>
    refused(
      413,
      'too-large',
      { zh: '内容太大', en: 'the content is too large' },
      { where: 'body', expected: `at most ${max} bytes` },
    ),
  mediaType: (got: string): Refusal =>
    refused(
      415,
      'media-type',
      { zh: '内容类型不对', en: 'the content is of a type that is not taken here' },
      { where: 'header content-type', expected: 'application/json, or an image where one is uploaded', got },
    ),
  badJson: refused(
    400,
    'bad-json',
    { zh: '内容不是正确的 JSON', en: 'the content is no valid JSON' },
    { where: 'body' },
  ),
  badRequest: refused(400, 'bad-request', { zh: '请求不对', en: 'the request is malformed' }),
  failed: refused(
    500,
    'panel-failed',
    { zh: '面板内部出错', en: 'the panel has failed at this' },
    {
      hint: {
        zh: '再试一次；如仍出错，请报修。报警不受影响',
        en: 'try again, and report it if it stays; alarms are not affected',
      },
    },
  ),
  starting: refused(
    503,
    'starting',
    { zh: '正在启动', en: 'it is starting' },
    { hint: { zh: '几秒后再试', en: 'try again in a few seconds' }, retryAfterS: 2 },
  ),
  silentWatch: refused(
    503,
    'watch-silent',
    { zh: '面板听不到值守程序，现状未知', en: 'the panel does not hear the watch: the state now is not known' },
    {
      hint: { zh: '几秒后再试；看本机指示灯', en: 'try again in a few seconds; look at the lamps of the box' },
      retryAfterS: 2,
    },
  ),
  orderLate: refused(
    504,
    'no-answer',
    { zh: '操作没有回音，是否执行未知', en: 'the order was not answered: whether it was done is not known' },
    { hint: { zh: '先看现状，再决定是否重做', en: 'look at the state before you repeat it' } },
  ),
  busy: refused(
    429,
    'busy',
    { zh: '同时的操作太多', en: 'too many orders at once' },
    { hint: { zh: '稍等再试', en: 'wait a moment and try again' }, retryAfterS: 2 },
  ),
  noJournal: refused(
    503,
    'no-journal',
    { zh: '现在读不了记录', en: 'the journal can not be read now' },
    { hint: { zh: '看“健康”中的磁盘', en: 'look at the disk under health' }, retryAfterS: 5 },
  ),
  longReads: (max: number): Refusal =>
    refused(
      429,
      'too-many-searches',
      { zh: '同时的查找和导出太多', en: 'too many searches and exports at once' },
      { expected: `at most ${max}`, hint: { zh: '等一个结束再试', en: 'wait until one has ended' }, retryAfterS: 5 },
    ),
  noEntry: (got: string): Refusal =>
    refused(404, 'no-such-entry', { zh: '没有这条记录', en: 'there is no such entry' }, { where: 'params.id', got }),
  noImage: (got: string): Refusal =>
    refused(404, 'no-such-image', { zh: '没有这张图片', en: 'there is no such image' }, { where: 'params.name', got }),
  badImageName: (got: string, expected: string): Refusal =>
    refused(
      400,
      'bad-image-name',
      { zh: '图片名称不对', en: 'an image can not have this name' },
      {
        where: 'params.name',
        expected,
        got,
      },
    ),
  noSuchImageKind: (expected: string, got: string | null): Refusal =>
    refused(
      415,
      'bad-image',
      { zh: '文件内容不是这种图片', en: 'the bytes are no image of this kind' },
      {
        where: 'body',
        expected,
        got: got ?? 'something else',
        hint: { zh: '用 PNG、JPEG 或 WebP 图片', en: 'use a PNG, JPEG or WebP image' },
      },
    ),
};

/** Parts of a request that do not have the shape of their route; the first of them is told. */
export class ShapeError extends Error {
  constructor(
    private readonly part: string,
    private readonly cause_: ZodError,
  ) {
    super(`${part} has another shape`);
  }

  refusal(): Refusal {
    const issue = this.cause_.issues[0];
    const path = issue?.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('') ?? '';
    return refused(
      400,
      'bad-shape',
      { zh: '请求内容不合要求', en: 'the request does not have the expected form' },
      {
        where: `${this.part}${path}`,
        expected: issue?.message ?? 'the form of /api/docs',
        hint: { zh: '见 /api/docs', en: 'see /api/docs' },
      },
    );
  }
}
