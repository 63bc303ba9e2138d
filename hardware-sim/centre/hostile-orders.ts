/** Messages on the command topic that nobody may obey. Each would sound the village if it were believed. */
import type { CentreOrder } from './orders.js';
import type { HostileKind, OrderOptions, SentCommand } from './sent-command.js';
import { type Envelope, envelopeBytes, type Signer } from './signing.js';

const hourMs = 3_600_000;
const garbageBytes = 300;
/** More than the 64 kB that a gateway reads. */
const hugeBytes = 70 * 1024;
const deepLevels = 20_000;

const loud: CentreOrder = { order: 'siren_test' };

interface Made {
  readonly id: string;
  readonly what: CentreOrder;
  readonly issuedWall: number;
  readonly expiresWall: number;
  readonly text: string;
}

export interface HostileContext {
  readonly random: () => number;
  readonly signer: Signer;
  readonly stranger: Signer;
  readonly victim: SentCommand | null;
  readonly make: (what: CentreOrder, over?: OrderOptions) => Made;
}

type Hostile = Pick<SentCommand, 'id' | 'what' | 'issuedWall' | 'expiresWall' | 'envelope'>;

export function hostileEnvelope(kind: HostileKind, context: HostileContext): Hostile {
  const { signer, stranger, make, random } = context;
  switch (kind) {
    case 'forged-signature':
      return sealed(make(loud), (text) => spoilt(signer.seal('command', text)));
    case 'foreign-key':
      return sealed(make(loud), (text) => stranger.seal('command', text, signer.keyId));
    case 'unknown-key':
      return sealed(make(loud), (text) => stranger.seal('command', text));
    case 'unsigned':
      return sealed(make(loud), (payload) => ({ keyId: null, payload, signature: null }));
    case 'altered': {
      const { signature } = envelopeOf(context);
      return sealed(make(loud), (payload) => ({ keyId: signer.keyId, payload, signature }));
    }
    case 'wrong-purpose':
      return sealed(make(loud), (text) => signer.seal('receipt', text));
    case 'expired':
      return sealed(make(loud, { ageMs: 2 * hourMs, lifeMs: hourMs }), (text) => signer.seal('command', text));
    case 'not-yet-valid':
      return sealed(make(loud, { ageMs: -hourMs }), (text) => signer.seal('command', text));
    case 'life-too-long':
      return sealed(make(loud, { lifeMs: 48 * hourMs }), (text) => signer.seal('command', text));
    case 'other-site':
      return sealed(make(loud, { site: 'another-site' }), (text) => signer.seal('command', text));
    case 'replayed':
      return victimOf(context);
    case 'same-id':
      return sealed(make(loud, idOf(context)), (text) => signer.seal('command', text));
    case 'garbage':
      return nothing(Buffer.from(Array.from({ length: garbageBytes }, () => Math.floor(random() * 256))));
    case 'deep':
      return nothing(Buffer.from(`{"keyId":${'['.repeat(deepLevels)}${']'.repeat(deepLevels)}}`));
    case 'huge':
      return nothing(
        Buffer.from(JSON.stringify({ keyId: signer.keyId, payload: 'x'.repeat(hugeBytes), signature: '' })),
      );
    default:
      return kind satisfies never;
  }
}

function sealed({ id, what, issuedWall, expiresWall, text }: Made, seal: (text: string) => Envelope): Hostile {
  return { id, what, issuedWall, expiresWall, envelope: envelopeBytes(seal(text)) };
}

function nothing(envelope: Uint8Array): Hostile {
  return { id: null, what: null, issuedWall: null, expiresWall: null, envelope };
}

function spoilt(envelope: Envelope): Envelope {
  const bytes = Buffer.from(envelope.signature ?? '', 'base64');
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  return { ...envelope, signature: bytes.toString('base64') };
}

function victimOf({ victim }: HostileContext): SentCommand {
  if (victim === null) throw new Error('no command was sent before that could be misused');
  return victim;
}

function idOf(context: HostileContext): { readonly id?: string } {
  const { id } = victimOf(context);
  return id === null ? {} : { id };
}

function envelopeOf(context: HostileContext): Envelope {
  return JSON.parse(Buffer.from(victimOf(context).envelope).toString('utf8')) as Envelope;
}
