import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { Button } from '../../../shared/ui/button';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { told } from '../../../shared/ui/told';
import { ConsentParts } from './consent_parts';
import './consents.css';

interface ConsentCardProps<Part extends string> {
  title: string;
  children: ReactNode;
  /** What can be taken out one by one; one part or none means that it is given whole. */
  parts: readonly Part[];
  partName: (part: Part) => string;
  partsLegend: string;
  /** What withdrawing means, said before it is done. */
  withdrawText: string;
  onNarrow: (parts: Part[]) => Promise<unknown>;
  /** Absent where it cannot be withdrawn alone. */
  onWithdraw?: (() => Promise<unknown>) | undefined;
}

/** A consent that lives, with the two things its giver can do about it. */
export function ConsentCard<Part extends string>(props: ConsentCardProps<Part>) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'rest' | 'narrow' | 'withdraw'>('rest');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { onWithdraw, parts, title } = props;
  const done = async (words: string) => {
    setMode('rest');
    await queries.invalidateQueries();
    await navigate('/consents', { replace: true, ...told(words) });
  };
  const withdraw = useMutation({
    mutationFn: async () => props.onWithdraw?.(),
    onSuccess: () => done(t('myConsents.told.withdrawn', { title })),
  });
  return (
    <li className="consent-card">
      <h3>{title}</h3>
      {props.children}
      {mode === 'narrow' ? (
        <NarrowForm {...props} onDone={() => done(t('myConsents.told.narrowed', { title }))} onCancel={() => setMode('rest')} />
      ) : (
        <div className="consent-card__acts">
          {parts.length > 1 && (
            <Button
              look="secondary"
              aria-label={`${t('myConsents.narrow')}: ${title}`}
              onClick={() => setMode('narrow')}
            >
              {t('myConsents.narrow')}
            </Button>
          )}
          {onWithdraw !== undefined && (
            <Button
              look="secondary"
              aria-label={`${t('myConsents.withdraw')}: ${title}`}
              onClick={() => setMode('withdraw')}
            >
              {t('myConsents.withdraw')}
            </Button>
          )}
        </div>
      )}
      {mode === 'withdraw' && (
        <ConfirmDialog
          title={t('myConsents.withdrawTitle')}
          text={props.withdrawText}
          confirm={t('myConsents.withdraw')}
          pending={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate()}
          onClose={() => setMode('rest')}
        />
      )}
    </li>
  );
}

type NarrowFormProps<Part extends string> = ConsentCardProps<Part> & {
  onDone: () => Promise<void>;
  onCancel: () => void;
};

function NarrowForm<Part extends string>(props: NarrowFormProps<Part>) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Part[]>([...props.parts]);
  const narrow = useMutation({ mutationFn: () => props.onNarrow(chosen), onSuccess: props.onDone });
  return (
    <form
      className="stack-s"
      onSubmit={(event) => {
        event.preventDefault();
        narrow.mutate();
      }}
    >
      <ConsentParts
        legend={props.partsLegend}
        parts={props.parts}
        chosen={chosen}
        name={props.partName}
        onChange={setChosen}
      />
      <p className="small soft">{t('myConsents.narrowNote')}</p>
      <ErrorNotice error={narrow.error} />
      <div className="pair">
        <Button look="secondary" onClick={props.onCancel}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" pending={narrow.isPending}>
          {t('myConsents.narrowDo')}
        </Button>
      </div>
    </form>
  );
}
