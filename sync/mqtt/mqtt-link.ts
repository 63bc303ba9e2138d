/** The seam to a broker. mqtt-client.ts implements it on a socket; tests and the simulated village put their own behind it. */
import type { UplinkError } from '../uplink.js';

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** Media type of the payload; carried by MQTT 5 only. */
  readonly contentType: string;
}

export interface MqttConnectOptions {
  /** For messages: `uplink district`. */
  readonly where: string;
  /** mqtt:// or mqtts://, host and port. */
  readonly url: string;
  readonly version: '5' | '3.1.1';
  readonly clientId: string;
  readonly username: string | null;
  readonly password: string | null;
  /** PEM. Null: the system's authorities; no client certificate. */
  readonly ca: Uint8Array | null;
  readonly cert: Uint8Array | null;
  readonly key: Uint8Array | null;
  readonly keepaliveS: number;
  readonly connectTimeoutMs: number;
  /** Published by the broker, QoS 1, when the connection is lost without a goodbye. Null: nothing. */
  readonly will: MqttMessage | null;
  /** Topics to hear, QoS 1; asked for as soon as the broker took us. */
  readonly subscriptions?: readonly string[];
}

/** What the broker allows. */
export interface MqttLimits {
  /** Unconfirmed QoS 1 messages; 65,535 when it did not say. */
  readonly receiveMaximum: number;
  /** Bytes of a whole packet; null when it did not say. */
  readonly packetMaxBytes: number | null;
}

export interface MqttIncoming {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** It was kept by the broker: nobody knows how old it is. */
  readonly isRetained: boolean;
}

export interface MqttConnectionEvents {
  /** The broker took us. At most once, and not after onClosed. */
  onOpen(limits: MqttLimits): void;
  /** What the broker says of `subscriptions`, when there are any. Null: we hear all of them. */
  onSubscribed?(refused: UplinkError | null): void;
  onMessage?(message: MqttIncoming): void;
  /** It is over, or it never came to be. Exactly once, unless end() or drop() was called before. */
  onClosed(error: UplinkError): void;
}

/** One connection, used once. */
export interface MqttConnection {
  /** QoS 1: resolves at the broker's PUBACK; rejects with UPLINK-003 (not connected any more) or UPLINK-005 (refused). */
  publish(message: MqttMessage): Promise<void>;
  /** Says DISCONNECT, so that the will is not published, and closes. */
  end(): Promise<void>;
  /** Lets go of the socket at once; what is unconfirmed is rejected. */
  drop(): void;
}

export interface MqttLink {
  /** Begins to connect; never throws. */
  connect(options: MqttConnectOptions, events: MqttConnectionEvents): MqttConnection;
}
