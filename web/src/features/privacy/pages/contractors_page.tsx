import { useTranslation } from 'react-i18next';
import { formatCalendarDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { useContractors } from '../api/contractors';
import '../components/consents.css';

/** Who else works with people's data for the operator; for anyone to read. */
export function ContractorsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const contractors = useContractors();
  return (
    <Screen>
      <div className="screen__head">
        <PageTitle>{t('contractors.title')}</PageTitle>
        <p className="screen__lead">{t('contractors.lead')}</p>
      </div>
      <Loaded query={contractors} blocks={[160, 160]}>
        {(list) =>
          list.contractors.length === 0 ? (
            <p>{t('contractors.none')}</p>
          ) : (
            <ul className="consent-cards">
              {list.contractors.map((one) => (
                <li key={one.id} className="consent-card">
                  <h2>{one.name}</h2>
                  <dl className="facts">
                    <Fact name={t('contractors.duty')}>{one.duty}</Fact>
                    <Fact name={t('contractors.data')}>{one.data}</Fact>
                    <Fact name={t('contractors.basis')}>{one.basis}</Fact>
                    <Fact name={t('contractors.since')}>{formatCalendarDay(one.since, language)}</Fact>
                  </dl>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Screen>
  );
}
