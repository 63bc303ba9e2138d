/**
 * One character beyond Latin-1 makes V8 keep a whole file with two bytes for each character: Chinese words are written as escapes. The
 * source map's columns move along.
 */
export function toAscii(code, map) {
  const shifts = [];
  const out = code.split('\n').map((line) => {
    const moved = [];
    let grown = 0;
    const text = line.replace(/[^\0-\x7f]/g, (char, at) => {
      const escaped = `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
      grown += escaped.length - 1;
      moved.push([at, grown]);
      return escaped;
    });
    shifts.push(moved);
    return text;
  });
  return { code: out.join('\n'), map: { ...map, mappings: moveColumns(map.mappings, shifts) } };
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const continues = 32;

function moveColumns(mappings, shifts) {
  return mappings
    .split(';')
    .map((line, row) => {
      const moved = shifts[row] ?? [];
      let from = 0;
      let to = 0;
      let next = 0;
      return line
        .split(',')
        .map((segment) => {
          if (segment === '') return segment;
          const { value, rest } = readVlq(segment);
          from += value;
          while (next < moved.length && moved[next][0] < from) next++;
          const column = from + (next === 0 ? 0 : moved[next - 1][1]);
          const delta = column - to;
          to = column;
          return writeVlq(delta) + rest;
        })
        .join(',');
    })
    .join(';');
}

function readVlq(segment) {
  let value = 0;
  for (let at = 0; ; at++) {
    const digit = digits.indexOf(segment[at]);
    value += (digit & (continues - 1)) << (5 * at);
    if ((digit & continues) === 0) {
      return { value: value & 1 ? -(value >> 1) : value >> 1, rest: segment.slice(at + 1) };
    }
  }
}

function writeVlq(value) {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = rest & (continues - 1);
    rest >>= 5;
    text += digits[rest > 0 ? digit | continues : digit];
  } while (rest > 0);
  return text;
}
