/** Text of a terminal, with its colours → a page that looks like it. */

const colours = { 30: '#444', 31: '#f66', 32: '#7c7', 33: '#dc6', 34: '#79f', 35: '#c8c', 36: '#6cc', 37: '#ddd', 90: '#999', 91: '#f88', 92: '#9e9', 93: '#ee8', 94: '#9bf', 95: '#dad', 96: '#8dd', 97: '#fff' };
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export function pageOf(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what colours are made of
  const parts = text.split(/\u001b\[([0-9;]*)m/);
  let html = '';
  let style = '';
  parts.forEach((part, i) => {
    if (i % 2 === 1) style = styleAfter(style, part);
    else html += style === '' ? cellsOf(part) : `<span style="${style}">${cellsOf(part)}</span>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #1b1d21; }
pre { margin: 14px; color: #ddd; font: 13px/18px "DejaVu Sans Mono", monospace; width: max-content; }
i { display: inline-block; width: 2ch; font-style: normal; overflow: hidden; vertical-align: top; height: 18px; }
</style><pre>${html}</pre>`;
}

/** Each wide character in two cells, whatever the font thinks of it. */
function cellsOf(text) {
  return [...text].map((each) => (wide.test(each) ? `<i>${each}</i>` : (escapes[each] ?? each))).join('');
}

function styleAfter(before, codes) {
  let style = before;
  for (const code of codes === '' ? ['0'] : codes.split(';')) {
    if (code === '0') style = '';
    else if (code === '39') style = style.replace(/color:#[0-9a-f]+;/g, '');
    else if (code === '1') style += 'font-weight:bold;';
    else if (code === '2') style += 'opacity:.7;';
    else if (code in colours) style += `color:${colours[code]};`;
  }
  return style;
}
