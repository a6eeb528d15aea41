import type { ConsentDocument } from '../api/types';
import { Markdown } from './markdown';
import './edition_text.css';

/** The whole text of a consent to one party, on a sheet. */
export function ConsentText({ document }: { document: ConsentDocument }) {
  return (
    <article className="edition" lang={document.language}>
      <Markdown source={document.text} />
    </article>
  );
}
