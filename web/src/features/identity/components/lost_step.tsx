import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../../shared/ui/button';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';

/** The tab was reloaded in the middle: nothing was kept, so say it and begin again. */
export function LostStep() {
  const { t } = useTranslation();
  return (
    <Screen actions={<ButtonLink to="/register">{t('code.restart')}</ButtonLink>}>
      <PageTitle>{t('registration.lostTitle')}</PageTitle>
      <p className="screen__lead">{t('registration.lostText')}</p>
    </Screen>
  );
}
