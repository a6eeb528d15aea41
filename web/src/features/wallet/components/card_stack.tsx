import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { DocumentCard, DocumentKind } from '../../../shared/api/types';
import { formatCalendarDay } from '../../../shared/i18n/format';
import { useGrouped } from '../../../shared/i18n/grouped';
import { useLanguage } from '../../../shared/i18n/language';
import './card_stack.css';

interface CardStackProps {
  cards: DocumentCard[];
  openKind: DocumentKind | undefined;
}

export function CardStack({ cards, openKind }: CardStackProps) {
  return (
    <ul className="cards">
      {cards.map((card) => (
        <li key={card.kind}>
          <StackedCard card={card} isOpen={card.kind === openKind} />
        </li>
      ))}
    </ul>
  );
}

/** What the corner of a card says: until when, since when no more, or whether the registry calls it valid. */
export function useCardStatus(card: DocumentCard): string {
  const { t } = useTranslation();
  const language = useLanguage();
  if (card.state === 'fetching') return t('documents.fetching');
  if (card.state === 'unavailable') return t('documents.unavailable');
  if (card.registry_status === 'expired' && card.valid_until !== undefined) {
    return t('documents.expiredOn', { day: formatCalendarDay(card.valid_until, language) });
  }
  if (card.registry_status !== undefined && card.registry_status !== 'valid') {
    return t(`documents.status.${card.registry_status}`);
  }
  if (card.valid_until !== undefined) {
    return t('documents.until', { year: card.valid_until.slice(0, 4) });
  }
  return t('documents.status.valid');
}

function StackedCard({ card, isOpen }: { card: DocumentCard; isOpen: boolean }) {
  const { t } = useTranslation();
  const grouped = useGrouped();
  const status = useCardStatus(card);
  const isWaiting = card.state === 'fetching' && card.number === undefined;
  const inside = (
    <>
      <span className="card__head">
        <span className="card__title">{t(`documents.kind.${card.kind}`)}</span>
        <span className="card__status">{status}</span>
      </span>
      <span className="card__number numeric">
        {card.number === undefined ? <span className="card__wait" aria-hidden="true" /> : grouped(card.kind, card.number)}
      </span>
    </>
  );
  if (isWaiting) {
    return (
      <div className={`card card--${card.kind} card--waiting`} role="status">
        {inside}
      </div>
    );
  }
  return (
    <Link
      to={`/documents/${card.kind}`}
      className={`card card--${card.kind}`}
      aria-current={isOpen ? 'true' : undefined}
    >
      {inside}
    </Link>
  );
}
