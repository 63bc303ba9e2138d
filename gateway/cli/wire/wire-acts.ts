/** What the verbs of the wire do on a real box: the real lines, the real terminal, the gateway that runs. */
import { existsSync } from 'node:fs';
import { loadConfig } from '../../../config/load-config.js';
import { isModbus } from '../../../config/profile-kind.js';
import { loadSiteLibrary } from '../../../config/user-profiles.js';
import { SystemClock } from '../../../drivers/clock.js';
import { loadCodecs } from '../../../drivers/stream/codec-library.js';
import { controlPath } from '../../command/control-socket.js';
import { knownPinDrivers, knownUplinks } from '../../known-parts.js';
import { holdDataFolder, openerOf, random } from '../../main.js';
import { BareLine } from '../../wire/bare-line.js';
import type { WireAnswer } from '../../wire/wire-request.js';
import { ask, ownName } from '../ask-gateway.js';
import { confirmHere } from '../confirm.js';
import { hasTerminal } from '../terminal-asker.js';
import { endNow } from './end-now.js';
import { type MoveIo, move } from './move.js';
import type { WireOptions } from './place-options.js';
import { read, watch } from './read.js';
import { write } from './write.js';

/** A question waits for others and for its unit; an action may take its time to be proven, ms. */
const answerMaxMs = 60_000;

export type WireVerb = 'read' | 'watch' | 'write' | 'address' | 'baud';

export async function wireAct(verb: WireVerb, names: readonly string[], options: WireOptions): Promise<void> {
  const io = realIo(options);
  switch (verb) {
    case 'read':
      return endNow(await read(names, options, io));
    case 'watch':
      return endNow(await watch(names, options, io));
    case 'write':
      return endNow(await write(names, options, io));
    case 'address':
    case 'baud':
      return endNow(await move(verb, names[0] ?? '', options, io));
    default: {
      const impossible: never = verb;
      throw new Error(`impossible verb ${String(impossible)}`);
    }
  }
}

function realIo({ config: siteFile, lang, json }: WireOptions): MoveIo {
  const clock = new SystemClock();
  const { stdout, stderr } = process;
  return {
    ...{ lang, clock, user: ownName(), isJson: json === true },
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    confirm: hasTerminal() ? (question) => confirmHere(question, lang) : null,
    askGateway: async (dataDir, request) => {
      if (!existsSync(controlPath(dataDir))) return 'nobody';
      try {
        const answer = (await ask(dataDir, request, answerMaxMs)) as WireAnswer | { error: string };
        if ('error' in answer) throw new Error(answer.error);
        return answer;
      } catch (error) {
        // A socket that a killed gateway has left behind.
        if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return 'nobody';
        throw error;
      }
    },
    load: async (file) => {
      const codecs = await loadCodecs();
      return loadConfig(file, { knownUplinks, knownPinDrivers, knownCodecs: [...codecs.keys()] });
    },
    hold: (config) => holdDataFolder(config, clock),
    make: (config) => new BareLine({ config, open: openerOf(config, clock), clock, random }),
    profileOf: async (id) => {
      const { profiles } = await loadSiteLibrary(siteFile, id);
      const profile = profiles.get(id);
      return profile !== undefined && isModbus(profile) ? profile : null;
    },
    interrupted: () => new Promise((resolve) => process.once('SIGINT', () => resolve())),
  };
}
