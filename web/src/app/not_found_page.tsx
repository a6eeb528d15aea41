import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../shared/ui/button';
import { PageTitle } from '../shared/ui/page_title';
import { Screen } from '../shared/ui/screen';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Screen actions={<ButtonLink to="/">{t('error.toHome')}</ButtonLink>}>
      <PageTitle>{t('error.notFoundTitle')}</PageTitle>
      <p className="screen__lead">{t('error.notFoundText')}</p>
    </Screen>
  );
}
