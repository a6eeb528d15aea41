import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentCard } from '../../../shared/api/types';
import { formatMoment, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { AlertIcon } from '../../../shared/ui/icons';
import { putCard, refreshDocument } from '../api/documents';
import './document_trouble.css';

/** One registry has no such document or does not answer: said for this document alone. */
export function DocumentTrouble({ card }: { card: DocumentCard }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => refreshDocument(card.kind),
    onSuccess: (news) => putCard(queries, news),
  });
  const words = t(retry.isPending ? 'documents.fetching' : 'common.retry');
  return (
    <section className="trouble">
      <span className="trouble__icon">
        <AlertIcon size={22} />
      </span>
      <div className="trouble__words">
        <h2>{t(`documents.kind.${card.kind}`)}</h2>
        {card.state === 'not_found' ? <NotFoundWords card={card} /> : <UnavailableWords card={card} />}
        <button
          type="button"
          className="link"
          aria-label={`${words}: ${t(`documents.kind.${card.kind}`)}`}
          aria-disabled={retry.isPending}
          onClick={() => !retry.isPending && retry.mutate()}
        >
          {words}
        </button>
        <ErrorNotice error={retry.error} />
      </div>
    </section>
  );
}

function NotFoundWords({ card }: { card: DocumentCard }) {
  const { t } = useTranslation();
  const registry = t(`documents.registry.${card.kind}`);
  return (
    <>
      <p className="trouble__what">{t('documents.not_found')}</p>
      <p className="soft small">
        {t('documents.not_foundText', { registry: registry[0]?.toUpperCase() + registry.slice(1) })}
      </p>
    </>
  );
}

function UnavailableWords({ card }: { card: DocumentCard }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { problem, next_attempt_at, received_at } = card;
  const next = next_attempt_at
    ? t('documents.nextAttempt', { time: formatTime(next_attempt_at, language) })
    : '';
  return (
    <>
      <p className="trouble__what">
        {problem ? t(`documents.unavailableWhy.${problem}`) : t('documents.unavailable')}
      </p>
      <p className="soft small">{t('documents.unavailableText', { next })}</p>
      {received_at && (
        <p className="soft small">
          {t('documents.keptFrom', { moment: formatMoment(received_at, language) })}
        </p>
      )}
    </>
  );
}
