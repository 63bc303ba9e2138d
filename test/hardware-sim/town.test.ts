/** The town of the demo, point by point, and its servers behind real sockets. */
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { brandId, type LineId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import { SystemClock } from '../../drivers/clock.js';
import { keyActions } from '../../hardware-sim/demo/keys.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { startTownServers } from '../../hardware-sim/net/town-servers.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { bytes, hex } from './bytes.js';

async function town(): Promise<SiteConfig> {
  const outcome = await loadConfig('config/examples/ancient-town.yaml', knownParts);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.config;
}

function isMoved(point: PointConfig): boolean {
  return !['diagnostic', 'box'].includes(point.source.kind) && point.role !== 'setting' && point.role !== 'relay.state';
}

it('every state can be brought about, and every number that has a class', async () => {
  const config = await town();
  const village = buildVillage(config, new SimClock());
  for (const point of config.points.filter(isMoved)) {
    const isNumber = Object.keys(point.severities).length === 0;
    if (!isNumber) for (const state of Object.keys(point.severities)) village.setPoint(point.id, state);
    else if (point.class !== null) village.setPoint(point.id, 1);
  }
  village.stop();
});

it('every key of the demo does things that the town has', async () => {
  const config = await town();
  const village = buildVillage(config, new SimClock());
  for (const key of keyActions) {
    for (const deed of [0, 1, 2, 3].flatMap((times) => key.deeds(times).deeds)) {
      if ('set' in deed) village.setPoint(brandId(deed.set), deed.to);
      if ('cut' in deed) village.cutLine(brandId(deed.cut), true);
      if ('mend' in deed) village.cutLine(brandId(deed.mend), false);
    }
  }
  village.stop();
});

it('has its servers on this machine, each at a port of its own, deaf while its line is cut', async () => {
  const config = await town();
  const village = buildVillage(config, new SystemClock());
  const servers = await startTownServers(village.networks);
  onTestFinished(async () => {
    village.stop();
    await servers.stop();
  });
  const lines = config.lines.map((line) => servers.reachable(line));
  expect(lines.filter(({ transport }) => transport === 'serial')).toEqual(
    config.lines.filter(({ transport }) => transport === 'serial'),
  );
  const inn = lines.find(({ id }) => id === 'inn');
  if (inn?.transport !== 'rtu_over_tcp') throw new Error('the town has changed');
  expect(inn.host).toBe('127.0.0.1');

  const socket = connect(inn.port, inn.host);
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.write(bytes('01 03 01 00 00 02 C5 F7'));
  expect(await new Promise((resolve) => socket.once('data', (raw: Buffer) => resolve(hex(raw))))).toMatch(/^01 03 04 /);
  const id = brandId<LineId>('inn');
  village.cutLine(id, true);
  village.cutLine(id, false);
  await gone;
});
