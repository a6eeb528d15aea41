import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';

export function Footer() {
  const { t } = useTranslation();
  return (
    <footer className="foot">
      <Link to="/check">{t('app.footer.check')}</Link>
      <Link to="/editions/agreement">{t('app.footer.agreement')}</Link>
      <Link to="/editions/policy">{t('app.footer.policy')}</Link>
      <Link to="/processing">{t('app.footer.processing')}</Link>
    </footer>
  );
}
