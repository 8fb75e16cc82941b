import { type Limits } from './Limits.js';

/** The limits that hold where the request and the operator name none. */
export const defaultLimits: Limits = {
  headerBytes: 262_144,
  bufferedBytes: 536_870_912,
  decompressionRatio: 200,
  lineCharacters: 16_777_216,
  statusErrorBodyBytes: 1_048_576,
  xmlDepth: 1_000,
  xmlAttributes: 1_000,
  xmlNameCharacters: 10_000,
  xmlTextCharacters: 10_485_760,
  xmlEntityCharacters: 1_048_576,
  xmlEntityGrowth: 100,
  xmlRecordCharacters: 67_108_864,
};
