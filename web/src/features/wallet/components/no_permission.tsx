import { useTranslation } from 'react-i18next';
import type { Consent } from '../../../shared/api/types';
import { ButtonLink } from '../../../shared/ui/button';
import { Notice } from '../../../shared/ui/notice';

interface NoPermissionProps {
  state: Exclude<Consent['state'], 'granted'>;
}

/** No registry failed: it may not be asked, and the page that gives the consent again is one step away. */
export function NoPermission({ state }: NoPermissionProps) {
  const { t } = useTranslation();
  return (
    <Notice look="attention" title={t('digital_id.noPermission.title')}>
      <p>{t(`digital_id.noPermission.${state}`)}</p>
      <ButtonLink to="/documents">{t('digital_id.noPermission.give')}</ButtonLink>
    </Notice>
  );
}
