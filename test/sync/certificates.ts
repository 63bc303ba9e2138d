/** A certificate authority of the test's own, made with openssl: what is good, what has expired, what is somebody else's. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beginning and end as ASN.1 writes them. */
const periods = {
  now: ['20200101000000Z', '20991231235959Z'],
  past: ['20200101000000Z', '20200201000000Z'],
  future: ['20980101000000Z', '20991231235959Z'],
} as const;

const config = (dir: string): string => `[ca]
default_ca = own
[own]
dir = ${dir}
database = ${dir}/index.txt
rand_serial = yes
new_certs_dir = ${dir}
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`;

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function openssl(...words: string[]): void {
  execFileSync('openssl', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

export class Authority {
  readonly #dir: string;
  readonly caFile: string;

  constructor(dir: string, name: string) {
    this.#dir = join(dir, name);
    mkdirSync(this.#dir);
    writeFileSync(join(this.#dir, 'index.txt'), '');
    writeFileSync(join(this.#dir, 'config'), config(this.#dir));
    this.caFile = join(this.#dir, 'ca.pem');
    const key = join(this.#dir, 'ca.key');
    openssl('req', '-x509', ...newKey, '-keyout', key, '-out', this.caFile, '-subj', `/CN=${name}`, '-days', '3650');
  }

  /** Files of a certificate for `names` (`DNS:…`, `IP:…`). */
  issue(name: string, period: keyof typeof periods = 'now', names = 'DNS:localhost,IP:127.0.0.1') {
    const file = (ending: string): string => join(this.#dir, `${name}.${ending}`);
    const [begins, ends] = periods[period];
    openssl('req', ...newKey, '-keyout', file('key'), '-out', file('csr'), '-subj', `/CN=${name}`);
    writeFileSync(file('ext'), `subjectAltName=${names}\n`);
    const by = ['-cert', this.caFile, '-keyfile', join(this.#dir, 'ca.key'), '-config', join(this.#dir, 'config')];
    const when = ['-startdate', begins, '-enddate', ends];
    const files = ['-in', file('csr'), '-out', file('pem'), '-extfile', file('ext')];
    openssl('ca', '-batch', '-notext', ...by, ...when, ...files);
    return { certFile: file('pem'), keyFile: file('key') };
  }
}
