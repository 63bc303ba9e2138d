"""Two Modbus units that are not ours (python3-pymodbus 3.0, as Debian ships it), on a tty or on Modbus TCP.

Usage: /usr/bin/python3 pymodbus-units.py TTY | tcp:PORT
Unit 5 answers holding registers 0..199 (register n holds n, but 0x10 holds 0); unit 6 answers coils 0..7.
Lines on stdin:  set UNIT REGISTER VALUE | off UNIT | on UNIT | delay MS | coils UNIT
Lines on stdout: ready | ok ... | coil UNIT ADDRESS VALUE (at every coil write)
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartAsyncSerialServer, StartAsyncTcpServer
from pymodbus.transaction import ModbusRtuFramer


def say(*words):
    print(*words, flush=True)


class Coils(ModbusSequentialDataBlock):
    def __init__(self, unit, count):
        super().__init__(0, [0] * count)
        self.unit = unit

    def setValues(self, address, values):
        super().setValues(address, values)
        for offset, value in enumerate(values if isinstance(values, list) else [values]):
            say("coil", self.unit, address + offset, int(bool(value)))


class SlowFramer(ModbusRtuFramer):
    """Holds every answer back by delay_ms, as a slow unit does."""

    delay_ms = 0

    def buildPacket(self, message):
        if SlowFramer.delay_ms:
            import time

            time.sleep(SlowFramer.delay_ms / 1000)
        return super().buildPacket(message)


async def main():
    registers = list(range(200))
    registers[0x10] = 0
    holding = ModbusSequentialDataBlock(0, registers)
    units = {
        5: ModbusSlaveContext(hr=holding, ir=ModbusSequentialDataBlock(0, [7] * 200), zero_mode=True),
        6: ModbusSlaveContext(co=Coils(6, 8), hr=ModbusSequentialDataBlock(0, [0] * 16), zero_mode=True),
    }
    context = ModbusServerContext(slaves=dict(units), single=False)

    def obey(line):
        words = line.split()
        if not words:
            return
        if words[0] == "set":
            units[int(words[1])].store["h"].setValues(int(words[2], 0), [int(words[3], 0)])
        elif words[0] == "off":
            context._slaves.pop(int(words[1]), None)
        elif words[0] == "on":
            context._slaves[int(words[1])] = units[int(words[1])]
        elif words[0] == "delay":
            SlowFramer.delay_ms = int(words[1])
        elif words[0] == "coils":
            say("coils", words[1], *[int(bool(v)) for v in units[int(words[1])].store["c"].getValues(0, 8)])
            return
        say("ok", *words)

    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def commands():
        while True:
            line = await reader.readline()
            if not line:
                loop.stop()
                return
            obey(line.decode())

    asyncio.ensure_future(commands())
    where = sys.argv[1]
    if where.startswith("tcp:"):
        asyncio.get_running_loop().call_later(0.2, say, "ready")
        await StartAsyncTcpServer(
            context=context, address=("127.0.0.1", int(where[4:])), ignore_missing_slaves=True
        )
        return
    say("ready")
    await StartAsyncSerialServer(
        context=context, framer=SlowFramer, port=where, baudrate=9600, timeout=1, ignore_missing_slaves=True
    )


try:
    asyncio.run(main())
except (RuntimeError, KeyboardInterrupt):
    pass
