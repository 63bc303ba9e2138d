/** How facts become messages of one platform. */
import type { UplinkId } from '../../../config/ids.js';
import type { LinkStatus, Reporting } from '../../templates/platform-facts.js';
import { type Report, type TelemetryReport, UplinkError } from '../../uplink.js';
import type { MqttMessage } from '../mqtt-link.js';

/** Who reports, and over which uplink. */
export interface FormatOptions extends Reporting {
  readonly clientId: string;
  readonly username: string | null;
}

/** Bytes that a payload on this topic may have. */
export type RoomFor = (topic: string) => number;

/** Each throws UPLINK-006 when it can not be made small enough, or UPLINK-023 for a pack that can not be read. The messages of one list are sent in their order. */
export interface MessageFormat {
  report(report: Report, roomFor: RoomFor): readonly MqttMessage[];
  telemetry(report: TelemetryReport, roomFor: RoomFor): readonly MqttMessage[];
  status(status: LinkStatus): readonly MqttMessage[];
  /** Null: this platform sees by itself that we are gone. */
  will(): MqttMessage | null;
}

export function jsonMessage(topic: string, value: unknown, retain = false): MqttMessage {
  return { topic, payload: Buffer.from(JSON.stringify(value)), retain, contentType: null };
}

export function tooLarge(uplink: UplinkId, bytes: number, room: number): UplinkError {
  return new UplinkError('UPLINK-006', `uplink ${uplink}`, `${bytes} of ${room} bytes`);
}

/** The message as it is, if there is room for it. */
export function fitting(uplink: UplinkId, message: MqttMessage, roomFor: RoomFor): MqttMessage {
  const room = roomFor(message.topic);
  if (message.payload.length > room) throw tooLarge(uplink, message.payload.length, room);
  return message;
}

/** As few messages as fit: the items are halved until each half does. */
export function inPieces<T>(
  uplink: UplinkId,
  items: readonly T[],
  make: (items: readonly T[]) => MqttMessage,
  roomFor: RoomFor,
): readonly MqttMessage[] {
  const message = make(items);
  const room = roomFor(message.topic);
  if (message.payload.length <= room) return [message];
  if (items.length <= 1) throw tooLarge(uplink, message.payload.length, room);
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)].flatMap((half) => inPieces(uplink, half, make, roomFor));
}
