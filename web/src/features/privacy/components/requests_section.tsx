import { useTranslation } from 'react-i18next';
import { MessageIcon } from '../../../shared/ui/icons';
import { RowLink, Rows } from '../../../shared/ui/rows';

export function RequestsSection() {
  const { t } = useTranslation();
  return (
    <section className="stack-s">
      <h2>{t('requests.title')}</h2>
      <Rows>
        <RowLink to="/requests" icon={<MessageIcon />} title={t('requests.open')} note={t('requests.openNote')} />
      </Rows>
    </section>
  );
}
