/** What systemd does for gengfu.service, in a root without systemd: starts the launcher, tells it what became of it, starts it again. */
import { Talk } from './talk.mjs';

const launcher = '/usr/lib/gengfu/gengfu-start';
const restartMs = 1000;
/** Of an unloaded computer some three; there are others. */
const readyMaxMs = 120_000;

export class WatchedGateway {
  /** One for each start. */
  starts = [];
  #isStopping = false;
  #waiting = [];

  constructor(root) {
    this.root = root;
    this.#start();
  }

  /** Resolves with the talk of the first start from `from` on that has looked at everything once, and has told the launcher. */
  async ready(from = 0, maxMs = readyMaxMs) {
    const isReady = () => this.starts.slice(from).find(({ isReady }) => isReady);
    const untilMs = performance.now() + maxMs;
    while (isReady() === undefined) {
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0) {
        const said = this.starts.slice(from).map(({ talk }) => talk.lines.slice(-3).join('\n'));
        throw new Error(`not ready within ${maxMs / 1000} s, after ${said.length} starts:\n${said.slice(-4).join('\n--\n')}`);
      }
      await this.#change(leftMs);
    }
    return isReady().talk;
  }

  /** As `systemctl restart`. */
  async restart() {
    const { talk } = this.starts.at(-1);
    talk.child.kill('SIGTERM');
    await talk.ended;
  }

  async stop() {
    this.#isStopping = true;
    await this.restart();
  }

  #start() {
    const talk = new Talk(this.root.start([launcher, '--json'], { user: 'gengfu' }));
    const start = { talk, isReady: false };
    this.starts.push(start);
    talk
      .line((line) => line.includes('"kind":"site.scanned"'), 24 * 3600 * 1000, 'first round')
      .then(() => {
        this.root.run([launcher, '--healthy'], { user: 'gengfu' });
        start.isReady = true;
        this.#changed();
      });
    talk.child.once('exit', (code) => {
      this.root.run([launcher, '--ended'], { user: 'gengfu', env: { SERVICE_RESULT: code === 0 ? 'success' : 'exit-code' } });
    });
    void talk.ended.then((code) => {
      if (this.#isStopping) return;
      setTimeout(() => this.#start(), code === 0 ? 0 : restartMs);
    });
    this.#changed();
  }

  #change(maxMs) {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, maxMs).unref();
    });
  }

  #changed() {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
