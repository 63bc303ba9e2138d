/** Where each door of the API is: the page's own list, so that no schema travels to the browser; held to the contract by its type. */
import type { RouteName, routes } from '../../../api/routes.js';

type Paths = {
  readonly [Name in RouteName]: readonly [(typeof routes)[Name]['method'], (typeof routes)[Name]['path']];
};

export const paths: Paths = {
  me: ['GET', '/api/v1/me'],
  signIn: ['POST', '/api/v1/session'],
  signOut: ['DELETE', '/api/v1/session'],
  setup: ['POST', '/api/v1/setup'],
  users: ['GET', '/api/v1/users'],
  setUser: ['PUT', '/api/v1/users'],
  removeUser: ['DELETE', '/api/v1/users/:user'],
  brief: ['GET', '/api/v1/brief'],
  site: ['GET', '/api/v1/site'],
  state: ['GET', '/api/v1/state'],
  live: ['GET', '/api/v1/live'],
  households: ['GET', '/api/v1/households'],
  order: ['POST', '/api/v1/orders'],
  history: ['POST', '/api/v1/history'],
  entry: ['GET', '/api/v1/history/:id'],
  search: ['POST', '/api/v1/history/search'],
  export: ['POST', '/api/v1/history/export'],
  trend: ['GET', '/api/v1/trend'],
  map: ['GET', '/api/v1/map'],
  setMap: ['PUT', '/api/v1/map'],
  image: ['GET', '/api/v1/images/:name'],
  putImage: ['PUT', '/api/v1/images/:name'],
  commissioning: ['GET', '/api/v1/commissioning'],
  commissioningRevisions: ['GET', '/api/v1/commissioning/revisions'],
  commissioningRevision: ['GET', '/api/v1/commissioning/revisions/:revision'],
  commissioningReport: ['GET', '/api/v1/commissioning/revisions/:revision/report'],
  commissioningPhoto: ['GET', '/api/v1/commissioning/photos/:name'],
  putCommissioningPhoto: ['POST', '/api/v1/commissioning/photos'],
  doctor: ['GET', '/api/v1/health'],
  tokens: ['GET', '/api/v1/tokens'],
  makeToken: ['POST', '/api/v1/tokens'],
  removeToken: ['DELETE', '/api/v1/tokens/:name'],
  metrics: ['GET', '/metrics'],
  openapi: ['GET', '/api/openapi.json'],
  docs: ['GET', '/api/docs'],
};
