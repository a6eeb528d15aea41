import { useTranslation } from 'react-i18next';
import { useMe } from '../../../shared/session/me';
import { isFetching, useDocuments } from '../api/documents';

/** One line for the cabinet: how many cards there are. */
export function DocumentsNote() {
  const { t } = useTranslation();
  const access = useMe().assurance.functions.find((one) => one.function === 'documents');
  const list = useDocuments(access?.open ?? false).data;
  if (list === undefined) return <>{'\u00a0'}</>;
  if (isFetching(list)) return <>{t('home.documentsFetching')}</>;
  const count = list.documents.filter((one) => one.number !== undefined).length;
  return <>{count === 0 ? t('home.documentsNone') : t('home.documentsCount', { count })}</>;
}
