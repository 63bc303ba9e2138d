/** Against Modbus units that are not ours (pymodbus), over real pseudo-terminals, to a real Mosquitto with MQTT 5. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { killAll } from './child.js';
import { missingPrograms } from './programs.js';
import {
  event,
  foreignUnits,
  freePort,
  gateway,
  isEntry,
  mosquitto,
  observed,
  ptyPair,
  subscriber,
  temporaryFolder,
  writeSmallSite,
} from './rig.js';

describe.skipIf(missingPrograms('socat', 'pymodbus', 'mosquitto', 'mosquitto_sub'))('foreign units', () => {
  let folder = temporaryFolder();
  beforeEach(() => {
    folder.remove();
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test.each([
    ['9600 baud', 9600],
    ['115200 baud', 115_200],
    ['Modbus TCP', null],
  ])('over %s a unit that is switched off is a fault, and is watched again when it is back', async (_name, baud) => {
    const brokerPort = await freePort();
    let tty = `tcp:${await freePort()}`;
    let unit = tty;
    if (baud !== null) ({ master: tty, unit } = await ptyPair(folder.path));
    const units = await foreignUnits(unit);
    const gengfu = gateway(writeSmallSite(folder.path, { tty, brokerPort, ...(baud === null ? {} : { baud }) }));
    await observed(gengfu, ({ kind }) => kind === 'site.scanned');
    units.say('off 5');
    const lost = await observed(gengfu, isEntry('alarm.raised', 'fault:unit:smoke-1'));
    expect(lost.entry?.detail).toMatchObject({ reason: 'silent', unit: 5 });
    units.say('on 5');
    await observed(gengfu, isEntry('alarm.returned', 'fault:unit:smoke-1'));
    units.say('set 5 0x10 1');
    expect(await units.line((line) => line.startsWith('coil 6'))).toBe('coil 6 0 1');
    await observed(gengfu, isEntry('output.proven', 'output:siren'));
    gengfu.kill('SIGTERM');
    expect(await gengfu.exited).toBe(0);
  });

  test('a register set on a foreign unit turns the siren coil on and mosquitto_sub prints the CloudEvent', async () => {
    const { master, unit } = await ptyPair(folder.path);
    const units = await foreignUnits(unit);
    const brokerPort = await freePort();
    const broker = await mosquitto(folder.path, brokerPort);
    const sub = await subscriber(broker, brokerPort);
    const gengfu = gateway(writeSmallSite(folder.path, { tty: master, brokerPort }));
    await observed(gengfu, ({ kind }) => kind === 'site.scanned');
    await observed(gengfu, ({ kind }) => kind === 'uplink.up');

    units.say('set 5 0x10 1');
    expect(await units.line((line) => line.startsWith('coil 6'))).toBe('coil 6 0 1');
    const raised = await observed(gengfu, isEntry('alarm.raised', 'point:smoke-1/smoke'));
    await observed(gengfu, isEntry('output.proven', 'output:siren'));
    const seen = await event(sub, ({ event: { type } }) => type === 'gengfu.alarm.raised');
    expect(seen.topic).toBe('gengfu/v1/test/test-village/report/fire');
    expect(seen.event).toMatchObject({
      specversion: '1.0',
      id: raised.entry?.id,
      subject: 'point:smoke-1/smoke',
      datacontenttype: 'application/json',
    });
    await observed(gengfu, ({ kind, entryId }) => kind === 'report.carried' && entryId === raised.entry?.id);

    gengfu.kill('SIGTERM');
    expect(await gengfu.exited).toBe(0);
    units.say('coils 6');
    // keep_sounding: the siren is left on when the gateway is stopped.
    expect(await units.line((line) => line.startsWith('coils 6'))).toBe('coils 6 1 0 0 0 0 0 0 0');
  });
});
