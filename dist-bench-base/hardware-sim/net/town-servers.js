import { startTcpServer } from './tcp-server.js';
/** Every network gets a free port of its own. A network that is cut cuts its sockets. */
export async function startTownServers(networks) {
    const byLine = new Map();
    for (const [id, network] of networks) {
        const running = await startTcpServer({ server: network.server, port: 0 });
        network.onCut((isCut) => running.setCut(isCut));
        byLine.set(id, running);
    }
    return {
        byLine,
        reachable: (line) => {
            const running = byLine.get(line.id);
            if (running === undefined || line.transport === 'serial')
                return line;
            return { ...line, host: running.host, port: running.port };
        },
        stop: async () => {
            await Promise.all([...byLine.values()].map((running) => running.stop()));
        },
    };
}
