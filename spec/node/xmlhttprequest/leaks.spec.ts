import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { sourceUrl } from '../../helpers/project.js';
import { promptedServer } from '../../helpers/promptedServer.js';
import { testServer } from '../../helpers/testServer.js';

const server = await testServer();
t.teardown(() => server.close());

/** Runs a program over the class to its own end; what it prints. It has `XMLHttpRequest`, `origin` and `ended(xhr)`. */
async function output(program: string, origin = server.origin): Promise<string> {
  const code = `
    import { createXMLHttpRequest, XMLHttpRequest } from "${sourceUrl('xmlhttprequest.js')}";
    const origin = ${JSON.stringify(origin)};
    const ended = (xhr) => new Promise((resolve) => (xhr.onloadend = resolve));
    const collected = async (isGone) => {
      for (let turn = 0; turn < 100 && !isGone(); turn++) {
        await new Promise(setImmediate);
        gc();
      }
      return isGone();
    };
    ${program}`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--expose-gc', '--input-type=module', '--eval', code],
  ]);
  return stdout;
}

/** What of a request is to be gone when it has ended, however it did. */
const ways: Readonly<Record<string, string>> = {
  'that succeeds': `xhr.open('GET', origin + '/bytes'); xhr.send(); await end;`,
  'that uploads': `xhr.open('POST', origin + '/echo'); xhr.upload.onprogress = () => {}; xhr.send('x'.repeat(100_000)); await end;`,
  'that fails': `xhr.open('GET', 'http://127.0.0.1:1/'); xhr.send(); await end;`,
  'that is cut short': `xhr.open('GET', origin + '/raw'); xhr.send(); await end;`,
  'that is aborted at once': `xhr.open('GET', origin + '/silent'); xhr.send(); xhr.abort();`,
  'that is aborted in its body': `xhr.open('GET', origin + '/headOnly'); xhr.send(); xhr.onreadystatechange = () => xhr.abort(); await end;`,
  'that times out': `xhr.open('GET', origin + '/silent'); xhr.timeout = 5; xhr.send(); await end;`,
  'that is opened anew': `xhr.open('GET', origin + '/silent'); xhr.send(); xhr.open('GET', 'data:,'); xhr.send(); await end;`,
  'that is never sent': `xhr.open('GET', origin + '/silent'); xhr.timeout = 60_000;`,
};

for (const [name, way] of Object.entries(ways)) {
  t.test(`nothing is left of a request ${name}`, async (t) => {
    const program = `
      const references = [];
      await (async () => {
        for (let count = 0; count < 3; count++) {
          const xhr = new XMLHttpRequest();
          xhr.timeout = 60_000;
          references.push(new WeakRef(xhr), new WeakRef(xhr.upload));
          const end = ended(xhr);
          ${way}
        }
      })();
      console.log(await collected(() => references.every((one) => one.deref() === undefined)));
      const timers = process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name));
      console.log(timers.join());`;
    t.equal(await output(program), 'true\n\n');
  });
}

t.test(
  'a thousand requests leave no more sockets than went at a time, and the process ends by itself',
  async (t) => {
    const program = `
    const one = async () => {
      const xhr = new XMLHttpRequest();
      xhr.timeout = 60_000;
      const end = ended(xhr);
      xhr.open('GET', origin + '/bytes?id=thousand');
      xhr.send();
      await end;
      return xhr.status;
    };
    let left = 1000;
    let succeeded = 0;
    const worker = async () => {
      while (left-- > 0) if ((await one()) === 200) succeeded++;
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    const resources = process.getActiveResourcesInfo();
    const sockets = resources.filter((name) => name.startsWith('TCP')).length;
    console.log(succeeded, sockets <= 8, resources.includes('Timeout'));`;
    t.equal(await output(program), '1000 true false\n');
    const log = (await (await fetch(`${server.origin}/log?id=thousand`)).json()) as { answered: number };
    t.equal(log.answered, 1000);
  },
);

t.test('a pending request is kept even if nothing references it', async (t) => {
  const prompted = await promptedServer();
  t.teardown(() => prompted.close());
  const program = `
    (() => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', origin);
      xhr.onload = () => console.log(xhr.responseText);
      xhr.onprogress = () => gc();
      xhr.send();
    })();
    for (let turn = 0; turn < 10; turn++) {
      await new Promise(setImmediate);
      gc();
    }
    console.log('collected');`;
  const printed = output(program, prompted.origin);
  const { response } = await prompted.take();
  response.write('a');
  response.end('b');
  t.same((await printed).split('\n').sort(), ['', 'ab', 'collected']);
});

t.test('a request that was not sent does not keep the process alive', async (t) => {
  const program = `
    const xhr = new XMLHttpRequest();
    xhr.timeout = 1e9;
    xhr.open('GET', origin + '/silent');
    xhr.onload = () => {};
    console.log('end');`;
  t.equal(await output(program), 'end\n');
});
