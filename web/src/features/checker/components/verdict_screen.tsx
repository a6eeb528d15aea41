import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyResult } from '../../../shared/api/types';
import type { CheckResult, Verdict } from '../../../shared/digital_id/check_code';
import { Button } from '../../../shared/ui/button';
import { AlertIcon, CheckIcon, ClockIcon, CrossIcon } from '../../../shared/ui/icons';
import { PageTitle } from '../../../shared/ui/page_title';
import { verifyOnline } from '../api/verify';
import { mergeVerdicts } from '../merge_verdicts';
import { VerdictFacts } from './verdict_facts';
import './verdict_screen.css';

type Look = 'yes' | 'no' | 'late' | 'bad' | 'unread';

const kLooks: Record<Verdict, Look> = {
  yes: 'yes',
  no: 'no',
  expired: 'late',
  not_yet_valid: 'late',
  forged: 'bad',
  unknown_issuer: 'bad',
  revoked: 'bad',
  malformed: 'unread',
};

const kVibrations: Record<Look, number[]> = {
  yes: [90],
  no: [200, 100, 200],
  late: [120, 80, 120, 80, 120],
  bad: [600],
  unread: [60, 60, 60],
};

const kShortWords = 8;

interface VerdictScreenProps {
  text: string;
  result: CheckResult;
  age: ReactNode;
  onNext: () => void;
}

/** The answer on the whole screen: by colour, by sign, by words, by vibration and aloud. */
export function VerdictScreen({ text, result: own, age, onNext }: VerdictScreenProps) {
  const { t } = useTranslation();
  const isAnswer = own.verdict === 'yes' || own.verdict === 'no';
  const online = useQuery<VerifyResult>({
    enabled: isAnswer,
    queryKey: ['checked', 'verify', text],
    queryFn: () => verifyOnline(text),
    retry: false,
    staleTime: Infinity,
  });
  const result = mergeVerdicts(own, online.data);
  const { verdict } = result;
  const look = kLooks[verdict];
  const words = useVerdictWords(result);
  useEffect(() => {
    if ('vibrate' in navigator) navigator.vibrate(kVibrations[look]);
  }, [look]);
  return (
    <div className={`verdict verdict--${look}`}>
      <div className="verdict__top">
        <span>{t('check.title')}</span>
        {age}
      </div>
      <div className="verdict__main" data-short={words.length <= kShortWords ? '' : undefined}>
        <VerdictSign look={look} />
        <PageTitle key={verdict}>{words}</PageTitle>
        {result.shown_seconds_ago !== undefined && (
          <p>{t('check.issued', { count: result.shown_seconds_ago })}</p>
        )}
        <p className="visually-hidden" role="alert">
          {t('check.announce', { result: words })}
        </p>
      </div>
      <div className="verdict__sheet">
        {verdict !== 'yes' && verdict !== 'no' && <p>{t(`check.note.${verdict}`)}</p>}
        {(verdict === 'yes' || verdict === 'no') && (
          <VerdictFacts text={text} result={result} online={online} />
        )}
        <Button onClick={onNext}>{t('check.next')}</Button>
      </div>
    </div>
  );
}

function useVerdictWords({ verdict, question }: CheckResult): string {
  const { t } = useTranslation();
  const words = t(`check.verdict.${verdict}`);
  if (question === undefined || (verdict !== 'yes' && verdict !== 'no')) return words;
  if (question === 'identity') return t('check.identityYes');
  const asked = t(`check.asked.${question}`);
  return question === 'age_over_18' ? `${asked} ${words}` : `${asked}: ${words}`;
}

function VerdictSign({ look }: { look: Look }) {
  const Sign = { yes: CheckIcon, no: CrossIcon, late: ClockIcon, bad: AlertIcon, unread: AlertIcon }[
    look
  ];
  return (
    <span className="verdict__sign">
      <Sign size={64} />
    </span>
  );
}
