import { useTranslation } from 'react-i18next';
import { useObjectUrl } from '../../../shared/ui/use_object_url';
import { usePortrait } from '../api/documents';

export function Portrait() {
  const { t } = useTranslation();
  const url = useObjectUrl(usePortrait(true).data);
  if (url === undefined) return <span className="portrait" aria-hidden="true" />;
  return <img className="portrait" src={url} alt={t('documents.portrait')} width="108" height="144" />;
}
