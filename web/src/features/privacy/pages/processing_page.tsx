import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Processing, ProcessingPurpose } from '../../../shared/api/types';
import { useLanguage } from '../../../shared/i18n/language';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { countryName, inLanguage, normsIn, useProcessing } from '../api/processing';
import { Until } from '../components/until';
import '../components/papers.css';

/** Everything that is done with personal data, from the register the server runs by. */
export function ProcessingPage() {
  const { t } = useTranslation();
  const processing = useProcessing();
  return (
    <Screen wide>
      <div className="screen__head">
        <PageTitle>{t('processing.title')}</PageTitle>
        <p className="screen__lead">{t('processing.lead')}</p>
        <p className="soft">{t('processing.how')}</p>
      </div>
      <p className="papers-links">
        <Link to="/editions/policy">{t('processing.policy')}</Link>
        <Link to="/editions">{t('editions.title')}</Link>
        <a href="/api/v1/processing">{t('processing.machine')}</a>
        <button type="button" className="link" onClick={() => window.print()}>
          {t('processing.print')}
        </button>
      </p>
      <Loaded query={processing} blocks={[200, 200, 200]}>
        {(data) => (
          <div className="purposes">
            {data.purposes.map((one) => (
              <PurposeCard key={one.name} purpose={one} processing={data} />
            ))}
          </div>
        )}
      </Loaded>
    </Screen>
  );
}

function PurposeCard({ purpose, processing }: { purpose: ProcessingPurpose; processing: Processing }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = processing.terms.find((one) => one.name === purpose.term);
  return (
    <section className="paper">
      <h2>{inLanguage(purpose.title, language)}</h2>
      <p>{inLanguage(purpose.text, language)}</p>
      <dl className="facts">
        <Fact name={t('processing.people')}>{inLanguage(purpose.people, language)}</Fact>
        <Fact name={t('processing.data')}>
          <CategoryList purpose={purpose} processing={processing} />
        </Fact>
        <Fact name={t('processing.sources')}>
          <Names of={processing.sources} names={purpose.sources} />
        </Fact>
        <Fact name={t('processing.recipients')}>
          <Recipients purpose={purpose} processing={processing} />
        </Fact>
        <Fact name={t('processing.operations')}>
          {purpose.operations.map((one) => t(`processing.operation.${one}`)).join(', ')}
        </Fact>
        <Fact name={t('processing.basis')}>{normsIn(purpose.bases, language)}</Fact>
        {term !== undefined && (
          <Fact name={t('processing.until')}>
            <Until term={term} />
          </Fact>
        )}
        <Fact name={t('processing.place')}>{countryName(purpose.place, language)}</Fact>
      </dl>
    </section>
  );
}

function CategoryList({ purpose, processing }: { purpose: ProcessingPurpose; processing: Processing }) {
  const language = useLanguage();
  return (
    <ul className="dashes">
      {processing.categories
        .filter((one) => purpose.categories.includes(one.name))
        .map((one) => (
          <li key={one.name}>
            {inLanguage(one.title, language)}
            {': '}
            <span className="soft">{inLanguage(one.data, language)}</span>
          </li>
        ))}
    </ul>
  );
}

function Names({ of, names }: { of: Processing['sources']; names: string[] }) {
  const language = useLanguage();
  return <>{of.filter((one) => names.includes(one.name)).map((one) => inLanguage(one.title, language)).join('; ')}</>;
}

function Recipients({ purpose, processing }: { purpose: ProcessingPurpose; processing: Processing }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const recipients = processing.recipients.filter((one) => purpose.recipients.includes(one.name));
  if (recipients.length === 0) return <>{t('processing.nobody')}</>;
  return (
    <ul className="dashes">
      {recipients.map((one) => (
        <li key={one.name}>
          {inLanguage(one.title, language)}
          {one.parties !== undefined && (
            <span className="soft">
              {'. '}
              {one.parties.length === 0
                ? t('processing.noParties')
                : t('processing.parties', {
                    names: one.parties.map((party) => inLanguage(party, language)).join(', '),
                  })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
