import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnNumber } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import {
  addNumber,
  makePrimary,
  removeNumber,
  replaceLostNumber,
  replaceNumber,
} from '../api/numbers';
import { NewNumberProof } from './new_number_proof';
import { OwnNumberProof } from './own_number_proof';

export interface Act {
  kind: 'add' | 'replace' | 'lost' | 'primary' | 'remove';
  /** The number it is about; the one to be proven when a number is added. */
  number: OwnNumber;
}

interface NumberActProps {
  act: Act;
  /** The number that must be proven: for a new primary, the one that is primary now. */
  prover: OwnNumber;
  onDone: (kind: Act['kind']) => void;
  onCancel: () => void;
}

function carryOut({ kind, number }: Act, new_token: string, own_token: string): Promise<void> {
  switch (kind) {
    case 'add':
      return addNumber({ new_token, own_token });
    case 'replace':
      return replaceNumber(number.number_id, { new_token, own_token });
    case 'lost':
      return replaceLostNumber(number.number_id, new_token);
    case 'primary':
      return makePrimary(number.number_id, own_token);
    case 'remove':
      return removeNumber(number.number_id, own_token);
  }
}

/** One change of the numbers, step by step: the new number first, then one's own. */
export function NumberAct({ act, prover, onDone, onCancel }: NumberActProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [newToken, setNewToken] = useState<string>();
  const needsNew = act.kind === 'add' || act.kind === 'replace' || act.kind === 'lost';
  const needsOwn = act.kind !== 'lost';
  const proveNew = (token: string) => {
    setNewToken(token);
    if (!needsOwn) change.mutate({ added: token, own: '' });
  };
  const change = useMutation({
    mutationFn: (proofs: { added: string; own: string }) =>
      carryOut(act, proofs.added, proofs.own),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onDone(act.kind);
    },
  });
  return (
    <div className="stack">
      {act.kind === 'primary' && <p>{t('numbers.confirm.primary')}</p>}
      {act.kind === 'lost' && <p>{t('numbers.confirm.lost')}</p>}
      {act.kind === 'remove' && <p>{t('numbers.confirm.remove')}</p>}
      {needsNew && newToken === undefined && <NewNumberProof onProven={proveNew} />}
      {needsNew && newToken !== undefined && (
        <Notice look="good" title={t('numbers.stepNew')} announce />
      )}
      {needsOwn && (!needsNew || newToken !== undefined) && !change.isError && (
        <OwnNumberProof
          number={prover}
          onProven={(own) => change.mutate({ added: newToken ?? '', own })}
        />
      )}
      <ErrorNotice error={change.error} />
      <Button look="secondary" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
