import { useTranslation } from 'react-i18next';
import { Notice } from '../../../shared/ui/notice';

const kWords = {
  'provider.refused_by_person': 'access_denied',
  'provider.account_not_trusted': 'not_trusted',
  'provider.belongs_to_other_account': 'already_linked',
  'provider.other_person': 'other_person',
  'provider.no_account_here': 'no_account',
  'provider.flow_unknown': 'state',
  'provider.unavailable': 'unavailable',
} as const;

type Words = (typeof kWords)[keyof typeof kWords] | 'other';

/** Our words for the reason the server came back with. */
export function providerProblemKey(reason: string): Words {
  const known = new Map<string, Words>(Object.entries(kWords));
  // client.*: the provider was not reached at all.
  return known.get(reason) ?? (reason.startsWith('client.') ? 'unavailable' : 'other');
}

export function ProviderProblem({ reason, title }: { reason: string; title: string }) {
  const { t } = useTranslation();
  return (
    <Notice look="attention" title={title} announce>
      <p>{t(`level.problem.${providerProblemKey(reason)}`)}</p>
    </Notice>
  );
}
