/**
 * @serialport/binding-mock ships types, but its `exports` hide them from a nodenext project. This is the part we use,
 * in the shape that serialport's `binding` option wants.
 */
declare module '@serialport/binding-mock' {
  interface OpenOptions {
    path: string;
    baudRate: number;
    dataBits?: 5 | 6 | 7 | 8;
    lock?: boolean;
    stopBits?: 1 | 1.5 | 2;
    parity?: string;
    rtscts?: boolean;
    xon?: boolean;
    xoff?: boolean;
    xany?: boolean;
    hupcl?: boolean;
  }

  interface PortInfo {
    path: string;
    manufacturer: string | undefined;
    serialNumber: string | undefined;
    pnpId: string | undefined;
    locationId: string | undefined;
    productId: string | undefined;
    vendorId: string | undefined;
  }

  interface MockPortBinding {
    readonly openOptions: Required<OpenOptions>;
    isOpen: boolean;
    /** Puts bytes into the port's receive buffer. Throws when the port is closed. */
    emitData(bytes: Buffer | string): void;
    close(): Promise<void>;
    read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }>;
    write(buffer: Buffer): Promise<void>;
    update(options: { baudRate: number }): Promise<void>;
    set(options: { brk?: boolean; cts?: boolean; dsr?: boolean; dtr?: boolean; rts?: boolean }): Promise<void>;
    get(): Promise<{ cts: boolean; dsr: boolean; dcd: boolean }>;
    getBaudRate(): Promise<{ baudRate: number }>;
    flush(): Promise<void>;
    drain(): Promise<void>;
  }

  export const MockBinding: {
    list(): Promise<PortInfo[]>;
    open(options: OpenOptions): Promise<MockPortBinding>;
    reset(): void;
    /** Makes (or replaces, forgetting that it was open) the pretended port at `path`. */
    createPort(path: string): void;
  };
}
