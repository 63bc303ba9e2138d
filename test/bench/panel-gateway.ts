/** The built gateway with the panel on, as its unit file starts it, and one person signed in at it without a browser. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PanelOrder } from '../../gateway/panel/api/orders.js';
import type { PanelState } from '../../gateway/panel/api/state.js';
import { unitFileStart } from './memory.js';

const cli = path.resolve('dist/gateway/cli/gengfu.js');
const startMaxMs = 120_000;
const endMaxMs = 15_000;
const lookMs = 25;
const password = 'bench of the panel 1';

/** The page and the thread are bundles of their own, which the bench's build has not. */
export function buildPanel(): void {
  execFileSync('npm', ['run', '--silent', 'build:keep'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

export class PanelGateway {
  readonly #child: ChildProcess;
  #cookie = '';
  #csrf = '';

  constructor(
    site: string,
    private readonly url: string,
  ) {
    const { flags, env } = unitFileStart();
    this.#child = spawn(process.execPath, [...flags, cli, 'run', '--config', site], {
      stdio: 'ignore',
      env: { ...process.env, ...env },
    });
  }

  /** Resolves when everything was asked once, and somebody of level Ⅲ is signed in. */
  async started(): Promise<void> {
    const endMono = performance.now() + startMaxMs;
    while ((await this.#me()) === false) {
      if (this.#child.exitCode !== null || performance.now() > endMono) throw new Error('the panel does not answer');
      await sleep(200);
    }
    await this.#ask('POST', '/api/v1/setup', { user: 'bench', password, level: 3 });
    await this.until(({ head }) => head.state !== 'starting', startMaxMs);
  }

  async state(): Promise<PanelState> {
    return (await this.#ask('GET', '/api/v1/state')) as PanelState;
  }

  async order(order: PanelOrder): Promise<void> {
    await this.#ask('POST', '/api/v1/orders', order);
  }

  /** Looks again and again; the answer is the state that was waited for. */
  async until(isDone: (state: PanelState) => boolean, maxMs: number): Promise<PanelState> {
    const endMono = performance.now() + maxMs;
    for (;;) {
      const state = await this.state();
      if (isDone(state)) return state;
      if (performance.now() > endMono) throw new Error(`waited ${maxMs} ms; ${JSON.stringify(state.head)}`);
      await sleep(lookMs);
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await Promise.race([ended, sleep(endMaxMs)]);
    this.#child.kill('SIGKILL');
  }

  async #me(): Promise<boolean> {
    return this.#ask('GET', '/api/v1/me').then(
      () => true,
      () => false,
    );
  }

  async #ask(method: string, route: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.url + route, {
      method,
      headers: {
        cookie: this.#cookie,
        'x-gengfu-csrf': this.#csrf,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const value = (await answer.json()) as unknown;
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${JSON.stringify(value)}`);
    const kept = new Map(this.#cookie.split('; ').map((each) => each.split('=') as [string, string]));
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', token = ''] = (line.split(';')[0] ?? '').split('=');
      kept.set(name, token);
    }
    this.#cookie = [...kept].flatMap(([name, token]) => (name === '' ? [] : `${name}=${token}`)).join('; ');
    if (typeof value === 'object' && value !== null && 'csrf' in value) this.#csrf = String(value.csrf);
    return value;
  }
}
