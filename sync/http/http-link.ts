/** The seam to a platform over HTTP. http-client.ts implements it on sockets; tests put their own behind it. */

export interface HttpLinkOptions {
  /** For messages: `uplink platform`. */
  readonly where: string;
  /** http:// or https://, host, port and path. */
  readonly url: string;
  /** PEM. Null: the system's authorities; no client certificate. */
  readonly ca: Uint8Array | null;
  readonly cert: Uint8Array | null;
  readonly key: Uint8Array | null;
}

export interface HttpRequest {
  readonly method: 'POST' | 'HEAD';
  /** Path and query, as they go over the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly body: Uint8Array | null;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** The other side's own clock. */
  readonly date: string | null;
  readonly location: string | null;
  /** Null: longer than is read of any answer; the connection was given up. */
  readonly body: Uint8Array | null;
}

/** Of all its connections up to now; they stay when it is closed. */
export interface HttpBytes {
  readonly sent: number;
  readonly received: number;
  readonly connects: number;
}

/** One connection at a time, kept alive between requests and made anew when it is gone. */
export interface HttpSession {
  readonly bytes: HttpBytes;
  /** Of the request that began last: all of it was handed to a connection that stood, so it may be there, answered or not. */
  readonly hasSent: boolean;
  /** Resolves with whatever was answered; nothing is followed. Rejects with UplinkError: not reached, lost, or `signal` said stop, which
   * ends the connection. One request at a time. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
  /** Lets go of the connection at once. */
  close(): void;
}

export interface HttpLink {
  /** Connects with the first request; never throws. */
  open(options: HttpLinkOptions): HttpSession;
}
