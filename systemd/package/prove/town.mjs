/** East and west line of the ancient town on pseudo-terminals of this machine, which the root sees too, and which its user may open. */
import { spawn } from 'node:child_process';
import { chmodSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { root as repository } from '../build/places.mjs';
import { Talk } from './talk.mjs';

/** Of an unloaded computer two or three; there are others. */
const readyMaxMs = 120_000;

/** What hangs there, and at which speed it speaks. */
export const lines = {
  east: { path: '/run/lines/east', baud: 9600, smokes: 12, inputs: [20], relays: [30] },
  west: { path: '/run/lines/west', baud: 4800, smokes: 7, inputs: [20, 21], relays: [30] },
};

/** Profiles by address, in their order. */
export function unitsOf({ smokes, inputs, relays }) {
  return [
    ...Array.from({ length: smokes }, (_, index) => [index + 1, 'generic-smoke-0010']),
    ...inputs.map((address) => [address, 'n4d8b08']),
    ...relays.map((address) => [address, 'waveshare-relay8']),
  ];
}

/** `east` and `west` take orders of the simulator and tell what happens on them. */
export async function startTown(root) {
  root.must(['mkdir', '-p', '/run/lines']);
  const [east, west] = ['east', 'west'].map((id) => start(root, id));
  const close = async () => {
    for (const { child } of [east, west]) child.kill('SIGTERM');
    await Promise.all([east.ended, west.ended]);
  };
  try {
    for (const [talk, { path }] of [[east, lines.east], [west, lines.west]]) {
      await talk.line((text) => text.includes('"ready"'), readyMaxMs, 'simulated line');
      chmodSync(realpathSync(root.path(path.slice(1))), 0o666);
    }
  } catch (cause) {
    await close();
    throw cause;
  }
  return { east, west, close };
}

function start(root, id) {
  const line = lines[id];
  // Told of each unit, so that one that is asked at another speed hears only noise.
  const speeds = unitsOf(line).flatMap(([address]) => ['--unit-baud', `${address}=${line.baud}`]);
  const program = join(repository, 'dist/hardware-sim/pty-process.js');
  const args = [program, '--line', id, '--pty', root.path(line.path.slice(1)), '--json', ...speeds];
  return new Talk(spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] }));
}
