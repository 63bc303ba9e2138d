/** Lines of JSON out of the pieces in which they come: pure but for what it keeps of the last line. */

/** A line longer than this is none of ours, characters. */
export const lineMax = 1_000_000;

export class Lines<Value> {
  #rest = '';

  /** Values of all lines that this piece ends. What is no JSON is passed over: one bad row hides no other. */
  take(piece: string): readonly Value[] {
    const lines = (this.#rest + piece).split('\n');
    const rest = lines.pop() ?? '';
    this.#rest = rest.length > lineMax ? '' : rest;
    return lines.flatMap(read<Value>);
  }

  /** The last line may have no end. */
  end(): readonly Value[] {
    const rest = this.#rest;
    this.#rest = '';
    return read<Value>(rest);
  }
}

function read<Value>(line: string): Value[] {
  if (line.trim() === '') return [];
  try {
    return [JSON.parse(line) as Value];
  } catch {
    return [];
  }
}
