import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { Edition } from '../api/types';
import { formatDay } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { Markdown } from './markdown';
import './edition_text.css';

/** Which edition this is, and its whole text on a sheet. */
export function EditionText({ edition, link = true }: { edition: Edition; link?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = formatDay(edition.in_force_at, language);
  return (
    <article className="edition" lang={edition.language}>
      <p className="edition__number">{t('edition.number', { number: edition.number, day })}</p>
      <Markdown source={edition.text} skipTitle={edition.title} />
      {link && (
        <p className="small">
          <Link to={`/editions/${edition.kind}/${edition.number}`} target="_blank" rel="noopener">
            {t('edition.permanent')}
            <span className="visually-hidden"> ({t('app.newTab')})</span>
          </Link>
        </p>
      )}
    </article>
  );
}
