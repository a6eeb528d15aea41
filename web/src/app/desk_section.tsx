import { useTranslation } from 'react-i18next';
import { useRoles } from '../shared/session/roles';
import { PageIcon } from '../shared/ui/icons';
import { RowLink, Rows } from '../shared/ui/rows';

/** What staff come here for, apart from what they are citizens for. */
export function DeskSection() {
  const { t } = useTranslation();
  const roles = useRoles().data?.roles ?? [];
  if (roles.length === 0) return null;
  return (
    <section className="stack-s">
      <h2>{t('deskRows.title')}</h2>
      <Rows>
        {roles.includes('data_protection_officer') && (
          <>
            <RowLink to="/desk/requests" icon={<PageIcon />} title={t('deskRows.requests')} note={t('deskRows.requestsNote')} />
            <RowLink to="/desk/disputes" icon={<PageIcon />} title={t('deskRows.disputes')} note={t('deskRows.disputesNote')} />
          </>
        )}
        {roles.includes('registrar') && (
          <RowLink to="/desk/relying-parties" icon={<PageIcon />} title={t('deskRows.parties')} note={t('deskRows.partiesNote')} />
        )}
      </Rows>
    </section>
  );
}
