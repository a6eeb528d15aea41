import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import type { DeskDisputeDetail } from '../../../shared/api/types';
import { formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { NeedsRole } from '../../../shared/session/needs_role';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { kDisputesKey, useDeskDispute } from '../api/disputes';
import { DisputeAnswerForm } from '../components/dispute_answer_form';
import { useEntryWords } from '../components/entry_words';
import { RawRecord } from '../components/record_details';
import { parseRecord } from '../record';
import './desk_disputes.css';

export function DeskDisputePage() {
  return (
    <NeedsRole of="data_protection_officer">
      <OneDispute />
    </NeedsRole>
  );
}

function OneDispute() {
  const { t } = useTranslation();
  const { entryId = '' } = useParams();
  const dispute = useDeskDispute(entryId);
  return (
    <Screen back="/desk/disputes" header={t('disputeDesk.title')} wide>
      <Loaded query={dispute} blocks={[60, 200]}>
        {(data) => <Work dispute={data} />}
      </Loaded>
    </Screen>
  );
}

function Work({ dispute }: { dispute: DeskDisputeDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  return (
    <>
      <div className="screen__head">
        <PageTitle>{t(`who.reason.${dispute.reason}`)}</PageTitle>
        <p>{t('disputeDesk.since', { day: formatDay(dispute.disputed_at, language) })}</p>
        <p className="soft small">{t('disputeDesk.recorded')}</p>
      </div>
      <section className="stack-s">
        <h2>{t('disputeDesk.entry')}</h2>
        <EntryFacts dispute={dispute} />
        {dispute.record !== undefined && <RawRecord text={dispute.record} />}
      </section>
      {dispute.own && <Notice title={t('disputeDesk.own')} />}
      {dispute.answered_at === undefined && !dispute.own && (
        <DisputeAnswerForm
          entryId={dispute.entry_id}
          onDone={() => void queries.invalidateQueries({ queryKey: kDisputesKey })}
        />
      )}
      {dispute.outcome !== undefined && dispute.answered_at !== undefined && (
        <section className="stack-s">
          <h2>{t('disputeDesk.answer')}</h2>
          <p>
            {t('disputeDesk.answeredAt', { day: formatDay(dispute.answered_at, language) })}.{' '}
            {t(`disputeDesk.outcome.${dispute.outcome}`)}
          </p>
          {dispute.answer !== undefined && <p className="dispute-answer">{dispute.answer}</p>}
        </section>
      )}
    </>
  );
}

function EntryFacts({ dispute }: { dispute: DeskDisputeDetail }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useEntryWords();
  const record = dispute.record === undefined ? undefined : parseRecord(dispute.record);
  if (!record) return <p>{t('disputeDesk.gone')}</p>;
  const when = `${formatDay(record.time, language)}, ${formatTime(record.time, language)}`;
  const seen = words.data(record);
  return (
    <dl className="facts">
      <Fact name={t('disputeDesk.when')}>{when}</Fact>
      <Fact name={t('disputeDesk.who')}>{words.who(record, dispute)}</Fact>
      <Fact name={t('disputeDesk.why')}>{words.why(record)}</Fact>
      {seen !== '' && <Fact name={t('disputeDesk.whatSeen')}>{seen}</Fact>}
    </dl>
  );
}
