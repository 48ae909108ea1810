/** Python source from values that may hold anything. */

/** Some of a script. */
export interface PythonPart {
  imports: string[];
  code: string;
}

/** A string literal of printable ASCII: quotes, backslashes and all other characters are escaped. */
export function pythonString(text: string): string {
  let literal = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (character === '"' || character === '\\') literal += `\\${character}`;
    else if (code >= 32 && code < 127) literal += character;
    else if (code > 0xffff) literal += `\\U${code.toString(16).padStart(8, '0')}`;
    else literal += `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return `"${literal}"`;
}

export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return `float("${value > 0 ? 'inf' : '-inf'}")`;
  return String(value);
}

/** `name = [ ... ]`, on as many lines as it takes. */
export function pythonList(
  name: string,
  items: string[],
  wrap: [string, string] = ['[', ']'],
): string {
  const [open, close] = wrap;
  const short = `${name} = ${open}${items.join(', ')}${close}`;
  if (short.length <= lineLength) return short;
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length + 6 > lineLength) {
      lines.push(`    ${line}`);
      line = '';
    }
    line += line === '' ? `${item},` : ` ${item},`;
  }
  return [`${name} = ${open}`, ...lines, `    ${line}`, close].join('\n');
}

const lineLength = 92;

/** A whole script: its imports in one order, each once, then its parts with a line between. */
export function pythonScript(imports: string[], parts: (string | null)[]): string {
  const sorted = [...new Set(imports)].sort((left, right) => importRank(left) - importRank(right));
  return `${[sorted.join('\n'), ...parts.filter((part) => part !== null)].join('\n\n')}\n`;
}

const packages = [
  /^(import|from) (csv|gzip|json|os|re|glob|urllib|collections|compression|datetime)/,
  /numpy/,
  /scipy/,
];

function importRank(line: string): number {
  const rank = packages.findIndex((pattern) => pattern.test(line));
  return rank === -1 ? packages.length : rank;
}
