/** A byte link in memory (net/sim-network.ts) as a connection of an uplink of GB/T 26875.3. */
import type { ByteLink, OpenByteLink } from '../../drivers/driver.js';
import type { GbConnection, GbConnectionEvents, GbLink, GbTarget } from '../../sync/gb26875/gb-link.js';
import { UplinkError } from '../../sync/uplink.js';

export class ByteGbLink implements GbLink {
  constructor(private readonly open: OpenByteLink) {}

  connect({ where }: GbTarget, events: GbConnectionEvents): GbConnection {
    let link: ByteLink | null = null;
    let isDropped = false;
    const bytes = { sent: 0, received: 0 };
    const gone = (code: 'UPLINK-001' | 'UPLINK-003', cause: unknown): void => {
      if (isDropped) return;
      isDropped = true;
      events.onClosed(new UplinkError(code, where, null, cause));
    };
    this.open({
      onBytes: (came) => {
        bytes.received += came.length;
        if (!isDropped) events.onBytes(came);
      },
      onDown: (error) => gone('UPLINK-003', error),
    }).then(
      (opened) => {
        link = opened;
        if (isDropped) void opened.close();
        else events.onOpen();
      },
      (error: unknown) => gone('UPLINK-001', error),
    );
    return {
      bytes,
      waitingBytes: 0,
      send: (out) => {
        bytes.sent += out.length;
        void link?.write(out).catch(() => undefined);
      },
      end: async () => {
        isDropped = true;
        await link?.close();
      },
      drop: () => {
        isDropped = true;
        void link?.close();
      },
    };
  }
}
