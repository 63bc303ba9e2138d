import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One character beyond Latin-1 makes V8 keep a whole file with two bytes for each of its characters. Words that people read are
 * written as escapes, after minifying, which would undo it; the columns of the source map move along.
 */
export const asciiFiles = {
  name: 'gengfu:ascii-files',
  writeBundle({ dir }, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      const path = join(dir, file.fileName);
      const code = readFileSync(path, 'utf8');
      if (!beyondAscii.test(code)) continue;
      const map = JSON.parse(readFileSync(`${path}.map`, 'utf8'));
      const written = toAscii(code, map.mappings);
      writeFileSync(path, written.code);
      writeFileSync(`${path}.map`, JSON.stringify({ ...map, mappings: written.mappings }));
    }
  },
};

const beyondAscii = /[^\0-\x7f]/;

/** Right in strings, templates and patterns; nothing else of ours goes beyond ASCII once comments are gone. */
export function toAscii(code, mappings) {
  /** Of each line: [column, how much is grown behind it]. */
  const grown = [];
  const lines = code.split('\n').map((line) => {
    const steps = [];
    let sum = 0;
    const text = line.replace(new RegExp(beyondAscii, 'g'), (unit, at) => {
      const escape = `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      sum += escape.length - 1;
      steps.push([at, sum]);
      return escape;
    });
    grown.push(steps);
    return text;
  });
  const moved = mappings.split(';').map((line, row) => moveColumns(line, grown[row] ?? []));
  return { code: lines.join('\n'), mappings: moved.join(';') };
}

/** The first number of a segment is how far its column is behind the one before. */
function moveColumns(line, steps) {
  if (line === '' || steps.length === 0) return line;
  let before = 0;
  let beforeMoved = 0;
  let next = 0;
  return line
    .split(',')
    .map((segment) => {
      const { value, rest } = readFirst(segment);
      before += value;
      while (next < steps.length && steps[next][0] < before) next++;
      const column = before + (next === 0 ? 0 : steps[next - 1][1]);
      const delta = column - beforeMoved;
      beforeMoved = column;
      return writeNumber(delta) + rest;
    })
    .join(',');
}

/** Base 64, five bits a digit, the least first; the sixth says that more follow, the lowest of all is the sign. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digitBits = 5;
const goesOn = 32;

function readFirst(segment) {
  let value = 0;
  for (let at = 0; ; at++) {
    const digit = digits.indexOf(segment[at]);
    value |= (digit & (goesOn - 1)) << (digitBits * at);
    if ((digit & goesOn) === 0) return { value: value & 1 ? -(value >> 1) : value >> 1, rest: segment.slice(at + 1) };
  }
}

function writeNumber(value) {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = rest & (goesOn - 1);
    rest >>= digitBits;
    text += digits[rest > 0 ? digit | goesOn : digit];
  } while (rest > 0);
  return text;
}
