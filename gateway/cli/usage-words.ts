/** What the parser of the command line says, in both languages: it does not know yet which one is wanted. Pure. */

const told: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*?)'/, "没有命令 '$1'"],
  [/^error: unknown option '(.*?)'/, "没有选项 '$1'"],
  [/^error: required option '(.*?)' not specified/, "缺少必填选项 '$1'"],
  [/^error: missing required argument '(.*?)'/, "缺少参数 '$1'"],
  [/^error: option '(.*?)' argument missing/, "选项 '$1' 后面缺少值"],
  [/^error: option '(.*?)' argument '(.*?)' is invalid/, "选项 '$1' 的值 '$2' 不对"],
  [/^error: command-argument value '(.*?)' is invalid for argument '(.*?)'/, "参数 '$2' 的值 '$1' 不对"],
  [/^error: too many arguments/, '参数太多'],
];

/** The Chinese sentence in front of the English one; what is not known stays as it is. */
export function usageError(text: string): string {
  for (const [pattern, zh] of told) {
    const found = pattern.exec(text);
    if (found !== null) {
      const said = found[0].replace(pattern, zh);
      return `${said}（帮助：--help） / ${text}`;
    }
  }
  return text;
}
