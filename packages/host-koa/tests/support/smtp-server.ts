import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** Self-signed, for localhost and 127.0.0.1, only for tests; its key is public. */
export const certificateFile = new URL('certificate/certificate.pem', import.meta.url);
export const certificate = readFileSync(certificateFile, 'utf8');
const key = readFileSync(new URL('certificate/key.pem', import.meta.url), 'utf8');

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As received: headers, an empty line, the body. */
  readonly raw: string;
  readonly encrypted: boolean;
  readonly user: string | undefined;
}

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** Connections so far. */
  readonly connections: number;
  /** Closes all connections, as servers do with idle ones. */
  hangUp(): void;
  /** Resolves when that many mails have arrived. */
  arrived(count: number): Promise<readonly ReceivedMail[]>;
}

/**
 * A real mail server on a free port of a loopback address, which keeps received mails. By default, it offers
 * STARTTLS and requires no sign-in.
 */
export async function mailServer(options: SMTPServerOptions = {}, host = '127.0.0.1'): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  let connections = 0;
  const server = new SMTPServer({
    key,
    cert: certificate,
    authOptional: true,
    closeTimeout: 100,
    ...options,
    onConnect(_session, accept) {
      connections++;
      accept();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          encrypted: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
        });
        waiting = waiting.filter(({ count, resolve }) => received.length < count || resolve());
        done();
      });
    },
  });
  // Some tests let clients break the connection.
  server.on('error', () => {});
  const listener = server.listen(0, host);
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    received,
    get connections() {
      return connections;
    },
    hangUp() {
      for (const connection of server.connections) connection.close();
    },
    async arrived(count) {
      if (received.length < count) {
        await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      }
      return received;
    },
    [Symbol.asyncDispose]: () => new Promise((closed) => server.close(() => closed())),
  };
}
