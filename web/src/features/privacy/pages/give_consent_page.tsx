import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';
import { correctedNow } from '../../../shared/api/clock';
import { kConsentParts } from '../../../shared/api/consent_schema';
import type { ConsentPart, Edition, EditionKind } from '../../../shared/api/types';
import { seenEdition, useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button, ButtonLink } from '../../../shared/ui/button';
import { Choice } from '../../../shared/ui/choice';
import { ErrorSummary } from '../../../shared/ui/error_summary';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { told } from '../../../shared/ui/told';
import { useForm } from '../../../shared/ui/use_form';
import { grantConsent } from '../api/consents';
import { ConsentParts } from '../components/consent_parts';
import { NoEmailNotice } from '../components/no_email_notice';
import { endOf, expiryOf, kConsentTerms, type ConsentTerm } from '../consent_terms';
import '../components/consents.css';

const kTopics = {
  informing_debts: 'informing-debts',
  informing_health: 'informing-health',
  informing_projects: 'informing-projects',
  informing_surveys: 'informing-surveys',
} as const satisfies Record<string, EditionKind>;
type Topic = keyof typeof kTopics;
const kFields = ['parts', 'term'] as const;
const kReasons = {
  'consent.scope_needed': 'parts',
  'consent.scope_unknown': 'parts',
  'consent.term_past': 'term',
  'consent.term_too_long': 'term',
} as const;

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
  const [term, setTerm] = useState<ConsentTerm>('year');
  const form = useForm(kFields, kReasons);
  const title = t(`consents.purpose.${topic}`);
  const grant = useMutation({
    mutationFn: (shown: Edition) =>
      grantConsent(topic, { ...seenEdition(shown), scope, ...expiryOf(term, correctedNow()) }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      await navigate('/consents', told(t('myConsents.told.given', { title })));
    },
    onError: (error) => {
      form.refuse(error);
      void edition.refetch();
    },
  });
  const give = (shown: Edition) => {
    const isClean = form.check({ parts: scope.length === 0 ? t('myConsents.noParts') : undefined });
    if (isClean) grant.mutate(shown);
  };
  const shown = edition.data;
  const actions = shown && (
    <div className="pair">
      <ButtonLink look="secondary" to="/consents">
        {t('myConsents.dontGive')}
      </ButtonLink>
      <Button pending={grant.isPending} onClick={() => give(shown)}>
        {t('myConsents.give')}
      </Button>
    </div>
  );
  return (
    <Screen back="/consents" header={t('myConsents.title')} actions={actions}>
      <div className="screen__head">
        <PageTitle>{title}</PageTitle>
        <p className="screen__lead">{t(`myConsents.what.${topic}`)}</p>
      </div>
      <p>{t('myConsents.giveNote')}</p>
      <ErrorSummary form={form} />
      <ConsentParts
        id={form.idOf('parts')}
        error={form.of('parts')}
        legend={t('myConsents.chooseParts')}
        parts={kConsentParts}
        chosen={scope}
        name={(part) => t(`myConsents.part.${part}`)}
        onChange={(parts) => {
          setScope(parts);
          form.touch('parts');
        }}
      />
      {scope.includes('email') && <NoEmailNotice />}
      <TermChoice id={form.idOf('term')} chosen={term} error={form.of('term')} onChoose={setTerm} />
      <Loaded query={edition} blocks={[300]}>
        {(data) => <EditionText edition={data} />}
      </Loaded>
    </Screen>
  );
}

interface TermChoiceProps {
  id: string;
  chosen: ConsentTerm;
  error: string | undefined;
  onChoose: (term: ConsentTerm) => void;
}

/** Each term with the day on which the consent then ends by itself. */
function TermChoice(props: TermChoiceProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = correctedNow();
  return (
    <Choice
      {...props}
      name="term"
      legend={t('myConsents.term.legend')}
      items={kConsentTerms.map((one) => ({
        value: one,
        label: t(`myConsents.term.${one}`),
        note: t('myConsents.term.until', { day: formatDay(endOf(one, now), language) }),
      }))}
    />
  );
}
