import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useMe } from '../../../shared/session/me';
import { ButtonLink } from '../../../shared/ui/button';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useProviderName } from '../../../shared/api/provider_name';
import { useProviders } from '../api/identity_provider';
import { FunctionList } from '../components/function_list';
import { LinkedProviders } from '../components/linked_providers';
import { ProviderButtons } from '../components/provider_buttons';
import { ProviderProblem } from '../components/provider_problem';

export function LevelPage() {
  const { t } = useTranslation();
  const { assurance } = useMe();
  const [parameters] = useSearchParams();
  const isVerified = assurance.level === 'verified';
  const result = parameters.get('result');
  const problem = parameters.get('problem');
  const actions = isVerified ? (
    <ButtonLink to="/documents">{t('digital_id.toDocuments')}</ButtonLink>
  ) : (
    <ProviderButtons intent="raise" main words={(provider) => t('level.raise', { provider })} />
  );
  return (
    <Screen back="/home" header={t('level.header')} actions={actions}>
      {result === 'verified' && isVerified && (
        <Notice look="good" title={t('level.done')} announce />
      )}
      {problem !== null && <ProviderProblem reason={problem} title={t('level.problemTitle')} />}
      <div className="screen__head">
        <PageTitle>{t(isVerified ? 'level.titleVerified' : 'level.titlePhone')}</PageTitle>
        <p className="screen__lead">{isVerified ? <VerifiedLead /> : t('level.leadPhone')}</p>
      </div>
      <FunctionList functions={assurance.functions} />
      {!isVerified && <HowToRaise />}
      <LinkedProviders />
    </Screen>
  );
}

function VerifiedLead() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { provider, raised_at } = useMe().assurance;
  const source = useProviderName(provider);
  if (provider === undefined || raised_at === undefined) return <>{t('level.leadVerifiedPlain')}</>;
  return <>{t('level.leadVerified', { source, day: formatDay(raised_at, language) })}</>;
}

function HowToRaise() {
  const { t } = useTranslation();
  const provider = useProviders()
    .map((one) => one.name)
    .join(', ');
  return (
    <section className="stack-s">
      <h2>{t('level.raiseTitle')}</h2>
      <p>{t('level.raiseText', { provider })}</p>
      <ul className="dashes">
        {(['name', 'birth', 'ids', 'trusted'] as const).map((what) => (
          <li key={what}>{t(`level.passed.${what}`)}</li>
        ))}
      </ul>
      <p className="soft">{t('level.notPassed', { provider })}</p>
      <p className="soft">{t('level.otherWay', { provider })}</p>
    </section>
  );
}
