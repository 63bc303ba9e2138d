/** Why the disk said no, declared once. */
export const storeErrors = {
    'STORE-001': { zh: '数据文件损坏或不是本程序的', en: 'the journal is damaged or not ours', retry: 'never' },
    'STORE-002': { zh: '数据文件由更新的版本写成', en: 'the journal was written by a newer release', retry: 'never' },
    'STORE-003': { zh: '磁盘已满', en: 'the disk is full', retry: 'later' },
    'STORE-004': { zh: '无法打开数据文件', en: 'the journal can not be opened', retry: 'later' },
    'STORE-005': { zh: '磁盘读写错误', en: 'the disk failed', retry: 'later' },
    'STORE-006': { zh: '数据文件未打开', en: 'the journal is not open', retry: 'later' },
    'STORE-007': { zh: '磁盘在限定时间内没有应答', en: 'the disk did not answer in time', retry: 'later' },
    'STORE-009': {
        zh: '数据文件损坏，已另存并换用新文件',
        en: 'the journal is damaged; it is set aside and a new one begun',
        retry: 'later',
    },
    'STORE-008': { zh: '等待写盘的记录过多', en: 'too many entries wait for the disk', retry: 'later' },
};
export class StoreError extends Error {
    code;
    got;
    constructor(code, got = null, cause) {
        super(`journal: ${storeErrors[code].en}${got === null ? '' : ` (${got})`} [${code}]`, { cause });
        this.code = code;
        this.got = got;
        this.name = 'StoreError';
    }
}
