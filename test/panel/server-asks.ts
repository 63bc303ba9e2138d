/** Good requests of every route of the panel's server, by whoever and from wherever a test wants. */
import { type RouteInfo, type RouteName, routes } from '../../gateway/panel/api/routes.js';
import { csrf, entry, type PanelRig, photo } from './server-rig.js';

export const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
export const away = '192.168.1.9';
export const filter = { filter: {} };
const user = { user: 'wang', level: 2, password: 'long enough it is' };

/** A good request of each route that needs more than its path. */
const good: Partial<Record<RouteName, { readonly url?: string; readonly payload?: object; readonly type?: string }>> = {
  signIn: { payload: { user: 'wang', password: 'x' } },
  setup: { payload: user },
  setUser: { payload: user },
  removeUser: { url: '/api/v1/users/wang' },
  order: { payload: { ask: 'acknowledge', boot: 'b1', order: 3 } },
  history: { payload: filter },
  entry: { url: `/api/v1/history/${entry.id}` },
  search: { payload: { ...filter, text: 'smoke' } },
  export: { payload: { ...filter, format: 'csv' } },
  trend: { url: '/api/v1/trend?point=a&fromWall=1&toWall=2' },
  setMap: { payload: { plans: [], revision: 0 } },
  image: { url: '/api/v1/images/plan.png' },
  putImage: { url: '/api/v1/images/plan.png', payload: png, type: 'image/png' },
  commissioningRevision: { url: '/api/v1/commissioning/revisions/1' },
  commissioningReport: { url: '/api/v1/commissioning/revisions/1/report' },
  commissioningPhoto: { url: `/api/v1/commissioning/photos/${photo.name}` },
  putCommissioningPhoto: { payload: png, type: 'image/png' },
  makeToken: { payload: { name: 'ha' } },
  removeToken: { url: '/api/v1/tokens/ha' },
};

export interface Asking {
  readonly who?: string;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | object;
}

const noHeaders: Readonly<Record<string, string>> = {};

export function askOf(
  rig: PanelRig,
  name: RouteName,
  { who = 'level 3', from = away, headers = noHeaders, payload }: Asking = {},
) {
  const { url, payload: usual, type } = good[name] ?? {};
  const route: RouteInfo = routes[name];
  const body = payload ?? usual;
  return rig.app.inject({
    method: route.method,
    url: url ?? route.path,
    remoteAddress: from,
    headers: {
      ...(who === '' ? {} : { authorization: who }),
      ...(who === 'token' ? {} : { 'x-gengfu-csrf': csrf }),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body }),
  });
}
