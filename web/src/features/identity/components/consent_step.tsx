import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import type { Edition } from '../../../shared/api/types';
import { seenEdition, useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { openSession } from '../../../shared/session/me';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { giveRegistrationConsent } from '../api/registration';
import { clearDraft } from '../registration_draft';

export function ConsentStep({ token }: { token: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isRefused, setIsRefused] = useState(false);
  const edition = useEdition('consent');
  const give = useMutation({
    mutationFn: (shown: Edition) => giveRegistrationConsent(token, seenEdition(shown)),
    onSuccess: async (opened) => {
      await openSession(queries, opened.me);
      clearDraft();
      void navigate('/home', { replace: true });
    },
    onError: () => void edition.refetch(),
  });
  if (isRefused) return <ConsentRefused onReadAgain={() => setIsRefused(false)} />;
  const shown = edition.data;
  const actions = shown && (
    <div className="pair">
      <Button look="secondary" onClick={() => setIsRefused(true)}>
        {t('consent.refuse')}
      </Button>
      <Button pending={give.isPending} onClick={() => give.mutate(shown)}>
        {t('consent.give')}
      </Button>
    </div>
  );
  return (
    <Screen back="/register/agreement" header={t('consent.header')} actions={actions}>
      <div className="screen__head">
        <PageTitle>{shown?.title ?? t('consent.header')}</PageTitle>
        <p className="screen__lead">{t('consent.lead')}</p>
      </div>
      <Loaded query={edition} blocks={[400]}>
        {(data) => <EditionText edition={data} />}
      </Loaded>
      <ErrorNotice error={give.error} />
    </Screen>
  );
}

function ConsentRefused({ onReadAgain }: { onReadAgain: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = () => {
    clearDraft();
    void navigate('/');
  };
  const actions = (
    <div className="pair">
      <Button look="secondary" onClick={leave}>
        {t('consent.leave')}
      </Button>
      <Button look="secondary" onClick={onReadAgain}>
        {t('consent.readAgain')}
      </Button>
    </div>
  );
  return (
    <Screen back={onReadAgain} header={t('consent.header')} actions={actions}>
      <PageTitle>{t('consent.refusedTitle')}</PageTitle>
      <p className="screen__lead">{t('consent.refusedText')}</p>
      <p>{t('consent.refusedNext')}</p>
    </Screen>
  );
}
