export const districtOrderWords = {
    silence: { zh: '消音', en: 'silence' },
    reset_request: { zh: '请求复位', en: 'ask for a reset' },
    siren_test: { zh: '警铃试鸣', en: 'test the sirens' },
    speaker_test: { zh: '喇叭试音', en: 'test the loudspeakers' },
    broadcast: { zh: '广播', en: 'broadcast' },
    broadcast_stop: { zh: '停止广播', en: 'stop the broadcast' },
    duty_check: { zh: '查岗', en: 'duty check' },
    read_points: { zh: '读取监测点', en: 'read points' },
    shelve: { zh: '搁置', en: 'shelve' },
    unshelve: { zh: '恢复守望', en: 'put back into service' },
    time: { zh: '校时提示', en: 'time hint' },
    config_fetch: { zh: '取站点文件', en: 'fetch the site file' },
    config_stage: { zh: '下发站点文件', en: 'stage a site file' },
    config_apply: { zh: '启用站点文件', en: 'apply the staged site file' },
    config_rollback: { zh: '退回站点文件', en: 'roll the site file back' },
};
export const envelopeRefusalWords = {
    oversize: { zh: '报文超过 64 kB', en: 'larger than 64 kB' },
    malformed: {
        zh: '报文格式不对：应为 {keyId, payload, signature}，payload 为约定的 JSON',
        en: 'malformed: expected {keyId, payload, signature}, with a payload as agreed',
    },
    unsigned: { zh: '没有签名', en: 'not signed' },
    'unknown-key': {
        zh: '站点文件的 command_keys 中没有这个密钥',
        en: 'no such key among command_keys of the site file',
    },
    'bad-signature': { zh: '签名不符，可能被篡改或伪造', en: 'the signature does not fit: altered or forged' },
    'key-expired': {
        zh: '密钥已过有效期（not_after），请在站点文件中换新密钥',
        en: 'the key is past its last day (not_after); put a new one into the site file',
    },
    foreign: { zh: '指令是发给别的区县或站点的', en: 'meant for another district or site' },
    replayed: { zh: '同一指令已收到过，不再执行', en: 'this command came before; it takes no second effect' },
    'life-too-long': { zh: '有效期超过 24 小时', en: 'good for more than 24 h' },
    expired: { zh: '指令已过期', en: 'expired' },
    'not-yet-valid': {
        zh: '签发时间晚于本机时间 5 分钟以上，请核对两边时钟',
        en: 'issued more than 5 min in the future; compare both clocks',
    },
    'clock-untrusted': {
        zh: '本机时钟不可信，无法判断指令是否过期；先校时',
        en: 'the clock of this box can not be trusted, so nobody can say whether it has expired; set the time first',
    },
    'before-this-journal': {
        zh: '签发早于本机记录文件启用（另加 5 分钟），无法判断是否执行过；请重新签发',
        en: 'issued before this journal began (and 5 min more): nobody can say whether it was used; issue it anew',
    },
    'no-right': { zh: '该密钥没有这项权限', en: 'the key has no right to order this' },
    'zone-not-allowed': { zh: '超出该密钥的防区', en: 'beyond the zones of the key' },
};
export const deskRefusalWords = {
    'not-taken': { zh: '该平台不允许下发指令（commands: true）', en: 'this uplink takes no commands (commands: true)' },
    'too-fast': { zh: '每秒超过 50 条，未读取', en: 'more than 50 in a second; it was not read' },
    'cannot-record': {
        zh: '无法先写入记录，未执行；检查磁盘后重发新指令',
        en: 'could not be recorded first, so it was not done; look at the disk and send a new one',
    },
    'too-many': { zh: '记住的指令已满，等旧指令过期', en: 'too many commands are remembered; wait until some expire' },
    busy: { zh: '正在处理的指令过多，稍后再发', en: 'too many commands at once; send it again later' },
    'stale-view': {
        zh: '没有这条报警，或之后又有新报警；请看最新报告',
        en: 'there is no such alarm, or it was raised again since; look at the newest reports',
    },
    'not-acknowledged': {
        zh: '现场还没有人确认，不能远程消音',
        en: 'nobody in the village has acknowledged it: it can not be silenced from outside',
    },
    'fire-stands': { zh: '有未复位的火警', en: 'there is a fire that was not reset' },
    'unknown-zone': { zh: '没有这个防区', en: 'there is no such zone' },
    'unknown-subject': { zh: '没有这个设备、监测点或报警', en: 'there is no such device, point or alarm' },
    'whole-site-only': {
        zh: '试鸣的警铃不全在这些防区内；只能全站试鸣',
        en: 'not all sirens of the test are in these zones; it can only be ordered for the whole site',
    },
    'no-speaker': { zh: '这些防区没有可播放的喇叭', en: 'no loudspeaker of these zones plays anything' },
    'no-text-speaker': {
        zh: '这些防区没有能读文字的喇叭；改用站点文件中的消息',
        en: 'no loudspeaker of these zones speaks texts; use a message of the site file',
    },
    'bad-text': {
        zh: '写一条消息或一段文字；文字最长 200 字，不含控制字符',
        en: 'one message or one text; a text has 200 characters at most and no control characters',
    },
    'nothing-to-read': { zh: '没有这些监测点', en: 'there are no such points' },
    'not-here': { zh: '本网关没有这个功能', en: 'this gateway can not do that' },
};
