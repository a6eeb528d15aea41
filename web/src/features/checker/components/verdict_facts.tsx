import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VerifyResult } from '../../../shared/api/types';
import type { CheckResult } from '../../../shared/digital_id/check_code';
import { Chip } from '../../../shared/ui/chip';
import { Fact } from '../../../shared/ui/rows';
import { CheckedPortrait } from './checked_portrait';

interface VerdictFactsProps {
  text: string;
  result: CheckResult;
  online: UseQueryResult<VerifyResult>;
}

export function VerdictFacts({ text, result, online }: VerdictFactsProps) {
  const { t } = useTranslation();
  const { full_name, document, issuer, portrait_sha256 } = result;
  return (
    <div className="verdict__facts">
      {portrait_sha256 && <CheckedPortrait text={text} expected={portrait_sha256} />}
      <dl className="facts">
        {full_name !== undefined && <Fact name={t('check.name')}>{full_name}</Fact>}
        {document !== undefined && (
          <Fact name={t('check.document')}>
            <span className="numeric">{document}</span>
          </Fact>
        )}
        {issuer !== undefined && (
          <Fact name={t('check.issuer')}>
            <span className="verdict__issuer">
              {issuer} <Chip>{t('check.signatureOk')}</Chip>
            </span>
          </Fact>
        )}
      </dl>
      <ShownBefore online={online} />
    </div>
  );
}

function ShownBefore({ online }: { online: UseQueryResult<VerifyResult> }) {
  const { t } = useTranslation();
  if (online.data?.shown_before === true) {
    return (
      <div role="alert" className="verdict__again">
        <p>
          <strong>{t('check.shownBefore')}</strong>
        </p>
        <p>{t('check.shownBeforeText')}</p>
      </div>
    );
  }
  if (online.data !== undefined) return <p role="status">{t('check.shown')}</p>;
  return (
    <p className="soft" role="status">
      {t(online.isPending ? 'check.shownAsking' : 'check.shownUnknown')}
    </p>
  );
}
