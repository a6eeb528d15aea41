import { Fragment, type ReactNode } from 'react';

// The editions use headings (#, ##), paragraphs, lists (-) and bold (**), and nothing else.
// Anything more is shown as it stands: a legal text must not lose a character.

type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'paragraph'; text: string };

export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const line of source.split(/\r?\n/)) {
    const heading = /^(#{1,2})\s+(.*)$/.exec(line);
    const item = /^\s*-\s+(.*)$/.exec(line);
    if (line.trim() === '') {
      open = undefined;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1] === '#' ? 1 : 2, text: heading[2] ?? '' });
      open = undefined;
    } else if (item) {
      if (open?.kind !== 'list') blocks.push((open = { kind: 'list', items: [] }));
      open.items.push(item[1] ?? '');
    } else if (open?.kind === 'list') {
      open.items.push(`${open.items.pop() ?? ''} ${line.trim()}`);
    } else if (open?.kind === 'paragraph') {
      open.text += ` ${line.trim()}`;
    } else {
      blocks.push((open = { kind: 'paragraph', text: line.trim() }));
    }
  }
  return blocks;
}

function inline(text: string): ReactNode[] {
  return text
    .split('**')
    .map((part, index, all) =>
      index % 2 === 1 && index < all.length - 1 ? (
        <strong key={index}>{part}</strong>
      ) : (
        <Fragment key={index}>{index % 2 === 1 ? `**${part}` : part}</Fragment>
      ),
    );
}

/** A limited markdown text; its headings start below the heading of the page. */
export function Markdown({ source, skipTitle }: { source: string; skipTitle?: string }) {
  const blocks = parseMarkdown(source);
  const first = blocks[0];
  const isTitle = first?.kind === 'heading' && first.text.trim() === skipTitle?.trim();
  return (
    <div className="prose">
      {(isTitle ? blocks.slice(1) : blocks).map((block, index) => {
        if (block.kind === 'paragraph') return <p key={index}>{inline(block.text)}</p>;
        if (block.kind === 'heading') {
          return block.level === 1 ? (
            <h2 key={index}>{inline(block.text)}</h2>
          ) : (
            <h3 key={index}>{inline(block.text)}</h3>
          );
        }
        return (
          <ul key={index}>
            {block.items.map((item, at) => (
              <li key={at}>{inline(item)}</li>
            ))}
          </ul>
        );
      })}
    </div>
  );
}
