import { useTranslation } from 'react-i18next';
import { Notice } from '../../../shared/ui/notice';

const kWords = [
  ['access_denied', /denied|refused/],
  ['not_trusted', /not_trusted|untrusted|not_verified/],
  ['other_person', /other_person|differs|mismatch_person|another/],
  ['already_linked', /already|linked|taken|in_use/],
  ['no_account', /no_account|not_linked|account_unknown|unknown_account/],
  ['state', /state|expired|unknown|replayed|used/],
  ['unavailable', /unavailable|timeout|unreachable|discovery|open/],
] as const;

/** Our words for the reason the server came back with. */
export function providerProblemKey(reason: string) {
  return kWords.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'other';
}

export function ProviderProblem({ reason, title }: { reason: string; title: string }) {
  const { t } = useTranslation();
  return (
    <Notice look="attention" title={title} announce>
      <p>{t(`level.problem.${providerProblemKey(reason)}`)}</p>
    </Notice>
  );
}
