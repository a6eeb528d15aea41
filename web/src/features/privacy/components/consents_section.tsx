import { useTranslation } from 'react-i18next';
import { PageIcon } from '../../../shared/ui/icons';
import { RowLink, Rows } from '../../../shared/ui/rows';

/** On the profile: where all consents are. */
export function ConsentsSection() {
  const { t } = useTranslation();
  return (
    <section className="stack-s">
      <h2>{t('consents.title')}</h2>
      <Rows>
        <RowLink
          to="/consents"
          icon={<PageIcon />}
          title={t('consents.open')}
          note={t('consents.openNote')}
        />
      </Rows>
    </section>
  );
}
