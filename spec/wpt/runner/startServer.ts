import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectFile } from '../../helpers/project.js';
import { type WptTest } from '../suite/WptTest.js';
import { freePorts } from './freePorts.js';

const host = 'web-platform.test';

export interface WptServer {
  readonly origins: Readonly<Record<WptTest['server'], string>>;
  stop(): Promise<void>;
}

/** Starts the server of the checkout, wptserve. It ends with this process, however that ends. */
export async function startServer(checkout: string): Promise<WptServer> {
  const [http, http2nd, https, https2nd, ws, wss, h2] = await freePorts();
  const folder = mkdtempSync(join(tmpdir(), 'readystream-wpt-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const config = {
    browser_host: host,
    server_host: '127.0.0.1',
    alternate_hosts: { alt: `not-${host}` },
    check_subdomains: false,
    bind_address: true,
    log_level: 'warning',
    ports: { http: [http, http2nd], https: [https, https2nd], ws: [ws], wss: [wss], h2: [h2] },
  };
  const [configFile, logFile] = [join(folder, 'config.json'), join(folder, 'log')];
  writeFileSync(configFile, JSON.stringify(config));
  const log = openSync(logFile, 'w');
  const server = spawn('python3', [projectFile('spec/wpt/runner/serve.py'), resolve(checkout), configFile], {
    stdio: ['pipe', log, log],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let failure: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    server.once('error', (error) => {
      failure = error;
      resolve();
    });
    server.once('exit', (code, signal) => {
      failure = new Error(`it ended (${signal ?? code ?? '?'})`);
      resolve();
    });
  });
  for (let attempt = 0; !(await answers(http)); attempt++) {
    if (failure === undefined && attempt < 150) {
      await delay(200);
      continue;
    }
    server.stdin?.end();
    const words = failure?.message ?? 'it does not answer';
    throw new Error(
      `The server of ${checkout} did not start: ${words}\n${readFileSync(logFile, 'utf8').slice(-2000)}`,
    );
  }
  return {
    origins: {
      http: `http://${host}:${http}`,
      https: `https://${host}:${https}`,
      h2: `https://${host}:${h2}`,
    },
    async stop() {
      server.stdin?.end();
      await ended;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const options = { host: '127.0.0.1', port, path: '/common/blank.html', headers: { host }, agent: false };
  return new Promise((resolve) => {
    get(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => {
      resolve(false);
    });
  });
}
