import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';
import { kConsentParts } from '../../../shared/api/consent_schema';
import type { ConsentPart, Edition, EditionKind } from '../../../shared/api/types';
import { seenEdition, useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { grantConsent } from '../api/consents';
import { ConsentParts } from '../components/consent_parts';
import '../components/consents.css';

const kTopics = {
  informing_debts: 'informing-debts',
  informing_health: 'informing-health',
  informing_projects: 'informing-projects',
  informing_surveys: 'informing-surveys',
} as const satisfies Record<string, EditionKind>;
type Topic = keyof typeof kTopics;

/** One topic, one document, the channels of one's choice. */
export function GiveConsentPage() {
  const { t } = useTranslation();
  const { purpose } = useParams();
  if (purpose !== undefined && purpose in kTopics) return <GiveConsent topic={purpose as Topic} />;
  return (
    <Screen actions={<ButtonLink to="/consents">{t('myConsents.title')}</ButtonLink>}>
      <PageTitle>{t('error.notFoundTitle')}</PageTitle>
    </Screen>
  );
}

function GiveConsent({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const edition = useEdition(kTopics[topic]);
  // Nothing is marked beforehand: silence is no consent.
  const [scope, setScope] = useState<ConsentPart[]>([]);
  const grant = useMutation({
    mutationFn: (shown: Edition) => grantConsent(topic, { ...seenEdition(shown), scope }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      await navigate('/consents');
    },
    onError: () => void edition.refetch(),
  });
  const shown = edition.data;
  const actions = shown && (
    <div className="pair">
      <ButtonLink look="secondary" to="/consents">
        {t('myConsents.dontGive')}
      </ButtonLink>
      <Button pending={grant.isPending} onClick={() => grant.mutate(shown)}>
        {t('myConsents.give')}
      </Button>
    </div>
  );
  return (
    <Screen back="/consents" header={t('myConsents.title')} actions={actions}>
      <div className="screen__head">
        <PageTitle>{t(`consents.purpose.${topic}`)}</PageTitle>
        <p className="screen__lead">{t(`myConsents.what.${topic}`)}</p>
      </div>
      <p>{t('myConsents.giveNote')}</p>
      <ConsentParts
        legend={t('myConsents.chooseParts')}
        parts={kConsentParts}
        chosen={scope}
        name={(part) => t(`myConsents.part.${part}`)}
        onChange={setScope}
      />
      <ErrorNotice error={grant.error} />
      <Loaded query={edition} blocks={[300]}>
        {(data) => <EditionText edition={data} />}
      </Loaded>
    </Screen>
  );
}
