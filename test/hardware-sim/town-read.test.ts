/** What happens in the simulated town is what the drivers read there, line by line, each in its own way. */
import { expect, it } from 'vitest';
import { brandId, type LineId, type PointId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { Reading } from '../../config/reading.js';
import type { SiteConfig } from '../../config/site.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { ModbusDevice } from '../../drivers/modbus/modbus-device.js';
import { loadCodecs } from '../../drivers/stream/codec-library.js';
import { StreamLine } from '../../drivers/stream/stream-line.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';

const point = (id: string) => brandId<PointId>(id);

async function town(): Promise<SiteConfig> {
  const outcome = await loadConfig('config/examples/ancient-town.yaml', knownParts);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.config;
}

/** Scans every unit of a line twice: settings are read in the first round. */
async function readLine(config: SiteConfig, village: Village, clock: SimClock, lineId: string) {
  const id = brandId<LineId>(lineId);
  const lineConfig = config.lines.find((line) => line.id === id);
  const open = village.opens.get(id);
  if (lineConfig === undefined || open === undefined) throw new Error(`no line ${id}`);
  let frame = 0;
  const line = new ModbusLine({
    config: lineConfig,
    open,
    clock,
    random: () => 0.5,
    nextFrame: () => ++frame,
    onUp: () => undefined,
    onDown: () => undefined,
  });
  line.start();
  await clock.advance(100);
  const readings = new Map<PointId, Reading>();
  for (const unit of config.units.filter((each) => each.line === id)) {
    const device = new ModbusDevice({ unit, line, clock, points: config.points });
    for (const part of [...device.parts, ...device.parts]) {
      let isDone = false;
      const scanning = part.scan('routine').then(({ readings: seen }) => {
        for (const reading of seen) readings.set(reading.pointId, reading);
        isDone = true;
      });
      await clock.until(() => isDone, 60_000, 5);
      await scanning;
    }
  }
  await line.stop();
  return readings;
}

it.each([
  ['east', { 'smoke-kitchen/smoke': 'alarm', 'smoke-1/smoke': 'normal', 'door-hall/contact': 'open' }],
  ['west', { 'smoke-16/smoke': 'alarm', 'pool-low/contact': 'low' }],
  ['pool', { 'pool-level/value': 1.23, 'hydrant-pressure/value': 0.42 }],
  ['inn', { 'gas-1/gas': 18, 'gas-2/gas': 0, 'breaker-inn/state': 'open', 'breaker-inn/temp_n': 61 }],
] as const)('the line %s reads what was brought about', async (lineId, world) => {
  const config = await town();
  const clock = new SimClock();
  const village = buildVillage(config, clock);
  const entries = Object.entries<string | number>(world);
  for (const [id, value] of entries) village.setPoint(point(id), value);
  const readings = await readLine(config, village, clock, lineId);
  expect(entries.map(([id]) => [id, readings.get(point(id))?.value])).toEqual(entries);
  const bad = [...readings.values()]
    .filter(({ quality }) => quality === 'bad')
    .map(({ pointId, reason }) => `${pointId} ${reason}`);
  expect(bad).toEqual([]);
  for (const { wire } of village.lines.values())
    if (wire !== null) expect(wire.counters).toMatchObject({ silenceViolations: 0, collisions: 0 });
  village.stop();
});

it.each([
  ['gauge', { 'pool-gauge/level': 3.21 }],
  ['panel', { 'panel-hall/relics': 'alarm', 'panel-hall/fire': 'alarm', 'panel-hall/mains': 'lost' }],
] as const)('the line %s tells what was brought about', async (lineId, world) => {
  const config = await town();
  const clock = new SimClock();
  const village = buildVillage(config, clock);
  const lineConfig = config.lines.find(({ id }) => id === lineId);
  const open = village.opens.get(brandId(lineId));
  if (lineConfig === undefined || open === undefined) throw new Error(`no line ${lineId}`);
  const readings = new Map<PointId, Reading>();
  const heard: string[] = [];
  let frame = 0;
  const line = new StreamLine({
    config: lineConfig,
    devices: config.streams.filter((stream) => stream.line === lineConfig.id),
    points: config.points,
    codecs: await loadCodecs(),
    open,
    clock,
    random: () => 0.5,
    nextFrame: () => ++frame,
    onReadings: (seen) => {
      for (const reading of seen) readings.set(reading.pointId, reading);
    },
    onDevice: (id, what) => heard.push(`${id} ${what}`),
    onUp: () => undefined,
    onDown: () => undefined,
    onUnknown: () => undefined,
  });
  line.start();
  await clock.advance(3000);
  const entries = Object.entries<string | number>(world);
  for (const [id, value] of entries) village.setPoint(point(id), value);
  await clock.advance(3000);
  expect(entries.map(([id]) => [id, readings.get(point(id))?.value])).toEqual(entries);

  village.cutLine(lineConfig.id, true);
  await clock.advance(300_000);
  village.cutLine(lineConfig.id, false);
  await clock.advance(10_000);
  expect(heard.map((each) => each.split(' ')[1])).toEqual(['heard', 'silent', 'heard']);
  expect(entries.map(([id]) => [id, readings.get(point(id))?.value])).toEqual(entries);
  await line.stop();
  village.stop();
});
