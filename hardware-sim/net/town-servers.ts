import type { LineId } from '../../config/ids.js';
import type { LineConfig } from '../../config/site.js';
import type { SimNetwork } from './sim-network.js';
import { type RunningTcpServer, startTcpServer } from './tcp-server.js';

/** The servers of a village behind real sockets of this machine. */
export interface TownServers {
  readonly byLine: ReadonlyMap<LineId, RunningTcpServer>;
  /** The same line where it is to be found on this machine; a serial line as it is. */
  reachable(line: LineConfig): LineConfig;
  stop(): Promise<void>;
}

/** Every network gets a free port of its own. A network that is cut cuts its sockets. */
export async function startTownServers(networks: ReadonlyMap<LineId, SimNetwork>): Promise<TownServers> {
  const byLine = new Map<LineId, RunningTcpServer>();
  for (const [id, network] of networks) {
    const running = await startTcpServer({ server: network.server, port: 0 });
    network.onCut((isCut) => running.setCut(isCut));
    byLine.set(id, running);
  }
  return {
    byLine,
    reachable: (line) => {
      const running = byLine.get(line.id);
      if (running === undefined || line.transport === 'serial') return line;
      return { ...line, host: running.host, port: running.port };
    },
    stop: async () => {
      await Promise.all([...byLine.values()].map((running) => running.stop()));
    },
  };
}
