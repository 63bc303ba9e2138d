import { driverErrors } from '../../drivers/driver-error.js';
import { toldOf } from '../alarm/told.js';
import { hintOf } from '../scan/fault-hints.js';
function hint(causeZh, causeEn, nextZh, nextEn) {
    return { cause: { zh: causeZh, en: causeEn }, next: { zh: nextZh, en: nextEn } };
}
const hints = {
    'VOICE-002': hint('音频文件被删除或改名，或存储卡上没有该曲目', 'the sound file was deleted or renamed, or the card of the player has no such track', '核对站点文件中的文件名或曲目号，把文件放回原处，再试播一次', 'compare file name or track number with the site file, put the file back, and play it once'),
    'VOICE-003': hint('语音芯片断电、收发线接反、波特率不对，或只是回传线断开（仍可能出声）', 'the chip has no power, RX and TX are swapped, the baud rate is wrong, or only the wire back is broken (it may still sound)', '试播一次：有声则查芯片到网关的回传线，无声则查供电、接线和波特率', 'play something: if it sounds, look at the wire from the chip to the gateway; if not, at power, wires and baud rate'),
    'VOICE-004': hint('芯片忙、存储卡没插好，或型号与站点文件不符', 'the chip is busy, its card has a bad contact, or it is another model than the site file says', '重新插好存储卡，断电重启播放模块，核对型号', 'put the card in again, switch the player off and on, compare the model'),
    'VOICE-005': hint('播报文字中有生僻字或特殊符号', 'the message has rare characters or symbols', '在站点文件中改用同音的常用字，去掉符号', 'write common characters of the same sound in the site file, and leave symbols out'),
    'VOICE-006': hint('系统没有安装 alsa-utils', 'the package alsa-utils is not installed', '执行 apt install alsa-utils 后试播', 'apt install alsa-utils, then play something'),
    'VOICE-007': hint('声卡被拔出、被占用，或设备名不对', 'the sound card was pulled out, is in use, or has another name', '用 aplay -l 查看声卡，核对站点文件中的设备名；运行用户须在 audio 组', 'look with aplay -l, compare the device in the site file; the user of the gateway must be in the group audio'),
    'VOICE-008': hint('该播报没有此喇叭能播放的内容（文字、文件或曲目）', 'the message has nothing that this loudspeaker can play (text, file or track)', '在站点文件中为该播报补上相应的内容，或换一个喇叭', 'add the right kind of content to the message in the site file, or choose another loudspeaker'),
    'VOICE-009': hint('声卡驱动卡住，或曲目比设定的最长时间还长', 'the driver of the sound card hangs, or the track is longer than the site file allows', '核对最长曲目时间；重新插拔声卡或断电重启播放模块', 'compare the longest track; plug the sound card in again, or switch the player off and on'),
    'VOICE-010': hint('文件是 MP3 等其他格式，或已损坏', 'the file is of another format (MP3, say) or broken', '转换为 16 位 PCM 的 WAV 文件后放回原处', 'convert it to WAV with PCM samples of 16 bits and put it back'),
};
/** What is told about a loudspeaker that fails so. */
export function speakerFaultOf(error) {
    const { code, got } = error;
    const { zh, en } = driverErrors[code];
    const found = hints[code];
    const advice = found === undefined
        ? hintOf(error)
        : { cause_zh: found.cause.zh, cause_en: found.cause.en, next_zh: found.next.zh, next_en: found.next.en };
    const more = got === null ? '' : `: ${got}`;
    return {
        code,
        got,
        words: { zh: `${zh}${got === null ? '' : `：${got}`}`, en: `${en}${more}` },
        detail: { ...toldOf(error, driverErrors), ...(got === null ? {} : { got }), where: error.where, ...advice },
    };
}
