/**
 * Reads TypeScript just well enough to know what is code and what is not: comments, strings, templates and regular
 * expressions. (The compiler in use has no interface for this.)
 */

export interface SourceText {
  /** The text with comments blanked; every character stands where it stood. */
  readonly code: string;
  /** The same with the insides of strings, templates and regular expressions blanked too. */
  readonly bare: string;
}

/** After one of these a slash begins a regular expression, not a division. */
const beforeRegex = /(?:^|[([{,;:=!&|?+\-*%<>~^}]|\b(?:return|typeof|case|of|in|await|yield))\s*$/;

export function readSource(text: string): SourceText {
  const code = [...text];
  const bare = [...text];
  const blank = (target: string[], from: number, to: number): void => {
    for (let i = from; i < to; i++) if (text[i] !== '\n') target[i] = ' ';
  };
  /** Where the open `${` of templates end: the depth of braces at which each began. */
  const holes: number[] = [];
  let depth = 0;
  let at = 0;

  const template = (start: number): number => {
    for (let i = start; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '`') return finish(start, i, i + 1);
      else if (text[i] === '$' && text[i + 1] === '{') {
        holes.push(depth++);
        return finish(start, i, i + 2);
      }
    }
    return finish(start, text.length, text.length);
  };
  const finish = (from: number, to: number, next: number): number => {
    blank(bare, from, to);
    return next;
  };
  const quoted = (start: number, isEnd: (i: number) => boolean): number => {
    let i = start;
    while (i < text.length && text[i] !== '\n' && !isEnd(i)) i += text[i] === '\\' ? 2 : 1;
    return finish(start, Math.min(i, text.length), i + 1);
  };

  while (at < text.length) {
    const char = text[at] ?? '';
    const pair = text.slice(at, at + 2);
    if (pair === '//' || pair === '/*') {
      const end = pair === '//' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2;
      const to = end < at + 2 ? text.length : end;
      blank(code, at, to);
      blank(bare, at, to);
      at = to;
    } else if (char === "'" || char === '"') {
      at = quoted(at + 1, (i) => text[i] === char);
    } else if (char === '`') {
      at = template(at + 1);
    } else if (char === '/' && beforeRegex.test(bare.slice(Math.max(0, at - 80), at).join(''))) {
      let isInClass = false;
      at = quoted(at + 1, (i) => {
        if (text[i] === '[') isInClass = true;
        if (text[i] === ']') isInClass = false;
        return text[i] === '/' && !isInClass;
      });
    } else {
      if (char === '{') depth++;
      if (char === '}' && holes.at(-1) === --depth) {
        holes.pop();
        at = template(at + 1);
      } else at++;
    }
  }
  return { code: code.join(''), bare: bare.join('') };
}
