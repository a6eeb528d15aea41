import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useMe } from '../../../shared/session/me';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { leaveForIdentityProvider, useProviderName } from '../api/identity_provider';
import { FunctionList } from '../components/function_list';
import { ProviderProblem } from '../components/provider_problem';

export function LevelPage() {
  const { t } = useTranslation();
  const provider = useProviderName();
  const { assurance } = useMe();
  const [parameters] = useSearchParams();
  const raise = useMutation({ mutationFn: () => leaveForIdentityProvider('raise') });
  const isVerified = assurance.level === 'verified';
  const result = parameters.get('result');
  const problem = parameters.get('problem');
  const actions = isVerified ? (
    <ButtonLink to="/documents">{t('digital_id.toDocuments')}</ButtonLink>
  ) : (
    <Button pending={raise.isPending} onClick={() => raise.mutate()}>
      {t('level.raise', { provider })}
    </Button>
  );
  return (
    <Screen back="/home" header={t('level.header')} actions={actions}>
      {result === 'verified' && isVerified && (
        <Notice look="good" title={t('level.done')} announce />
      )}
      {result === 'signed_in' && (
        <Notice look="good" title={t('level.signedIn', { provider })} announce />
      )}
      {problem !== null && <ProviderProblem reason={problem} title={t('level.problemTitle')} />}
      <div className="screen__head">
        <PageTitle>{t(isVerified ? 'level.titleVerified' : 'level.titlePhone')}</PageTitle>
        <p className="screen__lead">{isVerified ? <VerifiedLead /> : t('level.leadPhone')}</p>
      </div>
      <FunctionList functions={assurance.functions} />
      {!isVerified && <HowToRaise provider={provider} />}
      <ErrorNotice error={raise.error} />
    </Screen>
  );
}

function VerifiedLead() {
  const { t } = useTranslation();
  const language = useLanguage();
  const provider = useProviderName();
  const { source, raised_at } = useMe().assurance;
  if (source === undefined || raised_at === undefined) return <>{t('level.leadVerifiedPlain')}</>;
  const who = source === 'identity_provider' ? provider : source;
  return <>{t('level.leadVerified', { source: who, day: formatDay(raised_at, language) })}</>;
}

function HowToRaise({ provider }: { provider: string }) {
  const { t } = useTranslation();
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
