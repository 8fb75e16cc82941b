import { consumerContracts } from './adapters/consumerContracts.js';
import { type Contract } from './adapters/contract.js';
import { requestContracts } from './adapters/requestContracts.js';
import { responseContracts } from './adapters/responseContracts.js';

/** What `Adapter` and `ReadyStateEvent` promise, for every adapter. Free of Node, so that it runs in a browser too. */
export const adapterContracts: readonly Contract[] = [
  ...responseContracts,
  ...consumerContracts,
  ...requestContracts,
];
