/** The serial ports of a system, from a root that the test makes. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { portHolder } from '../../drivers/serial/port-holder.js';
import { listSerialPorts } from '../../drivers/serial/port-list.js';

let root: string;

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

/** As Linux shows an adapter: the tty below an interface below the device that says what it is. */
function adapter(name: string, socket: string, said: Readonly<Record<string, string>>): void {
  put(`dev/${name}`);
  for (const [file, text] of Object.entries(said)) put(`sys/devices/usb1/${socket}/${file}`, `${text}\n`);
  mkdirSync(join(root, `sys/devices/usb1/${socket}/${socket}:1.0/${name}`), { recursive: true });
  mkdirSync(join(root, `sys/class/tty/${name}`), { recursive: true });
  symlinkSync(
    join(root, `sys/devices/usb1/${socket}/${socket}:1.0/${name}`),
    join(root, `sys/class/tty/${name}/device`),
  );
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gengfu-ports-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the list of serial ports', () => {
  it('prefers our own name, then the number of the adapter, then the socket, then the tty', async () => {
    const ch340 = { idVendor: '1a86', idProduct: '7523', product: 'USB Serial' };
    adapter('ttyUSB0', '1-1', { idVendor: '0403', idProduct: '6001', manufacturer: 'FTDI', product: 'FT232R' });
    adapter('ttyUSB1', '1-2', ch340);
    adapter('ttyUSB2', '1-3', ch340);
    adapter('ttyUSB10', '1-4', { idVendor: '1a86', idProduct: '55d4\u0007' });
    link('dev/serial/by-id/usb-FTDI-if00-port0', '../../ttyUSB0');
    link('dev/serial/by-id/usb-1a86-if00-port0', '../../ttyUSB2');
    for (const [socket, name] of [
      ['1', 'ttyUSB0'],
      ['2', 'ttyUSB1'],
      ['3', 'ttyUSB2'],
    ] as const) {
      link(`dev/serial/by-path/usb-${socket}`, `../../${name}`);
    }
    link('dev/gengfu-east', 'ttyUSB0');
    expect(await listSerialPorts(root)).toEqual([
      { path: '/dev/gengfu-east', tty: '/dev/ttyUSB0', adapter: 'FTDI FT232R (0403:6001)' },
      { path: '/dev/serial/by-path/usb-2', tty: '/dev/ttyUSB1', adapter: 'USB Serial (1a86:7523)' },
      { path: '/dev/serial/by-id/usb-1a86-if00-port0', tty: '/dev/ttyUSB2', adapter: 'USB Serial (1a86:7523)' },
      { path: '/dev/ttyUSB10', tty: '/dev/ttyUSB10', adapter: '1a86:55d4' },
    ]);
  });

  it('has no consoles, no UARTs that are not there, and none where there is nothing', async () => {
    expect(await listSerialPorts(root)).toEqual([]);
    for (const name of ['ttyS0', 'ttyS1', 'ttyAMA0']) adapter(name, name, {});
    put('sys/class/tty/ttyS1/type', '4\n');
    put('sys/class/tty/console/active', 'tty0 ttyS1\n');
    put('sys/class/tty/ttyS0/type', '0\n');
    put('sys/class/tty/ttyAMA0/type', '3\n');
    put('sys/class/tty/tty1/dev');
    put('sys/class/tty/ttyUSB7/dev');
    expect(await listSerialPorts(root)).toEqual([{ path: '/dev/ttyAMA0', tty: '/dev/ttyAMA0', adapter: null }]);
  });
});

describe('who has a port', () => {
  it('is told by process, a gateway as such, and never of a pseudo-terminal', () => {
    put('dev/ttyUSB0');
    put('dev/ttyUSB1');
    put('dev/pts/3');
    link('dev/gengfu-east', 'ttyUSB0');
    put('proc/12/comm', 'node\n');
    put('proc/12/cmdline', 'node\0/usr/lib/gengfu/dist/gateway/cli/gengfu.js\0run\0');
    link('proc/12/fd/20', join(root, 'dev/ttyUSB0'));
    put('proc/13/comm', 'minicom\n');
    put('proc/13/cmdline', 'minicom\0run\0');
    link('proc/13/fd/4', join(root, 'dev/ttyUSB1'));
    link('proc/13/fd/5', join(root, 'dev/pts/3'));
    expect(portHolder('/dev/gengfu-east', root)).toEqual({ pid: 12, name: 'node', isGateway: true });
    expect(portHolder('/dev/ttyUSB1', root)).toEqual({ pid: 13, name: 'minicom', isGateway: false });
    expect(portHolder('/dev/ttyUSB1', root, 13)).toBeNull();
    expect(portHolder('/dev/pts/3', root)).toBeNull();
    expect(portHolder('/dev/ttyUSB9', root)).toBeNull();
  });
});
