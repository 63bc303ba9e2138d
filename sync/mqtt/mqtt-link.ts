/** The seam to a broker. mqtt-client.ts implements it on a socket; tests and the simulated village put their own behind it. */
import type { UplinkError } from '../uplink.js';

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** Media type of the payload, carried by MQTT 5 only. Null: the topic says it, and its bytes are saved. */
  readonly contentType: string | null;
}

export interface MqttConnectOptions {
  /** For messages: `uplink district`. */
  readonly where: string;
  /** mqtt://, mqtts://, ws:// or wss://, host, port and path. */
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
  /** For a consumer: the broker keeps what comes for this long while we are away, tells what it has retained, and is told by a PUBACK
   * that a message has arrived when onKeep has kept it. Left out: a clean session, nothing retained where the broker can leave it out,
   * and messages go to onMessage. */
  readonly session?: { readonly expiryS: number };
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
  /** What the broker says of `subscriptions`, when there are any. Null: we hear all of them. Else UPLINK-018, and it goes on. */
  onSubscribed?(refused: UplinkError | null): void;
  /** Without a `session`; already acknowledged. */
  onMessage?(message: MqttIncoming): void;
  /** With a `session`: resolves when the broker may forget the message; when it rejects the connection is given up. */
  onKeep?(message: MqttIncoming): Promise<void>;
  /** Any packet came, answers to signs of life as well; only of a connection that `tellsHeard`. */
  onHeard?(): void;
  /** It is over, or it never came to be. Exactly once, unless end() or drop() was called before. */
  onClosed(error: UplinkError): void;
}

/** Bytes of the socket, TLS and websocket frames included; IP and TCP headers are not. */
export interface MqttBytes {
  readonly sent: number;
  readonly received: number;
}

/** One connection, used once. */
export interface MqttConnection {
  /** Each packet that comes is told. Left out: it is not known when something was heard. */
  readonly tellsHeard?: boolean;
  /** Up to now; they stay when it is over. */
  readonly bytes: MqttBytes;
  /** QoS 1: resolves at the broker's PUBACK; rejects with UPLINK-003 (not connected any more), UPLINK-005 (refused) or UPLINK-016 (not
   * allowed on this topic). */
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
