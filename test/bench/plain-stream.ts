/** A bare page that shows each line of a bare event stream: what this browser on this machine needs for it. */
import { createServer, type ServerResponse } from 'node:http';

const html = `<!doctype html><meta charset="utf-8"><title>bare</title><p id="line"></p><script>
new EventSource('/events').onmessage = ({ data }) => { document.getElementById('line').textContent = data; };
</script>`;

export class PlainStream {
  readonly #streams = new Set<ServerResponse>();
  readonly #server = createServer((request, response) => {
    if (request.url !== '/events') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  }

  get isOpened(): boolean {
    return this.#streams.size > 0;
  }

  say(line: string): void {
    for (const stream of this.#streams) stream.write(`data: ${line}\n\n`);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
