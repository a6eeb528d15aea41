import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NumberList, OwnNumber } from '../../../shared/api/types';
import { formatDay, formatMoment } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { Button } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { cancelNumberChange, kNumbersKey, useNumbers } from '../api/numbers';
import { NumberAct, type Act } from '../components/number_act';
import './sessions_page.css';

export function NumbersPage() {
  const { t } = useTranslation();
  const numbers = useNumbers();
  return (
    <Screen back="/profile">
      <div className="screen__head">
        <PageTitle>{t('numbers.title')}</PageTitle>
        <p className="screen__lead">{t('numbers.lead')}</p>
      </div>
      <BlockedNotice needs={['profile']} />
      <Loaded query={numbers} blocks={[110, 110]}>
        {(list) => <Numbers list={list} />}
      </Loaded>
    </Screen>
  );
}

function Numbers({ list }: { list: NumberList }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act>();
  const [done, setDone] = useState<Act['kind']>();
  const primary = list.numbers.find((one) => one.primary);
  if (primary === undefined) return null;
  const begin = (next: Act) => {
    setDone(undefined);
    setAct(next);
  };
  const panelOf = (number: OwnNumber) =>
    act && act.kind !== 'add' && act.number.number_id === number.number_id ? act : undefined;
  const panel = (shown: Act) => (
    <NumberAct
      key={shown.kind + shown.number.number_id}
      act={shown}
      prover={shown.kind === 'replace' ? shown.number : primary}
      onCancel={() => setAct(undefined)}
      onDone={(kind) => {
        setAct(undefined);
        setDone(kind);
      }}
    />
  );
  return (
    <>
      {done !== undefined && <Notice look="good" title={t(`numbers.done.${done}`)} announce />}
      {list.pending && <Pending pending={list.pending} />}
      <ul className="sessions">
        {list.numbers.map((number) => {
          const shown = panelOf(number);
          return (
            <li key={number.number_id} className="session">
              <NumberHead number={number} />
              {shown ? panel(shown) : <NumberButtons number={number} onAct={begin} />}
            </li>
          );
        })}
      </ul>
      {act?.kind === 'add' && panel(act)}
      {act === undefined && (
        <Button onClick={() => begin({ kind: 'add', number: primary })}>{t('numbers.add')}</Button>
      )}
    </>
  );
}

function NumberHead({ number }: { number: OwnNumber }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <div className="session__head">
        <h2 className="numeric nowrap">{number.phone_masked}</h2>
        {number.primary && <Chip>{t('numbers.primary')}</Chip>}
      </div>
      <p className="soft small">
        {t('numbers.since', { day: formatDay(number.confirmed_at, language) })}
      </p>
    </>
  );
}

function NumberButtons({ number, onAct }: { number: OwnNumber; onAct: (act: Act) => void }) {
  const { t } = useTranslation();
  const button = (kind: Act['kind'], words: string) => (
    <button type="button" className="link" onClick={() => onAct({ kind, number })}>
      {words}
    </button>
  );
  return (
    <div className="stack-s">
      {button('replace', t('numbers.replace'))}
      {button('lost', t('numbers.lost'))}
      {!number.primary && button('primary', t('numbers.makePrimary'))}
      {!number.primary && button('remove', t('numbers.remove'))}
    </div>
  );
}

function Pending({ pending }: { pending: NonNullable<NumberList['pending']> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: cancelNumberChange,
    onSuccess: () => queries.invalidateQueries({ queryKey: kNumbersKey }),
  });
  const moment = formatMoment(pending.applies_at, language);
  return (
    <Notice
      look="attention"
      title={t('numbers.pending', { phone: pending.phone_masked, moment })}
    >
      <p>{t('numbers.pendingNote')}</p>
      <Button look="secondary" pending={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('numbers.pendingCancel')}
      </Button>
      <ErrorNotice error={cancel.error} />
    </Notice>
  );
}
