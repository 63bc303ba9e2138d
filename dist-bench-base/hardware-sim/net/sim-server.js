/** Whatever answers at the other end of a TCP connection; in memory (sim-network.ts) or behind a real socket
 * (tcp-server.ts). */
export {};
