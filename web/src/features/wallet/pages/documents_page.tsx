import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import { NetworkError } from '../../../shared/api/problem';
import type { DocumentCard, DocumentList } from '../../../shared/api/types';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { NeedsLevel } from '../../../shared/session/needs_level';
import { kBlockable } from '../../../shared/session/blocks';
import { useIsOffline } from '../../../shared/session/me';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { BackLine, Screen } from '../../../shared/ui/screen';
import { Skeleton } from '../../../shared/ui/skeleton';
import { kDocumentKinds, useDocuments } from '../api/documents';
import { CardStack } from '../components/card_stack';
import { ChooseDocuments } from '../components/choose_documents';
import { DocumentDetail } from '../components/document_detail';
import { DocumentTrouble } from '../components/document_trouble';
import './documents_page.css';

interface DocumentsPageProps {
  /** The screen that asks for the permission: the privacy room's part. */
  permission: (onGranted: () => void) => ReactNode;
}

export function DocumentsPage({ permission }: DocumentsPageProps) {
  const { t } = useTranslation();
  return (
    <NeedsLevel of="documents" title={t('documents.title')}>
      <OpenDocuments permission={permission} />
    </NeedsLevel>
  );
}

function OpenDocuments({ permission }: DocumentsPageProps) {
  const { t } = useTranslation();
  const documents = useDocuments();
  const isOffline = useIsOffline();
  const list = documents.data;
  if (list === undefined) {
    const isMissingOffline = isOffline && documents.error instanceof NetworkError;
    return (
      <Screen>
        <PageTitle>{t('documents.title')}</PageTitle>
        {isMissingOffline && <p className="screen__lead">{t('documents.emptyOffline')}</p>}
        {documents.error && !isMissingOffline && (
          <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />
        )}
        {!documents.error && <Skeleton blocks={[84, 84, 84]} />}
      </Screen>
    );
  }
  if (list.permission.state !== 'granted' && !isOffline && !hasCards(list)) {
    return permission(() => void documents.refetch());
  }
  return <Cards list={list} isOffline={isOffline} permission={permission} />;
}

function hasCards(list: DocumentList): boolean {
  return list.documents.some((one) => one.state !== 'absent');
}

interface CardsProps extends DocumentsPageProps {
  list: DocumentList;
  isOffline: boolean;
}

function Cards({ list, isOffline, permission }: CardsProps) {
  const { t } = useTranslation();
  const { kind } = useParams();
  const [isAdding, setIsAdding] = useState(false);
  const inOrder = kDocumentKinds.flatMap((one) => list.documents.filter((d) => d.kind === one));
  const cards = inOrder.filter((one) => one.state !== 'absent');
  const absent = inOrder.filter((one) => one.state === 'absent').map((one) => one.kind);
  const open = cards.find((one) => one.kind === kind && isOpenable(one));
  if (isAdding || cards.length === 0) {
    if (list.permission.state !== 'granted') return permission(() => undefined);
    return (
      <ChooseDocuments
        kinds={absent}
        isFirst={cards.length === 0}
        onDone={() => setIsAdding(false)}
      />
    );
  }
  return (
    <Screen wide>
      <div className={`documents ${open ? 'documents--open' : ''}`}>
        <div className="documents__list">
          <div className="documents__head">
            {open ? (
              <h2 className="documents__title">{t('documents.title')}</h2>
            ) : (
              <PageTitle>{t('documents.title')}</PageTitle>
            )}
            {absent.length > 0 && !isOffline && (
              <button type="button" className="link" onClick={() => setIsAdding(true)}>
                {t('documents.add')}
              </button>
            )}
          </div>
          <BlockedNotice needs={kBlockable} />
          <CardStack cards={cards.filter(isOpenable)} openKind={open?.kind} />
          {cards
            .filter((one) => one.state === 'not_found' || one.state === 'unavailable')
            .map((one) => (
              <DocumentTrouble key={one.kind} card={one} />
            ))}
          <p className="documents__note">{t('documents.offlineNote')}</p>
        </div>
        {open && (
          <div className="documents__detail">
            <div className="documents__back">
              <BackLine back="/documents" header={t('documents.title')} />
            </div>
            <DocumentDetail key={open.kind} card={open} isOffline={isOffline} />
          </div>
        )}
      </div>
    </Screen>
  );
}

function isOpenable(card: DocumentCard): boolean {
  return card.state === 'ready' || card.state === 'fetching' || card.number !== undefined;
}
