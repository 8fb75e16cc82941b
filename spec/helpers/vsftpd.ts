import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { selfSigned } from './selfSigned.js';

/** A vsftpd on a free port of the loopback interface, for anonymous users who know the password `secret`. */
export interface Vsftpd {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** The directory that its users see. */
  readonly root: string;
  /** Settles when no session is open; a session ends when its client has gone. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The vsftpd to test with: `VSFTPD_PATH`, or the first that is where systems put it; `undefined` where there is none. */
export function findVsftpd(): string | undefined {
  const named = process.env['VSFTPD_PATH'];
  if (named !== undefined) return named;
  return ['/usr/sbin/vsftpd', '/usr/local/sbin/vsftpd', '/usr/bin/vsftpd'].find((path) => existsSync(path));
}

/**
 * Accepts connections and gives each to a vsftpd of its own, as inetd would, so that the port is free and there at once.
 *
 * @param folder - empty, for its configuration and its files.
 * @param settings - lines of its configuration beside the usual ones.
 */
export async function startVsftpd(
  executable: string,
  folder: string,
  settings: readonly string[],
): Promise<Vsftpd> {
  const root = join(folder, 'root');
  mkdirSync(root);
  mkdirSync(join(folder, 'empty'));
  const files = {
    config: [
      'listen=NO',
      'run_as_launching_user=YES',
      'seccomp_sandbox=NO',
      'isolate=NO',
      'isolate_network=NO',
      `secure_chroot_dir=${join(folder, 'empty')}`,
      'anonymous_enable=YES',
      'local_enable=NO',
      'secure_email_list_enable=YES',
      `email_password_file=${join(folder, 'passwords')}`,
      `anon_root=${root}`,
      'anon_umask=022',
      'write_enable=YES',
      'anon_upload_enable=YES',
      'anon_other_write_enable=YES',
      'ascii_download_enable=YES',
      'xferlog_enable=NO',
      `rsa_cert_file=${join(folder, 'certificate')}`,
      `rsa_private_key_file=${join(folder, 'key')}`,
      'ssl_ciphers=HIGH',
      'allow_anon_ssl=YES',
      ...settings,
      '',
    ].join('\n'),
    passwords: 'secret\n',
    certificate: selfSigned.cert,
    key: selfSigned.key,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);

  const sessions = new Set<ChildProcess>();
  const waiting = new Set<() => void>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    const session = spawn(executable, [join(folder, 'config')], { stdio: [socket, socket, 'inherit'] });
    sessions.add(session);
    session.on('exit', () => {
      sessions.delete(session);
      if (sessions.size > 0) return;
      for (const settle of waiting) settle();
      waiting.clear();
    });
    // The process has its own hold on it now.
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    root,
    idle: () => (sessions.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const session of sessions) session.kill();
      }),
  };
}
