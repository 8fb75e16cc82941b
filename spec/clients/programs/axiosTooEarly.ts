/** Loads axios before the class is there. */
import axios, { isAxiosError } from 'axios';
import { install } from '../../../source/xmlhttprequest.js';

install();
await axios.get('data:,', { adapter: 'xhr' }).catch((error: unknown) => {
  if (isAxiosError(error)) console.log(error.code, error.message);
});
