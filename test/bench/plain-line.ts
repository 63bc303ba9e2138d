/** What a script does that uses the library as its examples show: one client, one request after the other. */
import modbusSerial from 'modbus-serial';

export type PlainClient = InstanceType<typeof modbusSerial.default>;

export async function plainSerial(tty: string, baudRate: number, timeoutMs: number): Promise<PlainClient> {
  const client = new modbusSerial.default();
  await client.connectRTUBuffered(tty, { baudRate });
  client.setTimeout(timeoutMs);
  return client;
}

export function closePlain(client: PlainClient): Promise<void> {
  return new Promise((resolve) => client.close(() => resolve()));
}

/** Holding registers of one unit; null when it did not answer. */
export async function plainRead(
  client: PlainClient,
  unit: number,
  register: number,
  count: number,
): Promise<readonly number[] | null> {
  client.setID(unit);
  try {
    return (await client.readHoldingRegisters(register, count)).data;
  } catch {
    return null;
  }
}
