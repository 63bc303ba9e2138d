/** How a connection through a simulated network can break, whoever is at its other end; each returns what mends it. */
import type { Door, SimNetwork } from '../../net/sim-network.js';
import { hold, holdBy } from './hold.js';

/** Ways in which connections end. */
export const hangUps = ['endConnections', 'resetConnections', 'forgetClients'] as const;

export function shutDoor(network: SimNetwork, door: Door): () => void {
  const open = hold(network, 'door', door);
  network.resetConnections();
  return open;
}

export function stall(network: SimNetwork): () => void {
  return holdBy(network, 'stall', false, (isStalled) => network.setStalled(isStalled), true);
}

/** What happens at once and needs nobody to end it. */
export function once<T>(act: (target: T) => void): (target: T) => () => void {
  return (target) => {
    act(target);
    return () => undefined;
  };
}
