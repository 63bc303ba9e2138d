export const uplinkErrors = {
    'UPLINK-001': { zh: '连不上平台', en: 'the centre can not be reached', retry: 'later' },
    'UPLINK-002': {
        zh: '平台拒绝接入：账号或密码不对，或没有权限；核对 username 和 password_file',
        en: 'the centre refused our name or password, or grants us nothing; compare username and password_file with what it gave out',
        retry: 'later',
    },
    'UPLINK-003': { zh: '与平台的连接断开', en: 'the connection to the centre was lost', retry: 'later' },
    'UPLINK-004': { zh: '平台没有在限定时间内确认', en: 'the centre did not confirm in time', retry: 'later' },
    'UPLINK-005': { zh: '平台不接受这条消息', en: 'the centre refused this message', retry: 'later' },
    'UPLINK-006': { zh: '消息超过允许的大小', en: 'the message is larger than allowed', retry: 'never' },
    'UPLINK-007': { zh: '密码或证书文件读不出', en: 'the password or certificate file can not be read', retry: 'later' },
    'UPLINK-008': {
        zh: '内存中等待上报的火警过多',
        en: 'too many fire reports wait in memory',
        retry: 'later',
    },
    'UPLINK-009': {
        zh: '时钟不可信，证书的有效期无法核对，等待校时',
        en: 'the clock can not be trusted, so no certificate can be checked; waiting for the time',
        retry: 'later',
    },
    'UPLINK-010': {
        zh: '平台没有在限定时间内给出回执',
        en: 'the centre sent no receipt in time',
        retry: 'later',
    },
    'UPLINK-011': {
        zh: '平台的证书不是 ca_file 中的机构签发的；向平台索取正确的 CA 证书',
        en: "the centre's certificate is not signed by the authority in ca_file; ask the centre for the right one",
        retry: 'later',
    },
    'UPLINK-012': {
        zh: '平台的证书已过期；核对本机时间，并请平台更换证书',
        en: "the centre's certificate has expired; check the time of this box, and ask the centre to renew it",
        retry: 'later',
    },
    'UPLINK-013': {
        zh: '平台的证书尚未生效；核对本机时间',
        en: "the centre's certificate is not valid yet; check the time of this box",
        retry: 'later',
    },
    'UPLINK-014': {
        zh: '平台的证书上不是 url 中的主机名；核对 url，或请平台更换证书',
        en: "the centre's certificate names another host than url; correct url, or ask the centre for a certificate of that name",
        retry: 'later',
    },
    'UPLINK-015': {
        zh: '平台不接受我方证书（未提供、已过期或签发机构不对）；核对 cert_file 和 key_file',
        en: 'the centre refused our certificate (missing, expired, or of another authority); check cert_file and key_file',
        retry: 'later',
    },
    'UPLINK-016': {
        zh: '平台不允许向这个主题发布；请平台为本账号开通权限',
        en: 'the centre does not let us publish on this topic; ask it to grant our name that right',
        retry: 'later',
    },
    'UPLINK-017': {
        zh: '平台不接受客户端标识；核对 client_id',
        en: 'the centre refused our client id; check client_id',
        retry: 'later',
    },
    'UPLINK-018': {
        zh: '平台不允许订阅，收不到指令或回执（上报不受影响）；请平台为本账号开通权限',
        en: 'the centre does not let us subscribe, so orders or receipts can not come (reports do go); ask it to grant our name that right',
        retry: 'later',
    },
    'UPLINK-019': {
        zh: '平台不支持 QoS 1，无法确认收到；换用支持 QoS 1 的平台',
        en: 'the centre does not take QoS 1, so it can confirm nothing; it needs a broker with QoS 1',
        retry: 'later',
    },
    'UPLINK-020': {
        zh: '与平台的加密握手失败；核对 url 的端口，平台是否为 TLS',
        en: 'the TLS handshake with the centre failed; check the port in url, and that the centre speaks TLS there',
        retry: 'later',
    },
    'UPLINK-021': {
        zh: '平台不支持这个协议版本；核对 mqtt_version',
        en: 'the centre does not speak this version of MQTT; check mqtt_version',
        retry: 'later',
    },
    'UPLINK-022': {
        zh: '我方证书已过期或尚未生效；核对本机时间，更换 cert_file',
        en: 'our own certificate has expired or is not valid yet; check the time of this box, and renew cert_file',
        retry: 'later',
    },
    'UPLINK-023': {
        zh: '这组测量数据读不出（由更新的版本写成，或磁盘损坏）',
        en: 'this pack of measurements can not be read (a newer release wrote it, or the disk has spoiled it)',
        retry: 'never',
    },
};
export class UplinkError extends Error {
    code;
    where;
    got;
    constructor(code, where, got = null, cause) {
        super(`${where}: ${uplinkErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
        this.code = code;
        this.where = where;
        this.got = got;
        this.name = 'UplinkError';
    }
}
