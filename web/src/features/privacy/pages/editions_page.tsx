import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { PublicDocuments } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Chip } from '../../../shared/ui/chip';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useDocuments } from '../api/editions';
import '../components/papers.css';

type PublicDocument = PublicDocuments['documents'][number];

/** Every public document with every edition there has been. */
export function EditionsPage() {
  const { t } = useTranslation();
  const documents = useDocuments();
  return (
    <Screen wide>
      <div className="screen__head">
        <PageTitle>{t('editions.title')}</PageTitle>
        <p className="screen__lead">{t('editions.lead')}</p>
      </div>
      <p className="papers-links">
        <Link to="/processing">{t('processing.title')}</Link>
      </p>
      <Loaded query={documents} blocks={[120, 120, 120]}>
        {(data) => (
          <div className="categories">
            {data.documents.map((one) => (
              <DocumentCard key={one.kind} document={one} />
            ))}
          </div>
        )}
      </Loaded>
    </Screen>
  );
}

function DocumentCard({ document }: { document: PublicDocument }) {
  const { t } = useTranslation();
  return (
    <section className="paper">
      <h2>{document.editions[0]?.title ?? t(`consents.acceptance.${document.kind}`)}</h2>
      <ul className="papers-list">
        {document.editions.map((edition) => (
          <EditionLine key={edition.number} edition={edition} />
        ))}
      </ul>
    </section>
  );
}

function EditionLine({ edition }: { edition: PublicDocument['editions'][number] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { kind, number, state } = edition;
  return (
    <li>
      <span>
        <Link to={`/editions/${kind}/${number}`}>{t('editions.number', { number })}</Link>{' '}
        <Chip look={state === 'in_force' ? 'good' : 'calm'}>{t(`editions.state.${state}`)}</Chip>
      </span>
      <span className="soft small">
        {t('editions.days', {
          published: formatDay(edition.published_at, language),
          inForce: formatDay(edition.in_force_at, language),
        })}
      </span>
      {edition.summary !== undefined && <span>{edition.summary}</span>}
    </li>
  );
}
