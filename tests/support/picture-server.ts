import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';

/** How the server answers for this address. */
export type PictureBehaviour = 'found' | 'missing' | 'refused' | 'dead' | 'slow';

export interface PictureServer {
  readonly origin: string;
  /** Requests in order. */
  readonly requests: readonly {
    readonly email: string;
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
  }[];
  close(): Promise<void>;
}

/** A picture of one colour: red, green, blue and opacity. */
function png(size: number, colour: readonly [number, number, number, number]): Buffer {
  const row = Buffer.from([0, ...Array.from({ length: size }, () => colour).flat()]);
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  const parts = {
    IHDR: header,
    IDAT: deflateSync(Buffer.concat(Array(size).fill(row))),
    IEND: Buffer.alloc(0),
  };
  const chunks = Object.entries(parts).map(([name, data]) => {
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    const named = Buffer.concat([Buffer.from(name), data]);
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, checksum]);
  });
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

/** A fake Gravatar on 127.0.0.1 for these addresses, as documented: by SHA-256, blank for `d=blank`. */
export async function pictureServer(
  people: Readonly<Record<string, PictureBehaviour>>,
): Promise<PictureServer> {
  const requests: PictureServer['requests'][number][] = [];
  const answers: Record<PictureBehaviour, (response: ServerResponse, size: number) => void> = {
    found: (response, size) =>
      response.setHeader('Content-Type', 'image/png').end(png(size, [220, 40, 60, 255])),
    missing: (response, size) => response.setHeader('Content-Type', 'image/png').end(png(size, [0, 0, 0, 0])),
    refused: (response) => response.writeHead(404).end('404 Not Found'),
    dead: (response) => response.destroy(),
    slow: () => {},
  };
  const server = createServer(({ url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const email = Object.keys(people).find(
      (address) => pathname === `/avatar/${createHash('sha256').update(address).digest('hex')}`,
    );
    const behaviour = email === undefined ? undefined : people[email];
    if (email === undefined || behaviour === undefined || searchParams.get('d') !== 'blank') {
      response.writeHead(400).end();
      return;
    }
    requests.push({ email, url, headers });
    answers[behaviour](response, Number(searchParams.get('s')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
