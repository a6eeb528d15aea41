import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Fact } from '../../../shared/ui/rows';
import { Screen } from '../../../shared/ui/screen';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import { lookUpReceipt } from '../api/deletion';
import './receipt_page.css';

const kFormId = 'receipt-form';
const kReasons = { 'receipt.malformed': 'number', 'receipt.unknown': 'number' } as const;

/** What became of a deletion, for whoever holds its number; no account is needed. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const [number, setNumber] = useState('');
  const ask = useMutation({ mutationFn: () => lookUpReceipt(number) });
  const fields = useFieldErrors(ask.error, kReasons);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFilled = fields.check({ number: number.trim() === '' ? t('receipt.empty') : undefined });
    if (isFilled && !ask.isPending) ask.mutate();
  };
  return (
    <Screen
      back="/"
      actions={
        <Button type="submit" form={kFormId} pending={ask.isPending}>
          {t('receipt.submit')}
        </Button>
      }
    >
      <div className="screen__head">
        <PageTitle>{t('receipt.title')}</PageTitle>
        <p className="screen__lead">{t('receipt.lead')}</p>
      </div>
      <form id={kFormId} ref={fields.form} className="stack" onSubmit={submit} noValidate>
        <TextField
          label={t('receipt.label')}
          hint={t('receipt.hint')}
          error={fields.of('number')}
          name="receipt"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={64}
          value={number}
          onChange={(event) => {
            setNumber(event.target.value);
            fields.forget('number');
          }}
        />
      </form>
      <ErrorNotice error={fields.rest} />
      {ask.data && <Answer receipt={ask.data} />}
    </Screen>
  );
}

function Answer({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, erases_at, ended_at, report, report_sha256 } = receipt;
  const day = formatDay(ended_at ?? erases_at, language);
  return (
    <Notice
      look={state === 'erased' ? 'good' : 'calm'}
      title={t(`receipt.state.${state}`, { day })}
      announce
    >
      {report && (
        <dl className="facts">
          <Fact name={t('receipt.erased')}>{rowsOf(report.erased)}</Fact>
          <Fact
            name={t('receipt.kept')}
            note={t('receipt.keptUntil', {
              day: formatDay(report.kept_until ?? erases_at, language),
              basis: report.kept_basis ?? '',
            })}
          >
            {rowsOf(report.kept)}
          </Fact>
          <Fact name={t('receipt.digest')}>
            <span className="receipt__digest">{report_sha256}</span>
          </Fact>
        </dl>
      )}
    </Notice>
  );
}

function rowsOf(counts: { rows: number }[]): number {
  return counts.reduce((sum, one) => sum + one.rows, 0);
}
