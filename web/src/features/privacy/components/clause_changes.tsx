import { useTranslation } from 'react-i18next';
import type { ClauseChange, EditionChanges } from '../../../shared/api/types';
import './papers.css';

const kActs = ['changed', 'added', 'removed'] as const;

/** What an edition changed: how much, then clause by clause. */
export function ClauseChanges({ data }: { data: EditionChanges }) {
  const { t } = useTranslation();
  if (data.previous_number === undefined) return <p className="soft">{t('changes.first')}</p>;
  const counts = kActs
    .map((act) => ({ act, count: data.changes.filter((one) => one.act === act).length }))
    .filter(({ count }) => count > 0)
    .map(({ act, count }) => t(`changes.count.${act}`, { count }));
  return (
    <div className="stack-s">
      {data.edition.summary !== undefined && <p className="changes__summary">{data.edition.summary}</p>}
      <p className="soft">
        {counts.length === 0 ? t('changes.none') : sentence(counts.join(', '))}
      </p>
      <ul className="changes">
        {data.changes.map((one, index) => (
          <Change key={index} change={one} />
        ))}
      </ul>
    </div>
  );
}

/** Begun with a capital, where its first word is one. */
const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function Change({ change }: { change: ClauseChange }) {
  const { t } = useTranslation();
  const plain = (text: string) => text.replaceAll('**', '');
  return (
    <li className={`change change--${change.act}`}>
      <p className="change__head">
        <strong>{t(`changes.act.${change.act}`)}</strong>
        {change.section !== '' && <span className="soft"> · {change.section}</span>}
      </p>
      {change.before !== undefined && (
        <p className="change__text">
          <span className="soft small">{t('changes.before')}</span>
          <del>{plain(change.before)}</del>
        </p>
      )}
      {change.after !== undefined && (
        <p className="change__text">
          <span className="soft small">{t('changes.after')}</span>
          <ins>{plain(change.after)}</ins>
        </p>
      )}
    </li>
  );
}
