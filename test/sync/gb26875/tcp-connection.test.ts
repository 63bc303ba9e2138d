import { expect, it } from 'vitest';
import { SystemClock } from '../../../drivers/clock.js';
import { GbCentre } from '../../../hardware-sim/centre26875/gb-centre.js';
import { startTcpServer } from '../../../hardware-sim/net/tcp-server.js';
import { GbUplink } from '../../../sync/gb26875/gb-uplink.js';
import { TcpGbLink } from '../../../sync/gb26875/tcp-connection.js';
import { seeded, stored } from '../rig.js';
import { gbConfig, plainSite, plainTellings } from './plain-site.js';

it('over a real socket: told, confirmed, counted, taken leave of; and a door that is shut is told as that', async () => {
  const clock = new SystemClock();
  const centre = new GbCentre({ clock });
  const server = await startTcpServer({ server: centre, port: 0 });
  const make = (): GbUplink =>
    new GbUplink({
      config: gbConfig('standard', { host: '127.0.0.1', port: server.port }),
      ...{
        siteKey: 'x',
        tellings: plainTellings,
        site: plainSite,
        link: new TcpGbLink(clock),
        clock,
        random: seeded(1),
      },
    });
  const uplink = make();
  await new Promise<void>((resolve) =>
    uplink.start({ onUp: resolve, onDown: () => undefined, onRequest: () => undefined }),
  );
  const reports = Array.from({ length: 40 }, (_, n) =>
    uplink.send({
      durable: true,
      entry: stored(n + 1, { lane: 'journal', class: 'fault' }),
      previous: 0,
      isHistorical: true,
    }),
  );
  await Promise.all(reports);
  expect(centre.heard.fresh(2)).toHaveLength(40);
  expect(uplink.traffic()).toEqual({ sentBytes: 2 * 32 + 40 * 46, receivedBytes: 60, connects: 1, packets: 4 });
  await uplink.stop();
  expect(centre.connectionCount).toBe(0);
  await server.stop();
  const shut = make();
  const error = await new Promise<{ readonly code: string }>((resolve) =>
    shut.start({ onUp: () => undefined, onDown: resolve, onRequest: () => undefined }),
  );
  expect(error.code).toBe('UPLINK-001');
  await shut.stop();
});
