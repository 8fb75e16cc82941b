import { type Client } from '../contracts/Client.js';

/** The clients that are held to the contracts, each loaded when it is asked for: after the globals are there. */
export const clients = {
  plain: async () => (await import('./plain.js')).plain(),
  rxjsAjax: async () => (await import('./rxjsAjax.js')).rxjsAjax(),
  readystreamAjax: async () => (await import('./rxjsAjax.js')).readystreamAjax(),
  axios: async () => (await import('./axios.js')).axiosClient(),
  angular: async () => (await import('./angular.js')).angularClient(),
  whatwgFetch: async () => (await import('./whatwgFetch.js')).whatwgFetch(),
  superagent: async () => (await import('./superagent.js')).superagentClient(),
  interceptors: async () => (await import('./interceptors.js')).interceptors(),
  zone: async () => (await import('./zone.js')).zone(),
  jquery: async () => (await import('./jquery.js')).jqueryClient(),
} as const satisfies Readonly<Record<string, () => Promise<Client>>>;

/** The name of one of them. */
export type ClientName = keyof typeof clients;
