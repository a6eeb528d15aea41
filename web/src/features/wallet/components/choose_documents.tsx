import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentKind } from '../../../shared/api/types';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { kBlockable } from '../../../shared/session/blocks';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { kDocumentsKey, requestDocuments } from '../api/documents';
import '../../../shared/ui/rows.css';
import './choose_documents.css';

interface ChooseDocumentsProps {
  kinds: DocumentKind[];
  isFirst: boolean;
  onDone: () => void;
}

export function ChooseDocuments({ kinds, isFirst, onDone }: ChooseDocumentsProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<DocumentKind>>(new Set());
  const [isEmpty, setIsEmpty] = useState(false);
  const request = useMutation({
    mutationFn: () => requestDocuments(kinds.filter((kind) => chosen.has(kind))),
    onSuccess: (list) => {
      queries.setQueryData(kDocumentsKey, list);
      onDone();
    },
  });
  const toggle = (kind: DocumentKind) => {
    const next = new Set(chosen);
    if (!next.delete(kind)) next.add(kind);
    setChosen(next);
    setIsEmpty(false);
  };
  const submit = () => {
    setIsEmpty(chosen.size === 0);
    if (chosen.size > 0) request.mutate();
  };
  return (
    <Screen
      back={isFirst ? '/home' : onDone}
      header={t('documents.title')}
      actions={
        <Button pending={request.isPending} onClick={submit}>
          {t('documents.request')}
        </Button>
      }
    >
      <div className="screen__head">
        <PageTitle>{t(isFirst ? 'documents.emptyTitle' : 'documents.chooseTitle')}</PageTitle>
        <p className="screen__lead">
          {t(isFirst ? 'documents.emptyText' : 'documents.chooseLead')}
        </p>
      </div>
      <BlockedNotice needs={kBlockable} />
      <fieldset className="choose">
        <legend className="visually-hidden">{t('documents.chooseTitle')}</legend>
        {kinds.map((kind) => (
          <label key={kind} className="choose__one">
            <span className={`choose__colour card--${kind}`} />
            <span className="row__words">
              <span className="row__title">{t(`documents.kind.${kind}`)}</span>
              <span className="row__note">{t(`documents.registry.${kind}`)}</span>
            </span>
            <input type="checkbox" checked={chosen.has(kind)} onChange={() => toggle(kind)} />
          </label>
        ))}
      </fieldset>
      {isEmpty && (
        <p className="field__error" role="alert">
          {t('documents.chooseNone')}
        </p>
      )}
      <ErrorNotice error={request.error} />
    </Screen>
  );
}
