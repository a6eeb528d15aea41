import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { useEmail } from '../../../shared/session/email';
import { Notice } from '../../../shared/ui/notice';

/** Said where letters are chosen and there is no confirmed address they could go to. */
export function NoEmailNotice() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const email = useEmail().data;
  if (email === undefined || (email.available && email.confirmed !== undefined)) return null;
  const { available, pending } = email;
  const why = available ? (pending === undefined ? 'text' : 'pending') : 'off';
  return (
    <Notice look="attention" title={t('myConsents.noEmail.title')} announce>
      <p>{t(`myConsents.noEmail.${why}`, { address: pending?.email_masked ?? '' })}</p>
      {available && (
        <Link to="/account/email" state={{ from: pathname }}>
          {t('myConsents.noEmail.lead')}
        </Link>
      )}
    </Notice>
  );
}
