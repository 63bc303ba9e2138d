/** Lines that scroll, and on a terminal one status line below them that is drawn anew. */
export class Screen {
    out;
    isTerminal;
    #status = '';
    constructor(out, isTerminal = out.isTTY === true) {
        this.out = out;
        this.isTerminal = isTerminal;
    }
    print(line) {
        if (!this.isTerminal) {
            this.out.write(`${line}\n`);
            return;
        }
        this.out.write(`\r\u001b[K${line}\n${this.#status}`);
    }
    /** Does nothing where there is no terminal. */
    status(line) {
        if (!this.isTerminal)
            return;
        const fitting = cut(line, this.out.columns - 1);
        if (fitting === this.#status)
            return;
        this.#status = fitting;
        this.out.write(`\r\u001b[K${fitting}`);
    }
    /** Takes the status line away for good. */
    end() {
        this.status('');
    }
}
/** As much of the line as fits into one row: a row that wraps could not be drawn anew. */
function cut(line, columns) {
    let [width, end] = [0, 0];
    for (const character of line) {
        width += isWide(character) ? 2 : 1;
        if (width > columns)
            return line.slice(0, end);
        end += character.length;
    }
    return line;
}
/** Chinese characters and full-width signs take two columns. */
function isWide(character) {
    return /[\u2e80-\u9fff\uff00-\uffef]/.test(character);
}
