import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentKind } from '../../../shared/api/types';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { kBlockable } from '../../../shared/session/blocks';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { FieldGroup } from '../../../shared/ui/field';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { kDocumentsKey, requestDocuments } from '../api/documents';
import '../../../shared/ui/rows.css';
import './choose_documents.css';

const kFormId = 'choose-form';

interface ChooseDocumentsProps {
  kinds: DocumentKind[];
  isFirst: boolean;
  onDone: () => void;
}

export function ChooseDocuments({ kinds, isFirst, onDone }: ChooseDocumentsProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<DocumentKind>>(new Set());
  const fields = useFieldErrors<'kinds'>();
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
    fields.forget('kinds');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ kinds: chosen.size === 0 ? t('documents.chooseNone') : undefined });
    if (isFilled && !request.isPending) request.mutate();
  };
  return (
    <Screen
      back={isFirst ? '/home' : onDone}
      header={t('documents.title')}
      actions={
        <Button type="submit" form={kFormId} pending={request.isPending}>
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
      <form id={kFormId} ref={fields.form} onSubmit={submit} noValidate>
        <Kinds kinds={kinds} chosen={chosen} error={fields.of('kinds')} onToggle={toggle} />
      </form>
      <ErrorNotice error={request.error} />
    </Screen>
  );
}

interface KindsProps {
  kinds: DocumentKind[];
  chosen: ReadonlySet<DocumentKind>;
  error: string | undefined;
  onToggle: (kind: DocumentKind) => void;
}

function Kinds({ kinds, chosen, error, onToggle }: KindsProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup
      title={t('documents.chooseTitle')}
      titleHidden
      choice="any"
      error={error}
      className="stack-s"
    >
      <div className="choose">
        {kinds.map((kind) => (
          <label key={kind} className="choose__one">
            <span className={`choose__colour card--${kind}`} />
            <span className="row__words">
              <span className="row__title">{t(`documents.kind.${kind}`)}</span>
              <span className="row__note">{t(`documents.registry.${kind}`)}</span>
            </span>
            <input type="checkbox" checked={chosen.has(kind)} onChange={() => onToggle(kind)} />
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
