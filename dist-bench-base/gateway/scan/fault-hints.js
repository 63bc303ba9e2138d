import { driverErrors } from '../../drivers/driver-error.js';
import { toldOf } from '../alarm/told.js';
function hint(causeZh, causeEn, nextZh, nextEn) {
    return { cause: { zh: causeZh, en: causeEn }, next: { zh: nextZh, en: nextEn } };
}
const garbled = hint('线路反射、干扰或接触不良：终端电阻、屏蔽、公共地', 'reflections, interference or a bad contact: termination, shield, common ground', '检查两端 120 Ω 电阻、屏蔽单端接地、接线端子，并与强电分开走线', 'check 120 Ω at both ends only, shield grounded at one end, terminals, and distance from mains cables');
const noise = hint('线路上有干扰、缺少偏置电阻，或另有一台主机在询问', 'interference, no bias resistors, or a second master on the line', '断开其他主机（电脑、触摸屏）；检查偏置电阻和公共地；逐段断开找出干扰源', 'take off any other master (computer, screen); check bias and ground; take the line apart piece by piece');
const noPath = hint('USB 转换器被拔出、接触不良或已损坏', 'the USB adapter was pulled out, has a bad contact or is broken', '检查转换器和 USB 供电，重新插入；常断时更换', 'check the adapter and its USB supply, plug it in again; replace it if this happens often');
const network = hint('设备或交换机断电、网线松脱、IP 或端口不对', 'the device or a switch has no power, a network cable is loose, or address or port is wrong', '检查供电和网线指示灯；核对站点文件中的地址和端口', 'check power and link lights; compare host and port in the site file');
const ofTrouble = {
    'unit-silent': hint('断电、A/B 接反、断线，或地址、波特率不对', 'no power, A and B swapped, a broken wire, or a wrong address or baud rate', '先看电源灯，再量 A/B 线，最后核对地址和波特率', 'look at its power light, then measure A and B, then compare address and baud rate'),
    'unit-garbled': garbled,
    'stream-silent': hint('设备断电、收发线接反、波特率不对，或主机的输出未启用', 'no power, RX and TX swapped, a wrong baud rate, or the output of the panel is not enabled', '检查供电和接线；在主机上启用对外输出并核对波特率', 'check power and wires; enable the output on the panel and compare the baud rate'),
    'line-silent': hint('总线断开或短路、转换器损坏、设备总电源断电', 'the pair is broken or shorted, the adapter is broken, or the common supply is off', '检查设备总电源；量 A/B 间电压和电阻；从网关端起逐台接回', 'check the common supply; measure voltage and resistance between A and B; reconnect unit by unit from the gateway'),
    'part-silent': hint('设备对部分寄存器不应答：型号或固件与设备档案不符，或应答太慢', 'the unit does not answer for some registers: another model or firmware than the profile says, or too slow', '核对型号和固件；换用正确的设备档案，或加大应答时间', 'compare model and firmware; choose the right profile, or allow more response time'),
    'two-answers': hint('两台设备用了同一个地址，或转换器重复数据', 'two units have the same address, or an adapter repeats what it hears', '断开其中一台，若仍有应答即为重号；改地址后重新接上', 'take one off: if this address still answers, two had it; give one another address'),
    'setup-wrong': hint('设备出厂设置未改，或被他人改动', 'it still has its factory setting, or somebody changed it', '用安装工具改正；网关不会自行写入设置', 'correct it with the installer’s tool; the gateway never writes settings by itself'),
    'setup-unread': hint('设备拒绝读取该设置：型号或固件与设备档案不符', 'the unit refuses to show this setting: another model or firmware than the profile says', '核对型号和固件，换用正确的设备档案', 'compare model and firmware, and choose the right profile'),
    budget: hint('线路上设备太多、波特率太低，或无应答和误码占用了线路', 'too many units, too low a baud rate, or time lost to time-outs and garbled answers', '先处理本线路的其他故障；运行 gengfu check 查看时间预算；提高波特率或分出一条线路', 'mend the other faults of this line first; see gengfu check for its budget; raise the baud rate or add a line'),
};
const ofCode = {
    'LINK-001': noPath,
    'LINK-002': hint('运行网关的用户不在 dialout 组', 'the user of the gateway is not in the group dialout', '把该用户加入 dialout 组并重启服务', 'add that user to the group dialout and restart the service'),
    'LINK-003': hint('另一个程序占用了串口', 'another program holds the serial device', '停掉该程序（调试软件、ModemManager、串口控制台）', 'stop it (a terminal program, ModemManager, a serial console)'),
    'LINK-004': hint('串口驱动出错或转换器损坏', 'the driver fails or the adapter is broken', '重新插拔转换器；仍不行则更换', 'plug the adapter in again; replace it if that does not help'),
    'LINK-005': noPath,
    'LINK-006': noPath,
    'LINK-007': network,
    'LINK-008': hint('端口不对，或设备已达到连接数上限', 'the port is wrong, or the device has all the connections it allows', '核对端口；断开其他上位机；重启该设备', 'compare the port; take off other masters; restart the device'),
    'LINK-009': hint('名称写错或域名服务不可用', 'the name is wrong, or no name server answers', '在站点文件中改用 IP 地址', 'write an IP address in the site file instead'),
    'BUS-001': ofTrouble['unit-silent'],
    'BUS-005': noise,
    'BUS-006': garbled,
    'BUS-007': hint('串口服务器工作方式不对（透传与 Modbus TCP 混用）', 'the serial server is in another mode (pass-through instead of Modbus TCP, or the other way round)', '核对串口服务器的工作方式和站点文件中的 transport', 'compare the mode of the serial server with transport in the site file'),
};
const silentBehindNetwork = hint('设备断电，网线松脱，串口服务器之后的 A/B 线断开或接反，或单元号、波特率不对', 'no power, a loose network cable, a broken or swapped pair behind the serial server, or a wrong unit number or baud rate', '先看设备和交换机的指示灯，再查串口服务器之后的 A/B 线，最后核对单元号和波特率', 'look at the lights of device and switch, then at the pair behind the serial server, then compare unit number and baud rate');
/** What is said otherwise of a line that is reached over the network. */
const overNetwork = {
    'LINK-004': network,
    'LINK-005': network,
    'LINK-006': network,
    'line-silent': silentBehindNetwork,
    'unit-silent': silentBehindNetwork,
    'BUS-001': silentBehindNetwork,
};
/** By exception code (Modbus Application Protocol V1.1b3, 7). */
const ofException = {
    1: hint('设备不支持该功能码', 'the unit does not know this function', '核对型号，换用正确的设备档案', 'compare the model and choose the right profile'),
    2: hint('设备没有该寄存器', 'the unit has no such register', '核对型号、固件和寄存器起始编号，换用正确的设备档案', 'compare model, firmware and register numbering, and choose the right profile'),
    3: hint('一次读取的数量超出设备允许', 'more was asked for at once than the unit allows', '在设备档案中减小 max_read', 'lower max_read in the profile'),
    4: hint('设备内部故障', 'the unit has failed inside', '断电重启设备；仍不行则更换', 'switch it off and on; replace it if that does not help'),
    5: hint('设备正在处理较长的任务', 'the unit is at a long task', '稍候；常见时加大应答时间', 'wait; allow more time'),
    6: hint('设备忙', 'the unit is busy', '稍候；常见时加大请求间隔', 'wait; allow a longer pause between requests'),
    8: hint('设备存储器校验错误', 'the memory of the unit fails its own check', '更换设备', 'replace it'),
    10: hint('串口服务器没有通往该设备的线路', 'the serial server has no line to this unit', '核对串口服务器的端口设置', 'check the settings of the serial server'),
    11: hint('串口服务器等不到设备的应答：断电、接线、地址或波特率', 'the serial server got no answer from the unit: power, wires, address or baud rate', '检查设备供电和接线，核对串口服务器的波特率', 'check power and wires of the unit, and the baud rate of the serial server'),
};
/** The number in "exception 2", or null. */
export function exceptionOf({ code, got }) {
    const number = code === 'BUS-002' ? /\d+/.exec(got ?? '')?.[0] : undefined;
    return number === undefined ? null : Number(number);
}
function told({ cause, next }) {
    return { cause_zh: cause.zh, cause_en: cause.en, next_zh: next.zh, next_en: next.en };
}
/** Cause and next step on a line of that transport; empty where nothing sensible can be said. */
export function hintOf(what, transport = 'serial') {
    const exception = typeof what === 'string' ? null : exceptionOf(what);
    if (exception !== null)
        return exception in ofException ? told(ofException[exception] ?? garbled) : {};
    const key = typeof what === 'string' ? what : what.code;
    const here = transport === 'serial' ? undefined : overNetwork[key];
    const found = here ?? { ...ofTrouble, ...ofCode }[key];
    return found === undefined ? {} : told(found);
}
/** An error as detail: its code and words, where it happened, the register and exception where known, and what to do. */
export function errorDetail(error, transport = 'serial') {
    const register = /(?:coil|discrete|input|holding) \d+(?:\+\d+)?/.exec(error.where)?.[0];
    const exception = exceptionOf(error);
    return {
        ...toldOf(error, driverErrors),
        where: error.where,
        ...(register === undefined ? {} : { register }),
        ...(exception === null ? {} : { exception }),
        ...hintOf(error, transport),
    };
}
/** Why a unit is silent: what its last round failed with decides what is likely. */
export function silentDetail(line, address, error) {
    const trouble = error?.code === 'BUS-006' ? 'unit-garbled' : 'unit-silent';
    const own = hintOf(trouble, line.transport);
    const hints = error === null || error.code === 'BUS-006' ? own : { ...own, ...hintOf(error, line.transport) };
    const code = error === null ? {} : { code: error.code };
    return { reason: trouble === 'unit-garbled' ? 'garbled' : 'silent', line: line.id, unit: address, ...code, ...hints };
}
