// What a page does with tus-js-client, in node: sends a file in chunks, loses its connection in the middle of one, goes
// on as another client would after a reload, and prints what came of it.
// Arguments: endpoint, file, size of a chunk in bytes.
import { createReadStream, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';

const require = createRequire(new URL('../../main/web/package.json', import.meta.url));
const tus = require('tus-js-client');

const [endpoint, file, chunk] = process.argv.slice(2);
const size = statSync(file).size;
const options = {
  endpoint,
  chunkSize: Number(chunk),
  uploadSize: size,
  metadata: { filename: basename(file), title: 'Sent by tus-js-client' },
  retryDelays: null,
};

function interrupted() {
  return new Promise((done, failed) => {
    const upload = new tus.Upload(createReadStream(file), {
      ...options,
      onError: failed,
      onSuccess: () => failed(new Error('The upload was over before it could be interrupted')),
      onProgress: (sent) => {
        if (sent > Number(chunk) * 1.5) upload.abort().then(() => done(upload.url), failed);
      },
    });
    upload.start();
  });
}

function resumed(uploadUrl) {
  return new Promise((done, failed) => {
    const offsets = [];
    const upload = new tus.Upload(createReadStream(file), {
      ...options,
      uploadUrl,
      uploadDataDuringCreation: true,
      onError: failed,
      onChunkComplete: (length, accepted) => offsets.push(accepted - length),
      onSuccess: ({ lastResponse }) => done({ video: lastResponse.getHeader('Millrace-Video-Id'), from: offsets[0] }),
    });
    upload.start();
  });
}

const url = await interrupted();
const { video, from } = await resumed(url);
console.log(JSON.stringify({ video, url, from }));
