// Loaded before a gateway (node --import): its clock is kept right by somebody, as on a box, wherever the test runs. It is six minutes
// behind until SIGUSR2, so that a new journal need not be five minutes old before it takes an order.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { existsSync } = fs;
fs.existsSync = (path) => path === '/run/systemd/timesync/synchronized' || existsSync(path);
syncBuiltinESMExports();

const now = Date.now;
let behindMs = 360_000;
Date.now = () => now() - behindMs;
process.on('SIGUSR2', () => {
  behindMs = 0;
});
