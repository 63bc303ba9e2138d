/** What is inside, as CycloneDX 1.6: made from what was put in, with versions and hashes of the lock files. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { architectures, own, root } from './places.mjs';
import { runTool } from './run-tool.mjs';
import { nodeFolder, nodeVersion } from './runtime.mjs';

/** @param parts folders of npm packages under the root. @returns the text of a JSON file. */
export function sbomText({ version, arch, parts, runtime, epoch }) {
  const gengfu = { type: 'application', name: 'gengfu', version, 'bom-ref': `gengfu@${version}`, licenses: licence('Apache-2.0') };
  const npm = parts.map(npmComponent);
  const all = [nodeComponent(runtime, arch), koffiPart(arch), ...insideNode(runtime), ...sqlite(), ...npm];
  // Two copies of one release are one component.
  const components = [...new Map(all.map((each) => [each['bom-ref'], each])).values()].sort((a, b) =>
    a['bom-ref'] < b['bom-ref'] ? -1 : 1,
  );
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      tools: { components: [{ type: 'application', name: 'gengfu-package', version }] },
      component: { ...gengfu, properties: [{ name: 'debian:architecture', value: arch }] },
    },
    components,
    dependencies: [{ ref: gengfu['bom-ref'], dependsOn: components.map((each) => each['bom-ref']) }],
  };
  const sum = createHash('sha256').update(JSON.stringify(bom)).digest('hex');
  const serial = [sum.slice(0, 8), sum.slice(8, 12), `5${sum.slice(13, 16)}`, `8${sum.slice(17, 20)}`, sum.slice(20, 32)].join('-');
  return `${JSON.stringify({ ...bom, serialNumber: `urn:uuid:${serial}` }, null, 1)}\n`;
}

function npmComponent(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return component(name, version, license, integrityIn(join(root, 'package-lock.json'), folder));
}

function nodeComponent(runtime, arch) {
  const name = `node-linux-${architectures[arch].node}`;
  const integrity = integrityIn(join(own, 'runtime/package-lock.json'), `node_modules/${name}`);
  return { ...component(name, nodeVersion(runtime, arch), 'MIT', integrity), description: 'Node.js' };
}

function koffiPart(arch) {
  const name = `@koromix/koffi-linux-${architectures[arch].node}`;
  const lock = JSON.parse(readFileSync(join(own, 'runtime/package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
  return component(name, lock.version, lock.license, lock.integrity);
}

/** What Node itself has inside, as it tells; both architectures are of one release. */
function insideNode(runtime) {
  const arch = Object.keys(architectures).find((each) => architectures[each].node === process.arch);
  if (arch === undefined) return [];
  const asked = runTool(join(nodeFolder(runtime, arch), 'bin/node'), ['-p', 'JSON.stringify(process.versions)']);
  return Object.entries(JSON.parse(asked))
    .filter(([name, version]) => version !== '' && !['node', 'modules', 'napi', 'unicode', 'cldr', 'tz'].includes(name))
    .map(([name, version]) => ({
      ...{ type: 'library', name, version, 'bom-ref': `node/${name}@${version}` },
      description: 'part of Node.js',
    }));
}

/** Inside better-sqlite3. */
function sqlite() {
  const header = join(root, 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.h');
  const version = existsSync(header) ? /SQLITE_VERSION\s+"([\d.]+)"/.exec(readFileSync(header, 'utf8'))?.[1] : undefined;
  if (version === undefined) return [];
  return [{ type: 'library', name: 'sqlite', version, 'bom-ref': `sqlite@${version}`, licenses: licence('blessing') }];
}

function component(name, version, license, integrity) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const hash = /^sha512-(.+)$/.exec(integrity ?? '')?.[1];
  return {
    ...{ type: 'library', 'bom-ref': purl, name, version, purl },
    ...(typeof license === 'string' ? { licenses: licence(license) } : {}),
    ...(hash === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
  };
}

function licence(id) {
  return /[ ()]/.test(id) ? [{ expression: id }] : [{ license: { id } }];
}

function integrityIn(lockFile, folder) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages[folder]?.integrity;
}
