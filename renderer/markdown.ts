/** Markdown as data: a small, safe part of it. What is not known stays text. */

export type Block =
  | { type: 'heading'; level: number; text: Inline[] }
  | { type: 'paragraph'; text: Inline[] }
  | { type: 'quote'; text: Inline[] }
  | { type: 'list'; isOrdered: boolean; items: Inline[][] }
  | { type: 'code'; code: string };

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'strong'; text: Inline[] }
  | { type: 'emphasis'; text: Inline[] }
  | { type: 'link'; href: string; text: Inline[] };

const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const item = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const fence = /^\s{0,3}(`{3,}|~{3,})/;
const quote = /^\s{0,3}>\s?/;
/** Deeper nesting says nothing more, and costs. */
const mostLevels = 6;

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const take = (isWanted: (line: string) => boolean): string[] => {
    const start = at;
    while (at < lines.length && isWanted(lines[at] as string)) at++;
    return lines.slice(start, at);
  };
  while (at < lines.length) {
    const line = lines[at] as string;
    const [, marks] = fence.exec(line) ?? [];
    const [, level, title] = heading.exec(line) ?? [];
    if (line.trim() === '') at++;
    else if (marks !== undefined) {
      at++;
      const code = take((other) => !other.trim().startsWith(marks));
      at++;
      blocks.push({ type: 'code', code: code.join('\n') });
    } else if (level !== undefined && title !== undefined) {
      at++;
      blocks.push({ type: 'heading', level: level.length, text: parseInline(title) });
    } else if (item.test(line)) {
      const isOrdered = item.exec(line)?.[1] !== undefined;
      const items = take((other) => item.test(other) || /^\s{2,}\S/.test(other));
      blocks.push({
        type: 'list',
        isOrdered,
        items: joinItems(items).map((text) => parseInline(text)),
      });
    } else if (quote.test(line)) {
      const text = take((other) => quote.test(other)).map((other) => other.replace(quote, ''));
      blocks.push({ type: 'quote', text: parseInline(text.join('\n')) });
    } else blocks.push({ type: 'paragraph', text: parseInline(take(isProse).join('\n')) });
  }
  return blocks;
}

function isProse(line: string): boolean {
  return line.trim() !== '' && ![fence, heading, item, quote].some((other) => other.test(line));
}

/** A line that is indented goes on with the item above it. */
function joinItems(lines: string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    const text = item.exec(line)?.[2];
    if (text === undefined && items.length > 0) items.push(`${items.pop()}\n${line.trim()}`);
    else items.push(text ?? line.trim());
  }
  return items;
}

/** Each mark is looked for from where the last one ended, so that no text takes more than a few passes. */
const inline =
  /(`+)([^`]+?)\1(?!`)|\*\*(?=\S)([^*]+?)\*\*|(?<![\w*])[*_](?=\S)([^*_\n]+?)[*_](?![\w*])|\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)|\\([\\`*_{}[\]()#+.!>-])/g;

function parseInline(source: string, level = 0): Inline[] {
  if (level > mostLevels) return [{ type: 'text', text: source }];
  const parts: Inline[] = [];
  const say = (text: string) => text !== '' && parts.push({ type: 'text', text });
  let at = 0;
  for (const match of source.matchAll(inline)) {
    const [whole, , code, strong, emphasis, label, href, escaped] = match;
    say(source.slice(at, match.index));
    at = match.index + whole.length;
    if (code !== undefined) parts.push({ type: 'code', text: code.trim() });
    else if (strong !== undefined)
      parts.push({ type: 'strong', text: parseInline(strong, level + 1) });
    else if (emphasis !== undefined)
      parts.push({ type: 'emphasis', text: parseInline(emphasis, level + 1) });
    else if (label !== undefined && href !== undefined) {
      const safe = safeHref(href);
      if (safe === null) say(whole);
      else parts.push({ type: 'link', href: safe, text: parseInline(label, level + 1) });
    } else say(escaped ?? whole);
  }
  say(source.slice(at));
  return parts;
}

/** A web page or an address to write to, and nothing that runs or reads. */
function safeHref(href: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href) || !URL.canParse(href)) return null;
  const { protocol } = new URL(href);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : null;
}
