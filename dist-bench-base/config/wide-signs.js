const ascii = {
    '：': ':',
    '，': ',',
    '；': ';',
    '“': '"',
    '”': '"',
    '‘': "'",
    '’': "'",
    '＂': '"',
    '｛': '{',
    '｝': '}',
    '［': '[',
    '］': ']',
    '【': '[',
    '】': ']',
    '（': '(',
    '）': ')',
    '－': '-',
    '—': '-',
    '＃': '#',
    '\u3000': ' ',
};
/** What to type instead of the first full-width sign in the text; null when there is none. */
export function wideSignHint(text, line) {
    const sign = [...text].find((each) => Object.hasOwn(ascii, each));
    if (sign === undefined)
        return null;
    const wanted = ascii[sign] === ' ' ? { zh: '空格', en: 'a space' } : { zh: ascii[sign], en: ascii[sign] };
    const shown = sign === '\u3000' ? '　' : sign;
    const where = line === undefined ? { zh: '', en: '' } : { zh: `第 ${line} 行`, en: ` in line ${line}` };
    return {
        zh: `${where.zh}用了全角符号 ${shown}，改成半角 ${wanted.zh}`,
        en: `the full-width sign ${shown} stands${where.en === '' ? ' here' : where.en}; type the ASCII one: ${wanted.en}`,
    };
}
