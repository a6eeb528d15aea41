import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Chip } from '../../../shared/ui/chip';
import { Notice } from '../../../shared/ui/notice';
import { acceptRoot, type Trust } from '../api/trust';

/** How old the list of issuers is, and whether the network is there. */
export function ListAge({ trust }: { trust: Trust | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (trust?.state !== 'ready') return trust ? <Chip look="calm">{t('check.listNone')}</Chip> : null;
  const moment = formatMoment(trust.fetched_at_ms, language);
  return (
    <Chip look={trust.isOffline ? 'calm' : 'good'}>
      {t(trust.isOffline ? 'check.listOffline' : 'check.list', { moment })}
    </Chip>
  );
}

/** Why there can be no checking now. */
export function TrustNotice({ trust }: { trust: Trust | undefined }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  if (trust === undefined || trust.state === 'ready') return null;
  if (trust.state === 'root_changed') {
    const accept = async () => {
      await acceptRoot(trust.root);
      await queries.invalidateQueries({ queryKey: ['trust'] });
    };
    return (
      <Notice look="attention" announce>
        <p>{t('check.rootChanged')}</p>
        <button type="button" className="link" onClick={() => void accept()}>
          {t('check.rootAccept')}
        </button>
      </Notice>
    );
  }
  const words = {
    none: 'check.listNoneText',
    expired: 'check.listExpired',
    bad: 'check.listBad',
    clock_behind: 'check.clockBehind',
  } as const;
  return (
    <Notice look="attention" announce>
      <p>{t(words[trust.state])}</p>
    </Notice>
  );
}
