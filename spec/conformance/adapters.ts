import { consumerLaws } from './adapters/consumerLaws.js';
import { type Law } from './adapters/law.js';
import { requestLaws } from './adapters/requestLaws.js';
import { responseLaws } from './adapters/responseLaws.js';

/** The laws of the contract in `Adapter` and `ReadyStateEvent`, for every adapter; free of Node, for a browser's page. */
export const adapterLaws: readonly Law[] = [...responseLaws, ...consumerLaws, ...requestLaws];
