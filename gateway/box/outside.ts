/** What is asked of programs and of the network, each with a limit; tests replace it. Nothing here rejects. */
import { execFile } from 'node:child_process';
import { lookup, Resolver } from 'node:dns/promises';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import type { Clock } from '../../drivers/clock.js';
import { certificateWall } from './certificate-time.js';
import type { Patience } from './patience.js';

const commandMaxMs = 3000;
/** Of what a program prints, bytes; the program is ended at more. */
const printedMaxBytes = 4 * 1024 * 1024;
const lookUpMaxMs = 3000;
const connectMaxMs = 5000;

export interface Door {
  readonly host: string;
  readonly port: number;
  /** PEM texts; null: no TLS. */
  readonly tls: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null;
}

export type Knocked =
  | { readonly kind: 'closed'; readonly code: string }
  | { readonly kind: 'open'; readonly tookMs: number; readonly certificate: SeenCertificate | null };

export interface SeenCertificate {
  /** Null: it holds; else the code of what is wrong (`CERT_HAS_EXPIRED`). */
  readonly fault: string | null;
  readonly names: string;
  readonly endsWall: number | null;
}

export interface Outside {
  /** What it printed; null: there is no such program, it failed, or it took too long. */
  run(program: string, args: readonly string[], maxMs?: number): Promise<string | null>;
  /** An address of the host; null: none found in time. */
  address(host: string): Promise<string | null>;
  knock(door: Door): Promise<Knocked>;
}

export function systemOutside(clock: Clock, patience: Patience): Outside {
  return {
    run: (program, args, maxMs = commandMaxMs) =>
      new Promise((resolve) => {
        const options = { timeout: maxMs, maxBuffer: printedMaxBytes, killSignal: 'SIGKILL' } as const;
        const env = { ...process.env, LC_ALL: 'C', SYSTEMD_PAGER: '', TZ: 'UTC' };
        execFile(program, [...args], { ...options, env }, (error, printed) => resolve(error === null ? printed : null));
      }),
    address: (host) => patience.within(addressOf(host), lookUpMaxMs).catch(() => null),
    knock: (door) => knock(door, clock),
  };
}

/** The name servers are asked without the C library, which may wait for half a minute; a name that only it knows is asked for after that. */
async function addressOf(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  const own = host === 'localhost' ? [] : await resolver.resolve4(host).catch(() => []);
  return own[0] ?? (await lookup(host)).address;
}

function knock({ host, port, tls }: Door, clock: Clock): Promise<Knocked> {
  const beganMono = clock.mono();
  return new Promise((resolve) => {
    const where = { host, port };
    const servername = isIP(host) === 0 ? host : '';
    // Looked at even if it does not hold: the finding says what is wrong with it. Nothing is sent.
    const socket =
      tls === null
        ? connectTcp(where)
        : connectTls({
            ...{ ...where, servername, rejectUnauthorized: false },
            ...(tls.ca === null ? {} : { ca: tls.ca }),
            ...(tls.cert === null || tls.key === null ? {} : { cert: tls.cert, key: tls.key }),
          });
    const end = (knocked: Knocked): void => {
      cancel();
      socket.destroy();
      resolve(knocked);
    };
    const cancel = clock.after(connectMaxMs, () => end({ kind: 'closed', code: 'LATE' }));
    socket.on('error', (error) => end({ kind: 'closed', code: 'code' in error ? String(error.code) : error.message }));
    socket.once(tls === null ? 'connect' : 'secureConnect', () => {
      const certificate = 'getPeerCertificate' in socket ? seen(socket.getPeerCertificate(), faultOf(socket)) : null;
      end({ kind: 'open', tookMs: clock.mono() - beganMono, certificate });
    });
  });
}

function faultOf(socket: { readonly authorized: boolean; readonly authorizationError: unknown }): string | null {
  if (socket.authorized) return null;
  const { authorizationError: error } = socket;
  return error instanceof Error && 'code' in error ? String(error.code) : String(error ?? 'UNKNOWN');
}

function seen(certificate: Partial<PeerCertificate>, fault: string | null): SeenCertificate {
  const { subjectaltname, subject, valid_to } = certificate;
  return {
    fault,
    names: (subjectaltname ?? `CN:${subject?.CN ?? '–'}`).slice(0, 200),
    endsWall: certificateWall(valid_to),
  };
}
