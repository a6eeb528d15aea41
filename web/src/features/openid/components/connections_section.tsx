import { useTranslation } from 'react-i18next';
import { DevicesIcon, PageIcon } from '../../../shared/ui/icons';
import { RowLink, Rows } from '../../../shared/ui/rows';

export function ConnectionsSection() {
  const { t } = useTranslation();
  return (
    <section className="stack-s">
      <h2>{t('connections.title')}</h2>
      <Rows>
        <RowLink to="/connections" icon={<PageIcon />} title={t('connections.open')} note={t('connections.openNote')} />
        <RowLink to="/device" icon={<DevicesIcon />} title={t('connections.device')} note={t('connections.deviceNote')} />
      </Rows>
    </section>
  );
}
