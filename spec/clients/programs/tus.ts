/** A program that uploads, and has nothing else to do then: `tus.ts ENDPOINT`. */
import { install } from '../../../source/xmlhttprequest.js';
import { loadTus } from '../subjects/tus.js';

install();
const upload = new (loadTus().Upload)(new Blob(['text']), {
  endpoint: process.argv[2] ?? '',
  onSuccess: () => {
    console.log('uploaded');
  },
  onError: (error) => {
    console.log(error.message);
  },
});
upload.start();
