import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from './rig.js';

const folders: ReturnType<typeof temporaryFolder>[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function folderWithKeys() {
  const folder = temporaryFolder();
  folders.push(folder);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const at = (name: string): string => join(folder.path, name);
  const files = { out: at('out'), key: at('key.pem'), publicKey: at('key.pub.pem') };
  mkdirSync(files.out);
  writeFileSync(files.key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(files.publicKey, publicKey.export({ type: 'spki', format: 'pem' }));
  return files;
}

test('each socket has one name, without what is the same on every box', () => {
  const name = (path: string): string =>
    spawnSync('/bin/sh', [resolve('systemd/package/serial-name'), path], { encoding: 'utf8' }).stdout.trim();
  const paths = {
    'platform-3f980000.usb-usb-0:1.2:1.0': 'usb-3f980000-1.2',
    'platform-3f980000.usb-usb-0:1.3:1.0': 'usb-3f980000-1.3',
    'platform-fd500000.pcie-pci-0000:01:00.0-usb-0:1.2:1.0': 'usb-0000.01.00.0-1.2',
    // Two controllers whose sockets have the same numbers; two ports of one adapter.
    'platform-xhci-hcd.0-usb-0:1:1.0': 'usb-xhci-hcd.0-1',
    'platform-xhci-hcd.1-usb-0:1:1.0': 'usb-xhci-hcd.1-1',
    'platform-xhci-hcd.1-usb-0:1:1.1': 'usb-xhci-hcd.1-1-if1',
  };
  expect(Object.keys(paths).map(name)).toEqual(Object.values(paths));
});

test('sums that were signed are checked with the public key, and whatever was changed since is found', () => {
  const { out, key, publicKey } = folderWithKeys();
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [resolve('systemd/package/package.mjs'), ...args], { encoding: 'utf8' });
  const verify = () => run('verify', out, '--key', publicKey);
  writeFileSync(join(out, 'gengfu_1_amd64.deb'), 'a package');
  expect(verify()).toMatchObject({ status: 1, stderr: expect.stringContaining('has no SHA256SUMS') });
  run('sign', out, '--key', key);
  expect(verify()).toMatchObject({ status: 0, stderr: expect.stringContaining('signed, and unchanged') });
  appendFileSync(join(out, 'gengfu_1_amd64.deb'), ' ');
  expect(verify()).toMatchObject({ status: 1, stderr: expect.stringContaining('gengfu_1_amd64.deb is not what') });
  // Who changes a file and its sum has no key to sign the list with.
  run('sign', out, '--key', key);
  const list = readFileSync(join(out, 'SHA256SUMS'), 'utf8');
  writeFileSync(
    join(out, 'SHA256SUMS'),
    list.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
  );
  expect(verify()).toMatchObject({ status: 1, stderr: expect.stringContaining('not what was signed') });
  rmSync(join(out, 'SHA256SUMS.sig'));
  expect(verify()).toMatchObject({ status: 1, stderr: expect.stringContaining('not signed') });
});

test('every group of the unit files is one that the package makes', () => {
  const made = [...readFileSync('systemd/package/files/sysusers.conf', 'utf8').matchAll(/^g (\S+)/gm)].map(
    ([, name]) => name,
  );
  const unit = readFileSync('systemd/gengfu.service', 'utf8');
  expect(/^SupplementaryGroups=(.+)$/m.exec(unit)?.[1]?.split(' ').sort()).toEqual(made.sort());
});
