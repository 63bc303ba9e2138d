/** Every door of the HTTP API: the server registers them, OpenAPI is made of them, and the page knows their paths by its own list. */
import { z } from 'zod';
import { commissioningAnswer, photoName, revisionFile, revisionNumber, revisionRow } from './commissioning.js';
import { historyEntry, historyPage, historyQuery, trend, trendQuery } from './history.js';
import { mapPlan } from './map.js';
import { orderAnswer, panelOrder } from './orders.js';
import { me, setUser, signIn, userInfo, userName } from './session.js';
import { household, siteInfo } from './site.js';
import { panelState } from './state.js';
import { type PanelLevel, words } from './words.js';

export interface RouteInfo {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Who may; the server asks, the page only hides. */
  readonly level: PanelLevel;
  /** A read-only token may, too. */
  readonly isForTokens: boolean;
  readonly about: { readonly zh: string; readonly en: string };
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Left out: it is no JSON (`type` says what). */
  readonly answer?: z.ZodType;
  readonly type?: string;
}

/** Refusals of all routes: what, where, expected, got, what to do. */
export const problem = z
  .strictObject({
    code: z.string(),
    words,
    where: z.string().nullable(),
    expected: z.string().nullable(),
    got: z.string().nullable(),
    hint: words.nullable(),
  })
  .meta({ id: 'Problem' });
export type PanelProblem = z.infer<typeof problem>;

const nothing = z.strictObject({});
const atLevel = (level: PanelLevel, isForTokens = false) => ({ level, isForTokens });

export const routes = {
  me: {
    method: 'GET',
    path: '/api/v1/me',
    ...atLevel(0),
    about: { zh: '我是谁，可做什么', en: 'who I am and what I may' },
    answer: me,
  },
  signIn: {
    method: 'POST',
    path: '/api/v1/session',
    ...atLevel(0),
    about: { zh: '登录', en: 'sign in' },
    body: signIn,
    answer: me,
  },
  signOut: {
    method: 'DELETE',
    path: '/api/v1/session',
    ...atLevel(0),
    about: { zh: '退出', en: 'sign out' },
    answer: me,
  },
  /** Only from the box itself, and only while nobody has a password. */
  setup: {
    method: 'POST',
    path: '/api/v1/setup',
    ...atLevel(0),
    about: { zh: '设置第一个密码', en: 'set the first password' },
    body: setUser,
    answer: me,
  },
  users: {
    method: 'GET',
    path: '/api/v1/users',
    ...atLevel(3),
    about: { zh: '用户', en: 'users' },
    answer: z.array(userInfo),
  },
  setUser: {
    method: 'PUT',
    path: '/api/v1/users',
    ...atLevel(3),
    about: { zh: '新增或修改用户', en: 'add or change a user' },
    body: setUser,
    answer: z.array(userInfo),
  },
  removeUser: {
    method: 'DELETE',
    path: '/api/v1/users/:user',
    ...atLevel(3),
    about: { zh: '删除用户', en: 'remove a user' },
    params: z.strictObject({ user: userName }),
    answer: z.array(userInfo),
  },
  /** Level 0 away from the box: the big state and nothing else (design.md §6). */
  brief: {
    method: 'GET',
    path: '/api/v1/brief',
    ...atLevel(0, true),
    about: { zh: '总状态', en: 'the state in one word' },
    answer: panelState.shape.head.pick({ state: true, isSounding: true, wall: true }),
  },
  site: {
    method: 'GET',
    path: '/api/v1/site',
    ...atLevel(1, true),
    about: { zh: '站点', en: 'the site' },
    answer: siteInfo,
  },
  state: {
    method: 'GET',
    path: '/api/v1/state',
    ...atLevel(1, true),
    about: { zh: '现状', en: 'the state now' },
    answer: panelState,
  },
  /** Server-sent events: `state`, then `patches` with rising ids; `beat` every 2 s. */
  live: {
    method: 'GET',
    path: '/api/v1/live',
    ...atLevel(1),
    about: { zh: '实时事件', en: 'live events' },
    type: 'text/event-stream',
  },
  households: {
    method: 'GET',
    path: '/api/v1/households',
    ...atLevel(2),
    about: { zh: '帮扶户', en: 'households with special care' },
    answer: z.array(household),
  },
  order: {
    method: 'POST',
    path: '/api/v1/orders',
    ...atLevel(1),
    about: { zh: '下达操作', en: 'order something' },
    body: panelOrder,
    answer: orderAnswer,
  },
  history: {
    method: 'POST',
    path: '/api/v1/history',
    ...atLevel(1, true),
    about: { zh: '历史记录', en: 'the journal by pages' },
    body: historyQuery,
    answer: historyPage,
  },
  entry: {
    method: 'GET',
    path: '/api/v1/history/:id',
    ...atLevel(1, true),
    about: { zh: '一条记录', en: 'one entry' },
    params: z.strictObject({ id: z.string().max(200) }),
    answer: historyEntry,
  },
  /** Lines of JSON as they are found, newest first; closing the connection ends the search. */
  search: {
    method: 'POST',
    path: '/api/v1/history/search',
    ...atLevel(1, true),
    about: { zh: '全文查找', en: 'free text over a span' },
    body: historyQuery.omit({ before: true, limit: true }),
    type: 'application/x-ndjson',
  },
  export: {
    method: 'POST',
    path: '/api/v1/history/export',
    ...atLevel(1, true),
    about: { zh: '导出', en: 'export' },
    body: historyQuery.omit({ before: true, limit: true }).extend({ format: z.enum(['csv', 'json']) }),
    type: 'text/csv or application/json',
  },
  trend: {
    method: 'GET',
    path: '/api/v1/trend',
    ...atLevel(1, true),
    about: { zh: '曲线', en: 'samples of a point' },
    query: trendQuery,
    answer: trend,
  },
  map: {
    method: 'GET',
    path: '/api/v1/map',
    ...atLevel(1),
    about: { zh: '村图', en: 'the village plan' },
    answer: mapPlan,
  },
  setMap: {
    method: 'PUT',
    path: '/api/v1/map',
    ...atLevel(3),
    about: { zh: '修改村图', en: 'change the village plan' },
    body: mapPlan,
    answer: mapPlan,
  },
  image: {
    method: 'GET',
    path: '/api/v1/images/:name',
    ...atLevel(1),
    about: { zh: '图片', en: 'an image of the plan' },
    params: z.strictObject({ name: z.string().max(100) }),
    type: 'image/png, image/jpeg or image/webp',
  },
  putImage: {
    method: 'PUT',
    path: '/api/v1/images/:name',
    ...atLevel(3),
    about: { zh: '上传图片', en: 'upload an image' },
    params: z.strictObject({ name: z.string().max(100) }),
    answer: z.strictObject({ name: z.string() }),
    type: 'image/png, image/jpeg or image/webp',
  },
  /** As it stands; `after`: the serial of the one that is known, and if it still is that one, `view` is null. */
  commissioning: {
    method: 'GET',
    path: '/api/v1/commissioning',
    ...atLevel(2),
    about: { zh: '进行中的验收', en: 'the commissioning under way' },
    query: z.strictObject({ after: z.coerce.number().int().min(0).max(1e12).optional() }),
    answer: commissioningAnswer,
  },
  commissioningRevisions: {
    method: 'GET',
    path: '/api/v1/commissioning/revisions',
    ...atLevel(2),
    about: { zh: '验收报告列表', en: 'the revisions that were frozen or signed' },
    answer: z.array(revisionRow),
  },
  /** The file as it is signed: the digest is of `content`, byte for byte. */
  commissioningRevision: {
    method: 'GET',
    path: '/api/v1/commissioning/revisions/:revision',
    ...atLevel(2),
    about: { zh: '一份验收（数据）', en: 'one revision as data' },
    params: z.strictObject({ revision: revisionNumber }),
    answer: revisionFile,
  },
  /** One file without scripts and without anything from outside; A4 when it is printed. */
  commissioningReport: {
    method: 'GET',
    path: '/api/v1/commissioning/revisions/:revision/report',
    ...atLevel(2),
    about: { zh: '验收报告', en: 'the report of a revision' },
    params: z.strictObject({ revision: revisionNumber }),
    query: z.strictObject({ lang: z.enum(['zh', 'en']).default('zh') }),
    type: 'text/html',
  },
  commissioningPhoto: {
    method: 'GET',
    path: '/api/v1/commissioning/photos/:name',
    ...atLevel(2),
    about: { zh: '验收照片', en: 'a photo of the commissioning' },
    params: z.strictObject({ name: photoName }),
    type: 'image/png, image/jpeg or image/webp',
  },
  putCommissioningPhoto: {
    method: 'POST',
    path: '/api/v1/commissioning/photos',
    ...atLevel(3),
    about: { zh: '上传验收照片', en: 'upload a photo of the commissioning' },
    answer: z.strictObject({ name: photoName }),
    type: 'image/png, image/jpeg or image/webp',
  },
  doctor: {
    method: 'GET',
    path: '/api/v1/health',
    ...atLevel(1, true),
    about: { zh: '运行状况', en: 'how the gateway fares' },
    answer: z.record(z.string(), z.unknown()),
  },
  tokens: {
    method: 'GET',
    path: '/api/v1/tokens',
    ...atLevel(3),
    about: { zh: '只读令牌', en: 'read-only tokens' },
    answer: z.array(z.strictObject({ name: userName, createdWall: z.number() })),
  },
  /** The token is shown once and never again; its hash is kept. */
  makeToken: {
    method: 'POST',
    path: '/api/v1/tokens',
    ...atLevel(3),
    about: { zh: '新建令牌', en: 'make a token' },
    body: z.strictObject({ name: userName }),
    answer: z.strictObject({ name: userName, token: z.string() }),
  },
  removeToken: {
    method: 'DELETE',
    path: '/api/v1/tokens/:name',
    ...atLevel(3),
    about: { zh: '删除令牌', en: 'remove a token' },
    params: z.strictObject({ name: userName }),
    answer: nothing,
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    ...atLevel(1, true),
    about: { zh: 'Prometheus 指标', en: 'Prometheus metrics' },
    type: 'text/plain; version=0.0.4',
  },
  openapi: {
    method: 'GET',
    path: '/api/openapi.json',
    ...atLevel(0),
    about: { zh: 'OpenAPI 文件', en: 'this API as OpenAPI 3.1' },
    type: 'application/json',
  },
  docs: {
    method: 'GET',
    path: '/api/docs',
    ...atLevel(0),
    about: { zh: '接口说明', en: 'this API for people' },
    type: 'text/html',
  },
} as const satisfies Record<string, RouteInfo>;
export type RouteName = keyof typeof routes;
