import { printable } from './terminalText.js';

/** Text from a file as text in Markdown: on one line, and without a mark, a link, a mention or an element. */
export function plainMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, ':&#47;&#47;');
}
