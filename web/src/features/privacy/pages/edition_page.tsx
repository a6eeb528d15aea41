import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router-dom';
import type { Edition, EditionKind } from '../../../shared/api/types';
import { kEditionKinds } from '../../../shared/api/consent_schema';
import { useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { ButtonLink } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useEditionChanges } from '../api/editions';
import { ClauseChanges } from '../components/clause_changes';
import './edition_page.css';

export function EditionPage() {
  const { t } = useTranslation();
  const { kind, number } = useParams();
  const known = kEditionKinds.find((one) => one === kind);
  const isNumber = number === undefined || /^[1-9][0-9]{0,3}$/.test(number);
  if (known !== undefined && isNumber) return <KnownEdition kind={known} number={number} />;
  return (
    <Screen actions={<ButtonLink to="/">{t('error.toHome')}</ButtonLink>}>
      <PageTitle>{t('error.notFoundTitle')}</PageTitle>
      <p className="screen__lead">{t('error.notFoundText')}</p>
    </Screen>
  );
}

function KnownEdition({ kind, number }: { kind: EditionKind; number: string | undefined }) {
  const { t } = useTranslation();
  const edition = useEdition(kind, number);
  return (
    <Screen wide>
      <PageTitle key={edition.data?.title}>
        {edition.data?.title ?? t(`consents.acceptance.${kind}`)}
      </PageTitle>
      {number !== undefined && (
        <p className="soft">
          {t('edition.other')} <Link to={`/editions/${kind}`}>{t('edition.current')}</Link>
        </p>
      )}
      <Loaded query={edition} blocks={[500]}>
        {(data) => <EditionText edition={data} link={number === undefined} />}
      </Loaded>
      {edition.data !== undefined && edition.data.number > 1 && <Changed edition={edition.data} />}
      <p className="papers-links">
        <Link to="/editions">{t('editions.title')}</Link>
        <Link to="/processing">{t('processing.title')}</Link>
      </p>
      <nav className="edition-kinds" aria-label={t('consents.title')}>
        {kEditionKinds
          .filter((one) => one !== kind)
          .map((one) => (
            <Link key={one} to={`/editions/${one}`}>
              {t(`consents.acceptance.${one}`)}
            </Link>
          ))}
      </nav>
    </Screen>
  );
}

function Changed({ edition }: { edition: Edition }) {
  const { t } = useTranslation();
  const changes = useEditionChanges(edition.kind, edition.number);
  return (
    <section className="stack-s">
      <h2>{t('changes.title')}</h2>
      <Loaded query={changes} blocks={[120]}>
        {(data) => <ClauseChanges data={data} />}
      </Loaded>
    </section>
  );
}
