import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import type { DocumentCard, DocumentField } from '../../../shared/api/types';
import { formatCalendarDay, formatMoment } from '../../../shared/i18n/format';
import { useGrouped } from '../../../shared/i18n/grouped';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact } from '../../../shared/ui/rows';
import { kDocumentsKey, putCard, refreshDocument, removeDocument } from '../api/documents';
import { useCardStatus } from './card_stack';
import { CopyNumber } from './copy_number';
import { Portrait } from './portrait';
import './document_detail.css';

interface DocumentDetailProps {
  card: DocumentCard;
  isOffline: boolean;
}

export function DocumentDetail({ card, isOffline }: DocumentDetailProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const grouped = useGrouped();
  const status = useCardStatus(card);
  const title = t(`documents.kind.${card.kind}`);
  return (
    <article className="document">
      <div className={`document__face card--${card.kind}`}>
        <PageTitle tab={title}>{title}</PageTitle>
        <p>{status}</p>
        {card.number !== undefined && <CopyNumber number={card.number} shown={grouped(card.kind, card.number)} />}
        {card.has_portrait === true && <Portrait />}
      </div>
      {card.registry_status === 'expired' && (
        <Notice look="attention">
          <p>{t('documents.expiredAdvice')}</p>
        </Notice>
      )}
      <dl className="facts">
        {fieldsOf(card)
          .map((field) => (
            <DocumentFact key={field.name} field={field} />
          ))}
      </dl>
      {card.received_at !== undefined && (
        <p className="soft small">
          {t('documents.received', { moment: formatMoment(card.received_at, language) })}
        </p>
      )}
      {!isOffline && <DocumentActions card={card} />}
    </article>
  );
}

/** What the registry told, with the end of validity even where the record of it stands apart. */
function fieldsOf(card: DocumentCard): DocumentField[] {
  const fields = (card.fields ?? []).filter(({ name }) => name !== 'number' || card.number === undefined);
  const isSaid = card.valid_until === undefined || fields.some(({ name }) => name === 'valid_until');
  return isSaid ? fields : [...fields, { name: 'valid_until', value: card.valid_until ?? '' }];
}

const kFields = [
  'number',
  'series',
  'issue_date',
  'issued_by',
  'issue_id',
  'full_name',
  'birth_date',
  'birth_place',
  'sex',
  'categories',
  'insurer',
  'valid_until',
] as const;

function DocumentFact({ field }: { field: DocumentField }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const known = kFields.find((name) => name === field.name);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(field.value);
  const isSex = known === 'sex' && (field.value === 'F' || field.value === 'M');
  const value = () => {
    if (isDay) return formatCalendarDay(field.value, language);
    if (isSex) return t(field.value === 'F' ? 'documents.sex.F' : 'documents.sex.M');
    return field.value;
  };
  return (
    <Fact name={known ? t(`documents.field.${known}`) : field.name}>
      <span className="numeric">{value()}</span>
    </Fact>
  );
}

function DocumentActions({ card }: { card: DocumentCard }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const refresh = useMutation({
    mutationFn: () => refreshDocument(card.kind),
    onSuccess: (news) => putCard(queries, news),
  });
  const remove = useMutation({
    mutationFn: () => removeDocument(card.kind),
    onSuccess: async () => {
      putCard(queries, { kind: card.kind, state: 'absent' });
      void navigate('/documents', { replace: true });
      await queries.invalidateQueries({ queryKey: kDocumentsKey });
    },
  });
  const isBusy = refresh.isPending || card.state === 'fetching';
  return (
    <>
      <div className="pair">
        <Button look="secondary" onClick={() => setIsAsking(true)}>
          {t('documents.remove')}
        </Button>
        <Button look="secondary" pending={isBusy} onClick={() => refresh.mutate()}>
          {t(isBusy ? 'documents.refreshing' : 'documents.refresh')}
        </Button>
      </div>
      <ErrorNotice error={refresh.error} />
      {isAsking && (
        <ConfirmDialog
          title={t('documents.removeTitle')}
          text={t('documents.removeText')}
          confirm={t('documents.remove')}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
