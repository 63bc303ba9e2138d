/** What may stand on each topic below `gengfu/v1/{district}/{site}/`, and what is wrong with a message that was heard there. */
import type { z } from 'zod';
import { commandSchema, resultSchema } from '../../sync/messages/command.js';
import { receiptSchema } from '../../sync/messages/receipt.js';
import { reportSchema } from '../../sync/messages/report.js';
import { statusSchema } from '../../sync/messages/status.js';
import { readSenmlPack } from '../../sync/receiver/senml-reader.js';
import { envelopeSchema } from '../../sync/signed-envelope.js';

type Fault = (payload: Uint8Array) => string | null;

const faults: readonly (readonly [topic: RegExp, fault: Fault])[] = [
  [/^report\/(?:fire|warning|supervisory|fault|technical|operation)$/, (payload) => jsonFault(payload, reportSchema)],
  [/^status$/, (payload) => jsonFault(payload, statusSchema)],
  [/^result$/, (payload) => jsonFault(payload, resultSchema)],
  // Strict as the schema is, in JSON and in CBOR.
  [/^telemetry$/, (payload) => (readSenmlPack(payload) === null ? 'no pack of measurements' : null)],
  [/^command$/, (payload) => envelopeFault(payload, commandSchema)],
  [/^receipt$/, (payload) => envelopeFault(payload, receiptSchema)],
];

/** Null: it is as the schemas say, or on a topic that is not ours. A test that says hostile things listens elsewhere. */
export function messageFault(topic: string, payload: Uint8Array): string | null {
  const place = /^gengfu\/v1\/[^/]+\/[^/]+\/(.+)$/.exec(topic)?.[1];
  if (place === undefined) return null;
  const faultOf = faults.find(([pattern]) => pattern.test(place))?.[1];
  const fault = faultOf === undefined ? 'no such topic' : faultOf(payload);
  return fault === null ? null : `${topic}: ${fault} in ${Buffer.from(payload).toString()}`;
}

function jsonFault(payload: Uint8Array, schema: z.ZodType): string | null {
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
    return parsed.success ? null : JSON.stringify(parsed.error.issues);
  } catch (error) {
    return String(error);
  }
}

/** The text inside counts too. */
function envelopeFault(payload: Uint8Array, schema: z.ZodType): string | null {
  const fault = jsonFault(payload, envelopeSchema);
  if (fault !== null) return fault;
  const envelope = envelopeSchema.parse(JSON.parse(Buffer.from(payload).toString()));
  return jsonFault(Buffer.from(envelope.payload), schema);
}
