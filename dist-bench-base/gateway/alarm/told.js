/** An error in the words of its table, as the detail of a fault; empty for none. */
export function toldOf(error, table) {
    if (error === null)
        return {};
    const { zh, en } = table[error.code];
    return { code: error.code, error_zh: zh, error_en: en };
}
