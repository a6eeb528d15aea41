import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { formatDay } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { Notice } from '../ui/notice';
import { useBlocks, type Blockable } from './blocks';

/** Where a page needs data that are blocked: why it will refuse, and the way to the page that lifts it. */
export function BlockedNotice({ needs }: { needs: readonly Blockable[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { pathname } = useLocation();
  const blocks = useBlocks().data?.blocks.filter((one) => needs.includes(one.category)) ?? [];
  if (blocks.length === 0) return null;
  return (
    <Notice look="attention" title={t('blocked.title')}>
      <ul className="dashes">
        {blocks.map((one) => (
          <li key={one.category}>
            {t('blocked.since', {
              what: t(`blocked.what.${one.category}`),
              day: formatDay(one.blocked_at, language),
            })}
          </li>
        ))}
      </ul>
      <p>{t('blocked.text')}</p>
      <p>
        <Link to="/my-data/blocks" state={{ from: pathname }}>
          {t('blocked.lead')}
        </Link>
      </p>
    </Notice>
  );
}
