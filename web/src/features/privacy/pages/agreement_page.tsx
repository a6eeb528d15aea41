import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router-dom';
import type { Edition, WaitingEdition } from '../../../shared/api/types';
import { seenEdition, useEdition } from '../../../shared/editions/edition';
import { EditionText } from '../../../shared/editions/edition_text';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { acceptAgreement, useEditionChanges, useOwnEditions } from '../api/editions';
import { ClauseChanges } from '../components/clause_changes';

/** A new edition of the agreement: what changed, the whole text, and two ways on: accept or leave. */
export function AgreementPage() {
  const own = useOwnEditions();
  const from = (useLocation().state as { from?: unknown } | null)?.from;
  const back = typeof from === 'string' ? from : '/home';
  return (
    <Loaded query={own} blocks={[60, 300]}>
      {(data) => {
        const waiting = data.waiting[0];
        return waiting === undefined ? <Navigate to={back} replace /> : <Waiting waiting={waiting} />;
      }}
    </Loaded>
  );
}

function Waiting({ waiting }: { waiting: WaitingEdition }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const day = formatDay(waiting.in_force_at, language);
  const edition = useEdition('agreement', String(waiting.number));
  const accept = useMutation({
    mutationFn: (shown: Edition) => acceptAgreement(seenEdition(shown)),
    onSuccess: () => queries.invalidateQueries(),
    onError: () => void queries.invalidateQueries({ queryKey: ['edition'] }),
  });
  const shown = edition.data;
  const actions = shown && (
    <Button pending={accept.isPending} onClick={() => accept.mutate(shown)}>
      {t('newAgreement.accept')}
    </Button>
  );
  return (
    <Screen back={waiting.binds ? undefined : '/home'} actions={actions} wide>
      <div className="screen__head">
        <PageTitle>{t(waiting.binds ? 'newAgreement.title' : 'newAgreement.titleSoon')}</PageTitle>
        <p className="screen__lead">
          {t(waiting.binds ? 'newAgreement.lead' : 'newAgreement.leadSoon', { day })}
        </p>
      </div>
      <Changed number={waiting.number} />
      <details>
        <summary>{t('newAgreement.whole')}</summary>
        <Loaded query={edition} blocks={[300]}>
          {(data) => <EditionText edition={data} />}
        </Loaded>
      </details>
      <ErrorNotice error={accept.error} />
      <Notice title={t('newAgreement.elseTitle')}>
        <p>{t('newAgreement.else')}</p>
        <p className="papers-links">
          <Link to="/account/export">{t('newAgreement.copy')}</Link>
          <Link to="/my-data">{t('myData.title')}</Link>
          <Link to="/requests">{t('newAgreement.requests')}</Link>
          <Link to="/account/deletion">{t('newAgreement.delete')}</Link>
        </p>
      </Notice>
    </Screen>
  );
}

function Changed({ number }: { number: number }) {
  const { t } = useTranslation();
  const changes = useEditionChanges('agreement', number);
  return (
    <section className="stack-s">
      <h2>{t('changes.title')}</h2>
      <Loaded query={changes} blocks={[120]}>
        {(data) => <ClauseChanges data={data} />}
      </Loaded>
    </section>
  );
}
