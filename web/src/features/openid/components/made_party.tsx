import { useTranslation } from 'react-i18next';
import type { NewRelyingParty } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { Notice } from '../../../shared/ui/notice';
import { Fact } from '../../../shared/ui/rows';
import { useCopied } from '../../../shared/ui/use_copied';

/** What the party is told of itself. The secret is shown once: the server keeps only a keyed digest. */
export function MadeParty({ made, title }: { made: NewRelyingParty; title: string }) {
  const { t } = useTranslation();
  const { client_id, client_secret } = made;
  return (
    <Notice look="good" title={title} announce>
      <dl className="facts openid-made">
        <Value name="client_id" value={client_id} />
        {client_secret !== undefined && <Value name="client_secret" value={client_secret} />}
      </dl>
      {client_secret !== undefined && <p>{t('desk.secretOnce')}</p>}
    </Notice>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  const { t } = useTranslation();
  const { isCopied, copy } = useCopied(value);
  return (
    <Fact name={name}>
      <span className="numeric">{value}</span>
      <Button look="secondary" aria-label={`${t('desk.copy')}: ${name}`} onClick={copy}>
        {t(isCopied ? 'common.copied' : 'desk.copy')}
      </Button>
      <span className="visually-hidden" role="status">
        {isCopied ? t('common.copied') : ''}
      </span>
    </Fact>
  );
}
