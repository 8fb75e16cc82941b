import { type Limits } from './Limits.js';

/** The limits that hold where the request and the operator name none. */
export const defaultLimits: Limits = {
  headerBytes: 2 ** 18,
  bufferedBytes: 2 ** 29,
  decompressionRatio: 200,
  lineCharacters: 2 ** 24,
  statusErrorBodyBytes: 2 ** 20,
  xmlDepth: 1_000,
  xmlAttributes: 1_000,
  xmlNameCharacters: 10_000,
  xmlTextCharacters: 10 * 2 ** 20,
  xmlEntityCharacters: 2 ** 20,
  xmlEntityGrowth: 100,
  xmlRecordCharacters: 2 ** 26,
};
