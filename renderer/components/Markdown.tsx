import { Fragment, type ReactNode, useMemo } from 'react';
import { type Block, type Inline, parseMarkdown } from '../markdown.js';

/** What an author wrote, as elements; nothing of it is taken for HTML. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <div className="markdown">{blocks.map(keyed(block))}</div>;
}

function keyed<T>(draw: (part: T) => ReactNode): (part: T, index: number) => ReactNode {
  // parts of a parsed text have no other identity
  return (part, index) => <Fragment key={`${index}`}>{draw(part)}</Fragment>;
}

function block(part: Block): ReactNode {
  if (part.type === 'code') return <pre className="markdown-code">{part.code}</pre>;
  if (part.type === 'list') {
    const items = part.items.map(keyed((item) => <li>{item.map(keyed(inline))}</li>));
    return part.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
  }
  const text = part.text.map(keyed(inline));
  if (part.type === 'quote') return <blockquote>{text}</blockquote>;
  if (part.type === 'paragraph') return <p>{text}</p>;
  // the page has its own headline, so an author's headings begin below it
  return part.level === 1 ? <h3>{text}</h3> : <h4>{text}</h4>;
}

function inline(part: Inline): ReactNode {
  if (part.type === 'text') return part.text;
  if (part.type === 'code') return <code>{part.text}</code>;
  const text = part.text.map(keyed(inline));
  if (part.type === 'strong') return <strong>{text}</strong>;
  if (part.type === 'emphasis') return <em>{text}</em>;
  return (
    <a href={part.href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
