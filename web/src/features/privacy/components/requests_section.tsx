import { useTranslation } from 'react-i18next';
import { useRoles } from '../../../shared/session/roles';
import { MessageIcon, PageIcon } from '../../../shared/ui/icons';
import { RowLink, Rows } from '../../../shared/ui/rows';

export function RequestsSection() {
  const { t } = useTranslation();
  const isOfficer = useRoles().data?.roles.includes('data_protection_officer') ?? false;
  return (
    <section className="stack-s">
      <h2>{t('requests.title')}</h2>
      <Rows>
        <RowLink to="/requests" icon={<MessageIcon />} title={t('requests.open')} note={t('requests.openNote')} />
        {isOfficer && (
          <RowLink to="/desk/requests" icon={<PageIcon />} title={t('requests.desk')} note={t('requests.deskNote')} />
        )}
        {isOfficer && (
          <RowLink to="/desk/disputes" icon={<PageIcon />} title={t('requests.disputes')} note={t('requests.deskNote')} />
        )}
      </Rows>
    </section>
  );
}
