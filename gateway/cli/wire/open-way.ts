/** Which way leads to the wire: the gateway that runs by this site file, else the line itself while nobody else has it. */
import type { LineConfig, SiteConfig } from '../../../config/site.js';
import { DirectWay, type WireWay } from '../../wire/wire-way.js';
import { refuse } from '../refuse.js';
import { bareLineOf, type WireOptions } from './place-options.js';
import { type Exit, exits, say, type WireIo } from './wire-io.js';

export interface Opened {
  /** Null: the line was given without a site file. */
  readonly config: SiteConfig | null;
  readonly lines: readonly LineConfig[];
  readonly way: WireWay;
}

/** The way; or the exit status, after it was said why there is none. */
export async function openWay(options: WireOptions, io: WireIo): Promise<Opened | Exit> {
  const bare = bareLineOf(options);
  if (bare !== null && 'zh' in bare) {
    say(io, bare);
    return exits.invalid;
  }
  const { clock, make } = io;
  if (bare !== null) {
    const lines = [bare];
    return { config: null, lines, way: new DirectWay({ config: null, lines, clock, make }) };
  }
  const loaded = await io.load(options.config);
  if (!loaded.ok) {
    refuse(loaded.problems, options);
    return exits.invalid;
  }
  const { config } = loaded;
  const live = await liveWay(config, io);
  if (typeof live === 'number') return live;
  const { lines } = config;
  if (live !== null) return { config, lines, way: live };
  const held = await holdFolder(config, io);
  return held ?? { config, lines, way: new DirectWay({ config, lines, clock, make }) };
}

/** Null: no gateway runs there. */
async function liveWay({ dataDir }: SiteConfig, io: WireIo): Promise<WireWay | null | Exit> {
  try {
    // The gateway answers to a name that nobody has at once.
    const answer = await io.askGateway(dataDir, { ask: 'wire-points', names: ['-'] });
    if (answer === 'nobody') return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(io, {
      zh: `网关在运行，但问不到它（${why}）：请用 root 或网关的用户运行`,
      en: `a gateway runs and can not be asked (${why}): run this as root or as the gateway's user`,
    });
    return exits.held;
  }
  const isGone: WireIo['askGateway'] = io.askGateway;
  return {
    isWatched: true,
    ask: async (request) => {
      const answer = await isGone(dataDir, request);
      if (answer === 'nobody') throw new Error('the gateway has stopped');
      return answer;
    },
    close: () => Promise.resolve(),
  };
}

/** Null: the folder is ours, or nobody can say. */
export async function holdFolder(config: SiteConfig, io: Pick<WireIo, 'hold' | 'lang' | 'err'>): Promise<Exit | null> {
  if ((await io.hold(config)) !== 'taken') return null;
  say(io, {
    zh: `数据目录 ${config.dataDir} 正被另一个网关或命令使用，线路不能同时用：等它结束，或 systemctl stop gengfu`,
    en: `another gateway or verb uses the data folder ${config.dataDir}, and a line has one owner: wait for it, or systemctl stop gengfu`,
  });
  return exits.held;
}
