import { useTranslation } from 'react-i18next';
import type { Authorization } from '../../../shared/api/types';
import { ConsentText } from '../../../shared/editions/consent_text';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import type { Decision } from '../api/authorization';
import { AskedClaims } from './asked_claims';

interface ConsentFormProps {
  authorization: Authorization;
  pending: boolean;
  error: unknown;
  onDecide: (decision: Decision) => void;
}

/** Who asks, what for, and what they would get. Refusing is as big as agreeing. */
export function ConsentForm({ authorization, pending, error, onDecide }: ConsentFormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { party, claims = [], offline_access, device, document, expires_at } = authorization;
  const actions = (
    <div className="pair">
      <Button look="secondary" pending={pending} onClick={() => onDecide('refuse')}>
        {t('connect.refuse')}
      </Button>
      <Button pending={pending} onClick={() => onDecide('agree')}>
        {t('connect.agree')}
      </Button>
    </div>
  );
  return (
    <Screen actions={actions}>
      <div className="screen__head">
        <PageTitle>{t(device ? 'connect.deviceTitle' : 'connect.title', { name: party.name })}</PageTitle>
        <p className="screen__lead">{t('connect.purpose', { purpose: party.purpose })}</p>
        {device && <p className="soft">{t('connect.deviceCare')}</p>}
      </div>
      <section className="stack-s">
        <h2>{t(claims.length > 0 ? 'connect.gets' : 'connect.getsNothing')}</h2>
        {claims.length > 0 && <AskedClaims claims={claims} />}
      </section>
      {offline_access && <p>{t('connect.offline')}</p>}
      <p className="soft">{t('connect.never')}</p>
      <p className="soft">
        {t('connect.later')}
        {expires_at !== undefined && ` ${t('connect.until', { day: formatDay(expires_at, language) })}`}
      </p>
      {document !== undefined && (
        <details>
          <summary>{t('connect.document')}</summary>
          <ConsentText document={document} />
        </details>
      )}
      <ErrorNotice error={error} />
    </Screen>
  );
}
