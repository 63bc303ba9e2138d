export const receiverErrors = {
    'RECEIVER-001': { zh: '文件不是接收端的数据文件', en: 'the file is no store of a receiver', retry: 'never' },
    'RECEIVER-002': { zh: '数据文件由更新的版本写成', en: 'the store was written by a newer release', retry: 'never' },
    'RECEIVER-003': { zh: '另一个接收端正在使用该文件', en: 'another receiver uses the store', retry: 'later' },
    'RECEIVER-004': { zh: '数据文件读写出错', en: 'the store can not be read or written', retry: 'later' },
    'RECEIVER-005': { zh: '等待写盘的消息过多', en: 'too many messages wait for the disk', retry: 'later' },
    'RECEIVER-006': { zh: '接收端已停止', en: 'the receiver has stopped', retry: 'never' },
};
export class ReceiverError extends Error {
    code;
    got;
    constructor(code, got = null, cause) {
        super(`receiver: ${receiverErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
        this.code = code;
        this.got = got;
        this.name = 'ReceiverError';
    }
}
