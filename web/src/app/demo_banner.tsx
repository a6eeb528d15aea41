import { useTranslation } from 'react-i18next';
import { useConfiguration } from '../shared/api/configuration';
import { useDemoNumber } from '../shared/session/demo_number';

/** Only in a demonstration: the way to the page that plays the citizen's phone. */
export function DemoBanner() {
  const { t } = useTranslation();
  const address = useConfiguration().data?.demo_phone_url;
  const number = useDemoNumber();
  if (address === undefined) return null;
  const url = new URL(address, window.location.href);
  if (number !== '') url.searchParams.set('number', number);
  return (
    <a className="demo-banner" href={url.href} target="_blank" rel="noopener">
      {t('app.demo')}
      <span className="visually-hidden"> ({t('app.newTab')})</span>
    </a>
  );
}
