import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { Notice } from '../../../shared/ui/notice';
import { makeRecoveryCodes } from '../api/authenticators';
import { ProveAgain, useProvenChange } from './prove_again';

export function RecoveryCodes({ left }: { left: number }) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[]>();
  const make = useProvenChange(makeRecoveryCodes, (made) => setCodes(made.codes));
  return (
    <section className="stack-s">
      <h2>{t('security.codes')}</h2>
      <p className="soft">{t('security.codesText')}</p>
      <p>{t('security.codesLeft', { count: left })}</p>
      {codes !== undefined && (
        <Notice look="good" title={t('security.codesNew')} announce>
          <p>{t('security.codesKeep')}</p>
          <ul className="recovery-codes">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </Notice>
      )}
      {make.mustProve ? (
        <ProveAgain onProven={() => make.run.mutate()} onCancel={() => make.run.reset()} />
      ) : (
        <div>
          <Button look="secondary" pending={make.run.isPending} onClick={() => make.run.mutate()}>
            {t(left > 0 ? 'security.codesAgain' : 'security.codesMake')}
          </Button>
        </div>
      )}
      <ErrorNotice error={make.error} />
    </section>
  );
}
