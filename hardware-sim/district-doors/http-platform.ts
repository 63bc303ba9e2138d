/** A platform that takes whatever is posted, and says so as the presets understand it: 200 and a body that means success to each. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpPlatform {
  readonly url: string;
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
/** Of a body; who sends more is cut off. */
const bodyMaxBytes = 1_000_000;
const taken = '{"code":200,"success":true,"message":"ok"}';

/** `onTaken` hears each body as it is answered. Rejects with the system's error when it can not listen. */
export async function openHttpPlatform(onTaken: (body: string) => void): Promise<HttpPlatform> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > bodyMaxBytes) request.destroy();
      else pieces.push(piece);
    });
    request.on('error', () => undefined);
    request.on('end', () => {
      onTaken(Buffer.concat(pieces).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' }).end(taken);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, loopback, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${port}/fire`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
